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
  ['received-per-hour', ({ receivedPerHour }) => receivedPerHour],
];

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
      return { figure, now: format.duration(of(account)), earlier: format.duration(of(before)), difference: shown };
    }),
    {
      figure: 'pieces' as const,
      now: format.number(account.pieces, 0),
      earlier: format.number(before.pieces, 0),
      difference: sign(format.number(Math.abs(account.pieces - before.pieces), 0), account.pieces - before.pieces),
    },
    ...amounts.map(([figure, of]) => ({
      figure,
      now: money(of(account)),
      earlier: money(of(before)),
      difference: moneyDifference(of(account), of(before)),
    })),
  ];
  const columns: OutColumn<(typeof rows)[number]>[] = [
    { header: t('period.columns.what'), out: { type: 'text', value: ({ figure }) => words(figure).name } },
    { header: t(`period.compare.now.${span}`), out: { type: 'text', value: ({ now }) => now } },
    { header: t(`period.compare.before.${span}`), out: { type: 'text', value: ({ earlier }) => earlier } },
    { header: t('period.compare.difference'), out: { type: 'text', value: ({ difference }) => difference } },
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
              <td>{difference}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
