import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Output } from '#shared/contract/contract.ts';
import { announcedAccuracy } from '#shared/metrics/accuracy.metric.ts';
import { percentText } from '#shared/metrics/unifying-accuracy.metric.ts';
import { accuracyOfTasks, type Accuracy } from '#shared/rules/accuracy.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import classes from './accuracy.module.css';

type Day = Output<'accuracy.days'>['days'][number];

/** The three lines: whose figure, how it is drawn apart without colour, and its name. */
const lines = [
  { key: 'client', stroke: 'var(--cl-accent-text)', dash: '0', name: 'accuracy.columns.client' },
  { key: 'mine', stroke: 'var(--cl-amber)', dash: '5 3', name: 'accuracy.columns.mine' },
  { key: 'bar', stroke: 'var(--cl-text-3)', dash: '1 3', name: 'accuracy.columns.bar' },
] as const;

const tick = { fill: 'var(--cl-text-2)', fontSize: 11 };
/** For drawing alone; every comparison is made on the fraction. */
const drawn = (accuracy: Accuracy | null) => (accuracy === null ? null : Number(percentText(accuracy, 4)));

/** The client's figure, one's own count and the bar, by day. The table below says the same in figures. */
export function AccuracyChart({ days }: { days: readonly Day[] }) {
  const t = useText();
  const format = useFormat();
  const rows = days.toReversed().map(({ day, reports, mine, bar }) => {
    const last = reports.at(-1);
    return {
      day,
      client: drawn(last === undefined ? null : announcedAccuracy(last)),
      mine: drawn(mine === null || mine.total === 0 ? null : accuracyOfTasks(mine.correct, mine.total)),
      bar: bar === null ? null : Number(bar.percent),
    };
  });
  const values = rows.flatMap(({ client, mine, bar }) => [client, mine, bar].filter((value) => value !== null));
  if (values.length < 2) return null;
  const floor = Math.max(0, Math.floor(Math.min(...values) - 1));
  return (
    <figure className={classes.chart} aria-label={t('accuracy.chart')}>
      <div aria-hidden>
        <ResponsiveContainer width="100%" height={176} initialDimension={{ width: 800, height: 176 }}>
          <LineChart data={rows} accessibilityLayer={false} margin={{ top: 8, right: 16, bottom: 0, left: 0 }}>
            <CartesianGrid vertical={false} stroke="var(--cl-line)" />
            <XAxis
              dataKey="day"
              tickFormatter={(day: string) => format.dayOfWeek(day)}
              tickLine={false}
              axisLine={{ stroke: 'var(--cl-line-strong)' }}
              tick={tick}
              interval="preserveStartEnd"
            />
            <YAxis
              width={48}
              domain={[floor, 100]}
              tickFormatter={(value: number) => `${value} %`}
              tickLine={false}
              axisLine={false}
              tick={tick}
            />
            <Tooltip isAnimationActive={false} content={<Words days={days} />} />
            {lines.map(({ key, stroke, dash }) => (
              <Line
                key={key}
                dataKey={key}
                type={key === 'bar' ? 'stepAfter' : 'linear'}
                stroke={stroke}
                strokeWidth={key === 'bar' ? 1 : 1.5}
                strokeDasharray={dash}
                dot={key === 'bar' ? false : { r: 2.5, fill: stroke, strokeDasharray: '0' }}
                connectNulls
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <figcaption className={classes.legend}>
        {lines.map(({ key, stroke, dash, name }) => (
          <span key={key}>
            <svg width={24} height={8} aria-hidden>
              <line x1={0} y1={4} x2={24} y2={4} stroke={stroke} strokeWidth={2} strokeDasharray={dash} />
            </svg>
            {t(name)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

interface WordsProps {
  days: readonly Day[];
  /** Given by the chart. */
  active?: boolean;
  label?: string;
}

function Words({ days, active = false, label = '' }: WordsProps) {
  const t = useText();
  const format = useFormat();
  const found = days.find(({ day }) => day === label);
  if (!active || found === undefined) return null;
  const last = found.reports.at(-1);
  const client = last === undefined ? null : announcedAccuracy(last);
  const text = (accuracy: Accuracy | null) => (accuracy === null ? t('figures.none') : `${percentText(accuracy, 2)} %`);
  const mine =
    found.mine === null || found.mine.total === 0 ? null : accuracyOfTasks(found.mine.correct, found.mine.total);
  return (
    <div className={classes.words}>
      <strong>{format.dayOfWeek(found.day)}</strong>
      <div>{`${t('accuracy.columns.client')} ${text(client)}`}</div>
      <div>{`${t('accuracy.columns.mine')} ${text(mine)}`}</div>
    </div>
  );
}
