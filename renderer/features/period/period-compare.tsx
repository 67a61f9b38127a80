import type { Money } from '#shared/domain/money.ts';
import type { PeriodFigureId } from '#shared/metrics/catalogue.metric.ts';
import type { PeriodSpan } from '#shared/rules/periods.rules.ts';
import { lessMoney } from '#shared/rules/pay.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { moneyText, useFigureWords } from '#renderer/lib/figure-words.ts';
import type { OutColumn } from '#renderer/lib/table-out.ts';
import { PeriodFigure } from '#renderer/ui/period-figure.tsx';
import { useExportable } from '#renderer/ui/tables-to-export.tsx';
import type { Account } from './period-page.tsx';
import classes from './period.module.css';

interface Props {
  account: Account;
  before: Account;
  span: PeriodSpan;
}

const sumOf = (kinds: Record<string, number>) => Object.values(kinds).reduce((sum, ms) => sum + ms, 0);

/** What is compared: hours, counts and amounts, each read off an account. */
const hours: readonly [PeriodFigureId, (account: Account) => number][] = [
  ['presence', ({ totals }) => totals.presence],
  ['worked', ({ totals }) => totals.worked],
  ['annotating', ({ totals }) => totals.annotating],
  ['paid', ({ totals }) => totals.paid],
  ['unpaid', ({ totals }) => totals.unpaid],
  ['waiting', ({ totals }) => sumOf(totals.byWaiting)],
  ['precision', ({ precision }) => precision.revisingMs],
];
const amounts: readonly [PeriodFigureId, (account: Account) => readonly Money[]][] = [
  ['promised', ({ promised }) => promised],
  ['received', ({ received }) => received],
  ['per-hour-worked', ({ perHour }) => perHour.worked],
  ['per-hour-paid', ({ perHour }) => perHour.paid],
  ['per-hour-annotating', ({ perHour }) => perHour.annotating],
  ['received-per-hour-worked', ({ receivedPerHour }) => receivedPerHour.worked],
  ['received-per-hour-paid', ({ receivedPerHour }) => receivedPerHour.paid],
  ['received-per-hour-annotating', ({ receivedPerHour }) => receivedPerHour.annotating],
];

/** What is compared, as a file has it: numbers of one unit. */
type Compared =
  | { unit: 'time' | 'pieces'; now: number; earlier: number }
  | { unit: 'money'; now: readonly Money[]; earlier: readonly Money[] };

/** Columns of a file have one unit each: three of hours, three of pieces, three of amounts. No length of time is below nothing, so a difference of hours is in minutes. */
function comparedColumns(
  t: ReturnType<typeof useText>,
  [now, earlier, difference]: readonly [string, string, string],
): OutColumn<{ out: Compared }>[] {
  const time = (column: string, of: 'now' | 'earlier'): OutColumn<{ out: Compared }> => ({
    header: t('period.compare.inTime', { column }),
    out: { type: 'duration', value: ({ out }) => (out.unit === 'time' ? out[of] : null) },
  });
  const pieces = (
    column: string,
    of: (out: { now: number; earlier: number }) => number,
  ): OutColumn<{ out: Compared }> => ({
    header: t('period.compare.inPieces', { column }),
    out: { type: 'count', value: ({ out }) => (out.unit === 'pieces' ? of(out) : null) },
  });
  const sums = (
    column: string,
    of: (out: { now: readonly Money[]; earlier: readonly Money[] }) => readonly Money[],
  ): OutColumn<{ out: Compared }> => ({
    header: t('period.compare.inMoney', { column }),
    out: { type: 'amounts', value: ({ out }) => (out.unit === 'money' ? of(out) : []) },
  });
  return [
    time(now, 'now'),
    time(earlier, 'earlier'),
    {
      header: t('period.compare.inMinutes', { column: difference }),
      out: {
        type: 'count',
        value: ({ out }) => (out.unit === 'time' ? Math.round((out.now - out.earlier) / 60_000) : null),
      },
    },
    pieces(now, (out) => out.now),
    pieces(earlier, (out) => out.earlier),
    pieces(difference, (out) => out.now - out.earlier),
    sums(now, (out) => out.now),
    sums(earlier, (out) => out.earlier),
    sums(difference, (out) => lessMoney(out.now, out.earlier)),
  ];
}

/** This period beside the one before, figure by figure; both open into their entries. A difference says nothing about anybody. */
export function PeriodCompare({ account, before, span }: Props) {
  const t = useText();
  const format = useFormat();
  const words = useFigureWords();
  const none = t('figures.none');
  const money = (sums: readonly Money[]) => (sums.length > 0 ? moneyText(format, sums) : none);
  const sign = (size: string, difference: number) => (difference === 0 ? none : `${difference > 0 ? '+' : '−'}${size}`);
  const moneyDifference = (now: readonly Money[], earlier: readonly Money[]) =>
    lessMoney(now, earlier)
      .filter(({ minor }) => minor !== 0)
      .map(({ minor, currency }) => sign(format.money({ minor: Math.abs(minor), currency }), minor))
      .join(' ') || none;
  const rows = [
    ...hours.map(([figure, of]) => {
      const difference = of(account) - of(before);
      const shown = sign(format.duration(Math.abs(difference)), difference);
      const out: Compared = { unit: 'time', now: of(account), earlier: of(before) };
      return {
        figure,
        now: format.duration(of(account)),
        earlier: format.duration(of(before)),
        difference: shown,
        out,
      };
    }),
    {
      figure: 'pieces' as const,
      now: format.number(account.pieces, 0),
      earlier: format.number(before.pieces, 0),
      difference: sign(format.number(Math.abs(account.pieces - before.pieces), 0), account.pieces - before.pieces),
      out: { unit: 'pieces', now: account.pieces, earlier: before.pieces } as Compared,
    },
    ...amounts.map(([figure, of]) => ({
      figure,
      now: money(of(account)),
      earlier: money(of(before)),
      difference: moneyDifference(of(account), of(before)),
      out: { unit: 'money', now: of(account), earlier: of(before) } as Compared,
    })),
  ];
  const columns: OutColumn<(typeof rows)[number]>[] = [
    { header: t('period.columns.what'), out: { type: 'text', value: ({ figure }) => words(figure).name } },
    ...comparedColumns(t, [
      t(`period.compare.now.${span}`),
      t(`period.compare.before.${span}`),
      t('period.compare.difference'),
    ]),
  ];
  useExportable({ name: `${t('period.compare.title')} ${account.from} – ${account.to}`, columns, rows });
  return (
    <section className={classes.part}>
      <h2>{t('period.compare.title')}</h2>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('period.columns.what')}</th>
            <th scope="col">{t(`period.compare.now.${span}`)}</th>
            <th scope="col">{t(`period.compare.before.${span}`)}</th>
            <th scope="col">{t('period.compare.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ figure, now, earlier, difference }) => (
            <tr key={figure}>
              <th scope="row">{words(figure).name}</th>
              <td>
                <PeriodFigure figure={figure} from={account.from} to={account.to} value={now} />
              </td>
              <td>
                <PeriodFigure figure={figure} from={before.from} to={before.to} value={earlier} />
              </td>
              <td>
                {difference === none ? (
                  none
                ) : (
                  <PeriodFigure
                    figure={figure}
                    from={account.from}
                    to={account.to}
                    before={before}
                    formula={t('period.compare.differenceFormula')}
                    value={difference}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
