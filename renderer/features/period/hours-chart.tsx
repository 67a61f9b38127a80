import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { activities, whatWords } from '#renderer/lib/time-words.ts';
import { RibbonPatterns, patternOf } from '#renderer/ui/ribbon-patterns.tsx';
import type { Account } from './period-page.tsx';
import classes from './period.module.css';

const hourMs = 3_600_000;

/** What a bar is cut into, from below: work that is usually paid first. */
const kinds = [...activities.filter((what) => what !== 'break'), 'waiting'] as const;
type Kind = (typeof kinds)[number];

/** Hours worked by day, each bar cut into what was done. The table beside it says the same in figures. */
export function HoursChart({ account }: { account: Account }) {
  const t = useText();
  const format = useFormat();
  const rows = account.days.map(({ day, totals }) => ({ day, shares: totals.shares }));
  const present = kinds.filter((kind) => (account.totals.shares[kind] ?? 0) > 0);
  const name = (kind: Kind) => (kind === 'waiting' ? t('period.onlyWaiting') : whatWords(t, 'activity', kind));
  const short = (day: string) => (account.days.length > 7 ? String(Number(day.slice(8))) : format.dayOfWeek(day));
  return (
    <figure className={classes.chart} aria-label={t('period.chart')}>
      <svg width={0} height={0} className={classes.patterns} aria-hidden>
        <RibbonPatterns />
      </svg>
      <div aria-hidden className={classes.plot}>
        <ResponsiveContainer width="100%" height={248} initialDimension={{ width: 640, height: 248 }}>
          <BarChart
            data={rows}
            accessibilityLayer={false}
            barCategoryGap="22%"
            margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
          >
            <CartesianGrid vertical={false} stroke="var(--cl-line)" />
            <XAxis
              dataKey="day"
              tickFormatter={short}
              tickLine={false}
              axisLine={{ stroke: 'var(--cl-line-strong)' }}
              tick={tick}
              interval="preserveStartEnd"
            />
            <YAxis
              width={52}
              allowDecimals={false}
              tickFormatter={(hours: number) => `${hours} ${t('ui.duration.h')}`}
              tickLine={false}
              axisLine={false}
              tick={tick}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: 'var(--cl-hover)' }}
              content={<DayWords account={account} kinds={present} name={name} />}
            />
            {present.map((kind) => (
              <Bar
                key={kind}
                stackId="worked"
                name={name(kind)}
                dataKey={(row: (typeof rows)[number]) => (row.shares[kind] ?? 0) / hourMs}
                fill={kind === 'waiting' ? patternOf('waiting', '') : patternOf('activity', kind)}
                isAnimationActive={false}
                maxBarSize={44}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <figcaption className={classes.legend}>
        {present.map((kind) => (
          <span key={kind}>
            <svg width={12} height={12} aria-hidden>
              <rect
                width={12}
                height={12}
                rx={2}
                fill={kind === 'waiting' ? patternOf('waiting', '') : patternOf('activity', kind)}
              />
            </svg>
            {name(kind)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

const tick = { fill: 'var(--cl-text-2)', fontSize: 11 };

interface DayWordsProps {
  account: Account;
  /** Given by the chart: whether a day is under the pointer, and which. */
  active?: boolean;
  label?: string;
  kinds: readonly Kind[];
  name: (kind: Kind) => string;
}

function DayWords({ account, active = false, label = '', kinds: present, name }: DayWordsProps) {
  const t = useText();
  const format = useFormat();
  const found = account.days.find(({ day }) => day === label);
  if (!active || !found) return null;
  return (
    <div className={classes.dayWords}>
      <strong>{format.dayOfWeek(found.day)}</strong>
      <dl>
        <div>
          <dt>{t('figures.worked.name')}</dt>
          <dd>{format.duration(found.totals.worked)}</dd>
        </div>
        {present
          .filter((kind) => (found.totals.shares[kind] ?? 0) > 0)
          .map((kind) => (
            <div key={kind}>
              <dt>{name(kind)}</dt>
              <dd>{format.duration(found.totals.shares[kind] ?? 0)}</dd>
            </div>
          ))}
      </dl>
    </div>
  );
}
