import type { Output } from '#shared/contract/contract.ts';
import type { FigureId } from '#shared/metrics/catalogue.metric.ts';
import type { EntryId } from '#shared/domain/ids.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { moneyText, useFigureWords } from '#renderer/lib/figure-words.ts';
import { BarFigures } from '#renderer/ui/bar-figures.tsx';
import { CatalogueFigure } from '#renderer/ui/catalogue-figure.tsx';
import classes from './training.module.css';

/** Hours, what of them nobody paid, what that is worth, and what was paid for being trained. */
export function TrainingFigures({ summary }: { summary: Output<'training.summary'> }) {
  const t = useText();
  const format = useFormat();
  const { time, unpaid, worth, fees, travel, travelTime, projects, expiring } = summary;
  const hours = (ms: number) => t('training.hours', { hours: format.number(ms / 3_600_000) });
  return (
    <>
      <dl className={classes.heads}>
        <One figure="training-hours" value={hours(time.ms)} entries={time.entries} />
        <One figure="training-unpaid" value={hours(unpaid.ms)} entries={unpaid.entries} />
        {worth ? (
          <One
            figure="training-worth"
            value={format.money(worth.amount)}
            {...(worth.from === 'given' ? { formula: t('training.formulas.worthGiven') } : {})}
            entries={worth.entries}
            below={t('training.atRate', { rate: format.money(worth.ratePerHour) })}
          />
        ) : (
          <div>
            <dt>{t('training.figures.worth')}</dt>
            <dd className={classes.small}>{t('training.noRate')}</dd>
          </div>
        )}
        {fees.amounts.length > 0 && (
          <One figure="training-fees" value={fees.amounts.map(format.money).join(' · ')} entries={fees.entries} />
        )}
        {travel.amounts.length > 0 && (
          <One figure="training-travel" value={travel.amounts.map(format.money).join(' · ')} entries={travel.entries} />
        )}
        {travelTime.ms > 0 && (
          <One figure="training-travel-time" value={format.duration(travelTime.ms)} entries={travelTime.entries} />
        )}
      </dl>
      {projects.length > 1 && <ByProject projects={projects} />}
      <ul className={classes.notes}>
        {expiring.map(({ trainingId, name, expires, daysLeft }) => (
          <li key={trainingId} className={classes.look}>
            {daysLeft < 0
              ? t('training.expired', { name, day: format.date(expires) })
              : t('training.expires', { name, day: format.date(expires), count: daysLeft })}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What training took and cost by project; the bars are the unpaid hours. */
function ByProject({ projects }: Pick<Output<'training.summary'>, 'projects'>) {
  const t = useText();
  const format = useFormat();
  return (
    <BarFigures
      title={t('training.byProject')}
      figure="training-unpaid"
      heads={[
        t('training.columns.project'),
        t('training.figures.unpaid'),
        t('training.figures.hours'),
        t('training.byProjectCosts'),
      ]}
      unit="duration"
      rows={projects.map((project) => {
        const name = project.projectName ?? t('training.noProject');
        return {
          key: project.projectId ?? '',
          name,
          value: project.unpaidMs,
          text: format.duration(project.unpaidMs),
          onOpen: () =>
            navigate('ledger', {
              entries: project.entries.slice(-5000),
              title: t('ui.named', { name: t('training.figures.hours'), of: name }),
            }),
          more: [
            { shown: format.duration(project.timeMs), out: { type: 'duration', value: project.timeMs } },
            {
              shown: project.costs.length > 0 ? moneyText(format, project.costs) : t('figures.none'),
              out: { type: 'amounts', value: project.costs },
            },
          ],
        };
      })}
    />
  );
}

interface OneProps {
  figure: FigureId;
  value: string;
  /** Instead of the usual one. */
  formula?: string;
  entries: readonly EntryId[];
  below?: string;
}

function One({ figure, value, formula, entries, below }: OneProps) {
  const title = useFigureWords()(figure).name;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <CatalogueFigure
          figure={figure}
          value={value}
          {...(formula === undefined ? {} : { formula })}
          onOpen={() => navigate('ledger', { entries: entries.slice(-5000), title })}
          large
        />
        {below && <div className={classes.small}>{below}</div>}
      </dd>
    </div>
  );
}
