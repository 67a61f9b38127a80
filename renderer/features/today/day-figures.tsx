import type { ReactNode } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { PeriodFigureId as FigureId } from '#shared/metrics/catalogue.metric.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { kindWords, moneyText } from '#renderer/lib/figure-words.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { PeriodFigure } from '#renderer/ui/period-figure.tsx';
import classes from './today.module.css';

type Period = Output<'figures.period'>;

/** Four figures of a day, each with what it is divided by in its name. */
export function DayFigures({ day }: { day: string }) {
  const t = useText();
  const { data, error, refetch } = useQuery('figures.period', { from: day, to: day });
  return (
    <section className={classes.figures} aria-label={t('today.figures')}>
      <ErrorNotice error={error} onAgain={refetch} />
      {data && (
        <>
          <Worked data={data} />
          <Unpaid data={data} />
          <PerHour data={data} />
          <Pay data={data} />
        </>
      )}
    </section>
  );
}

interface BlockProps {
  title: string;
  figure: ReactNode;
  children?: ReactNode;
}

function Block({ title, figure, children }: BlockProps) {
  return (
    <div className={classes.block}>
      <h2>{title}</h2>
      <div>{figure}</div>
      <dl className={classes.parts}>{children}</dl>
    </div>
  );
}

function Part({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type Of = { data: Period };

/** A figure of the day by its id. */
const figureOf = ({ from, to }: Period, figure: FigureId, value: string, large = false) => (
  <PeriodFigure figure={figure} from={from} to={to} value={value} large={large} />
);

function Worked({ data }: Of) {
  const t = useText();
  const { duration } = useFormat();
  const { totals } = data;
  return (
    <Block title={t('figures.worked.name')} figure={figureOf(data, 'worked', duration(totals.worked), true)}>
      <Part name={t('figures.paid.name')}>{figureOf(data, 'paid', duration(totals.paid))}</Part>
      {totals.unstated > 0 && (
        <Part name={t('figures.unstated.name')}>{figureOf(data, 'unstated', duration(totals.unstated))}</Part>
      )}
      <Part name={t('figures.annotating.name')}>{figureOf(data, 'annotating', duration(totals.annotating))}</Part>
      <Part name={t('figures.presence.name')}>{figureOf(data, 'presence', duration(totals.presence))}</Part>
    </Block>
  );
}

function Unpaid({ data }: Of) {
  const t = useText();
  const format = useFormat();
  const { from, to, totals } = data;
  const kinds = Object.entries(totals.unpaidByKind).sort(([, a], [, b]) => b - a);
  return (
    <Block title={t('figures.unpaid.name')} figure={figureOf(data, 'unpaid', format.duration(totals.unpaid), true)}>
      {kinds.map(([id, ms]) => (
        <Part key={id} name={kindWords(t, id)}>
          <PeriodFigure
            figure="unpaid"
            from={from}
            to={to}
            kind={{ id, name: kindWords(t, id) }}
            value={format.duration(ms)}
          />
        </Part>
      ))}
      {data.unpaidWorth.length > 0 && totals.unpaid > 0 && (
        <Part name={t('figures.unpaid-worth.name')}>
          {figureOf(data, 'unpaid-worth', moneyText(format, data.unpaidWorth))}
        </Part>
      )}
    </Block>
  );
}

function PerHour({ data }: Of) {
  const t = useText();
  const format = useFormat();
  const { worked, paid, annotating } = data.perHour;
  const none = t('figures.none');
  const text = (amounts: Period['promised']) => (amounts.length > 0 ? moneyText(format, amounts) : none);
  return (
    <Block
      title={t('today.perHour')}
      figure={
        <>
          {figureOf(data, 'per-hour-worked', text(worked), true)}{' '}
          <span className={classes.denominator}>{t('ui.byHours.worked')}</span>
        </>
      }
    >
      <Part name={t('ui.byHours.paid')}>{figureOf(data, 'per-hour-paid', text(paid))}</Part>
      <Part name={t('ui.byHours.annotating')}>{figureOf(data, 'per-hour-annotating', text(annotating))}</Part>
    </Block>
  );
}

function Pay({ data }: Of) {
  const t = useText();
  const format = useFormat();
  const { promised, pieces, piecesWithoutTerms, received } = data;
  const amount = promised.length > 0 ? moneyText(format, promised) : t('figures.none');
  return (
    <Block title={t('figures.promised.name')} figure={figureOf(data, 'promised', amount, true)}>
      <Part name={t('figures.pieces.name')}>{figureOf(data, 'pieces', format.number(pieces, 0))}</Part>
      {piecesWithoutTerms > 0 && (
        <Part name={t('figures.withoutTerms')}>{figureOf(data, 'pieces', format.number(piecesWithoutTerms, 0))}</Part>
      )}
      {received.length > 0 && (
        <Part name={t('figures.received.name')}>{figureOf(data, 'received', moneyText(format, received))}</Part>
      )}
    </Block>
  );
}
