import { NumberInput } from '@mantine/core';
import type { Output } from '#shared/contract/contract.ts';
import type { PeriodFigureId } from '#shared/metrics/catalogue.metric.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { moneyText, useFigureWords } from '#renderer/lib/figure-words.ts';
import type { OutColumn } from '#renderer/lib/table-out.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { MoneyField, readMoney } from '#renderer/ui/money-field.tsx';
import { PeriodFigure } from '#renderer/ui/period-figure.tsx';
import { useExportable } from '#renderer/ui/tables-to-export.tsx';
import classes from './period.module.css';

interface Props {
  from: string;
  to: string;
}

/** What all work time, expertise and productivity would have paid under weights the owner sets; they stay set. */
export function HolisticPay({ from, to }: Props) {
  const t = useText();
  const { language } = useFormat();
  const [typed, setTyped] = useUiSetting('holistic.rate', '');
  const [currency, setCurrency] = useUiSetting('holistic.currency', language === 'zh-CN' ? 'CNY' : 'USD');
  const [perPiece, setPerPiece] = useUiSetting('holistic.perPiece', '');
  const [unpaidPercent, setUnpaid] = useUiSetting('holistic.unpaidPercent', 100);
  const [yearPercent, setYear] = useUiSetting('holistic.yearPercent', 0);
  const [certificatePercent, setCertificate] = useUiSetting('holistic.certificatePercent', 0);
  const [since, setSince] = useUiSetting('holistic.since', '');
  const rate = readMoney({ typed, currency });
  const piece = readMoney({ typed: perPiece, currency });
  const isWrong = rate === 'wrong' || piece === 'wrong';
  const asked =
    isWrong || rate === null
      ? null
      : {
          from,
          to,
          weights: {
            ratePerHour: rate,
            ...{ unpaidPercent, yearPercent, certificatePercent },
            perPieceMinor: piece === null ? 0 : piece.minor,
          },
          since: since === '' ? null : since,
        };
  const found = useQuery('figures.holistic', asked);
  const wrongMoney = (money: typeof rate) => (money === 'wrong' ? t('training.wrongMoney') : undefined);
  return (
    <section className={classes.part}>
      <h2>{t('figures.holistic.name')}</h2>
      <p className={classes.note}>{t('period.holistic.lead')}</p>
      <div className={classes.weights}>
        <MoneyField
          label={t('period.holistic.rate')}
          currencyLabel={t('training.fields.currency')}
          value={{ typed, currency }}
          onChange={(next) => {
            setTyped(next.typed);
            setCurrency(next.currency);
          }}
          error={wrongMoney(rate)}
        />
        <Percent label={t('period.holistic.unpaid')} value={unpaidPercent} onChange={setUnpaid} />
        <Percent label={t('period.holistic.year')} value={yearPercent} onChange={setYear} />
        <DayField
          className={classes.weight}
          label={t('period.holistic.since')}
          placeholder={t('period.holistic.sinceFirst')}
          value={since}
          onChange={setSince}
          clearable
        />
        <Percent label={t('period.holistic.certificate')} value={certificatePercent} onChange={setCertificate} />
        <MoneyField
          label={t('period.holistic.perPiece')}
          currencyLabel={t('training.fields.currency')}
          value={{ typed: perPiece, currency }}
          onChange={(next) => {
            setPerPiece(next.typed);
            setCurrency(next.currency);
          }}
          error={wrongMoney(piece)}
        />
      </div>
      <ErrorNotice error={found.error} onAgain={found.refetch} />
      {asked === null && !isWrong && <p className={classes.note}>{t('period.holistic.noRate')}</p>}
      {asked !== null && found.data && <Parts from={from} to={to} pay={found.data} />}
    </section>
  );
}

interface PercentProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
}

function Percent({ label, value, onChange }: PercentProps) {
  return (
    <NumberInput
      className={classes.weight}
      label={label}
      value={value}
      onChange={(next) => typeof next === 'number' && onChange(next)}
      min={0}
      max={1000}
      suffix=" %"
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
    />
  );
}

function Parts({ from, to, pay }: Props & { pay: Output<'figures.holistic'> }) {
  const t = useText();
  const format = useFormat();
  const words = useFigureWords();
  const { facts } = pay;
  const row = (figure: PeriodFigureId, amounts: typeof pay.promised, of: string) => ({
    figure,
    amounts,
    value: money(amounts),
    of,
  });
  const none = t('figures.none');
  const money = (amounts: typeof pay.promised) => (amounts.length > 0 ? moneyText(format, amounts) : none);
  const rows = [
    row(
      'holistic-time',
      [pay.time],
      t('period.holistic.hours', { paid: format.duration(facts.paidMs), unpaid: format.duration(facts.unpaidMs) }),
    ),
    row(
      'holistic-expertise',
      [pay.expertise],
      [
        t('period.holistic.years', { count: facts.months / 12, formatted: format.number(facts.months / 12, 1) }),
        t('period.holistic.certificates', { count: facts.certificates }),
      ].join(' · '),
    ),
    row('holistic-productivity', [pay.productivity], t('period.holistic.pieces', { count: facts.pieces })),
    row(
      'holistic',
      [pay.total],
      pay.perHour === null ? '' : t('period.holistic.perHour', { amount: format.money(pay.perHour) }),
    ),
    row('promised', pay.promised, t('period.holistic.beside')),
    row('received', pay.received, t('period.holistic.beside')),
  ];
  const columns: OutColumn<(typeof rows)[number]>[] = [
    { header: t('period.columns.what'), out: { type: 'text', value: ({ figure }) => words(figure).name } },
    { header: t('period.holistic.of'), out: { type: 'text', value: ({ of }) => of } },
    { header: t('period.holistic.amount'), out: { type: 'amounts', value: ({ amounts }) => amounts } },
  ];
  useExportable({ name: `${t('figures.holistic.name')} ${from} – ${to}`, columns, rows });
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('period.columns.what')}</th>
          <th scope="col">{t('period.holistic.of')}</th>
          <th scope="col">{t('period.holistic.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ figure, value, of }) => (
          <tr key={figure} data-sum={figure === 'holistic' || undefined}>
            <th scope="row">{words(figure).name}</th>
            <td className={classes.of}>{of}</td>
            <td>
              <PeriodFigure figure={figure} from={from} to={to} value={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
