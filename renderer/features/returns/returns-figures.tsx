import { useQuery } from '#renderer/client/use-query.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { FigureId } from '#shared/metrics/catalogue.metric.ts';
import { percentText } from '#shared/metrics/unifying-accuracy.metric.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { useFigureWords } from '#renderer/lib/figure-words.ts';
import { BarFigures } from '#renderer/ui/bar-figures.tsx';
import { CatalogueFigure } from '#renderer/ui/catalogue-figure.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import classes from './returns.module.css';

type Asked = { projectId?: ProjectId };

/** Opens the entries behind a figure, under its name and that of the row. */
function useOpening() {
  const t = useText();
  const client = useClient();
  const words = useFigureWords();
  const show = (entries: Parameters<typeof navigate<'ledger'>>[1]['entries'], figure: FigureId, of?: string) =>
    entries &&
    navigate('ledger', {
      entries,
      title: of === undefined ? words(figure).name : t('ui.named', { name: words(figure).name, of }),
    });
  return {
    returns: (figure: FigureId, filter: Input<'returns.entries'>, of?: string) => () =>
      void client.call('returns.entries', filter).then(
        ({ entries }) => show(entries, figure, of),
        () => undefined,
      ),
    figure: (figure: FigureId, asked: Input<'returns.figureEntries'>, of?: string) => () =>
      void client.call('returns.figureEntries', asked).then(
        ({ entries }) => show(entries, figure, of),
        () => undefined,
      ),
  };
}

/** Returns in figures: what never came back, by whom, by which rule, of which class, how often, and what each round cost. */
export function ReturnsFigures({ projectId }: { projectId: string | undefined }) {
  const t = useText();
  const of: Asked = projectId === undefined ? {} : { projectId: projectId as ProjectId };
  const summary = useQuery('returns.summary', of);
  const { data } = summary;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('returns.tabs.figures')}>
      <ErrorNotice error={summary.error} onAgain={summary.refetch} />
      {data?.total === 0 && <EmptyState sentence={t('returns.empty')} />}
      {data !== undefined && data.total > 0 && (
        <>
          <Heads of={of} summary={data} />
          <div className={classes.charts}>
            <ByStage of={of} stages={data.byStage} />
            <ByTimes of={of} times={data.byTimes} />
            <ByRule of={of} rules={data.byRule} />
            <ByClass of={of} />
            <Rounds of={of} />
          </div>
        </>
      )}
    </div>
  );
}

type Summary = NonNullable<ReturnType<typeof useQuery<'returns.summary'>>['data']>;

function Heads({ of, summary }: { of: Asked; summary: Summary }) {
  const format = useFormat();
  const open = useOpening();
  const words = useFigureWords();
  const share = (part: number, whole: number) =>
    `${format.number(part)} / ${format.number(whole)} · ${percentText({ correct: BigInt(part), total: BigInt(whole) }, 1)} %`;
  const { younger, told } = summary.younger;
  const heads: { figure: FigureId; value: string; open: () => void }[] = [
    { figure: 'returns', value: format.number(summary.total), open: open.returns('returns', of) },
    ...(summary.pieces > 0
      ? [
          {
            figure: 'first-pass' as const,
            value: share(summary.neverReturned, summary.pieces),
            open: open.figure('first-pass', { ...of, of: 'never' }),
          },
        ]
      : []),
    ...(told > 0
      ? [
          {
            figure: 'younger-rule' as const,
            value: share(younger, told),
            open: open.returns('younger-rule', { ...of, youngerRule: true }),
          },
        ]
      : []),
    ...(summary.deductions.length > 0
      ? [
          {
            figure: 'return-deductions' as const,
            value: summary.deductions.map((amount) => format.money(amount)).join(' + '),
            open: open.returns('return-deductions', of),
          },
        ]
      : []),
  ];
  return (
    <dl className={classes.heads}>
      {heads.map((head) => (
        <div key={head.figure}>
          <dt>{words(head.figure).name}</dt>
          <dd>
            <CatalogueFigure figure={head.figure} value={head.value} onOpen={head.open} large />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ByStage({ of, stages }: { of: Asked; stages: Summary['byStage'] }) {
  const t = useText();
  const format = useFormat();
  const open = useOpening();
  return (
    <BarFigures
      title={t('figures.returns-by-stage.name')}
      figure="returns-by-stage"
      heads={[t('returns.columns.stage'), t('returns.figures.total')]}
      rows={stages.map(({ stage, returns }) => {
        const name = t(`returns.stages.${stage}`);
        const onOpen = open.returns('returns-by-stage', { ...of, stage }, name);
        return { key: stage, name, value: returns, text: format.number(returns), onOpen };
      })}
    />
  );
}

function ByTimes({ of, times }: { of: Asked; times: Summary['byTimes'] }) {
  const t = useText();
  const format = useFormat();
  const open = useOpening();
  return (
    <BarFigures
      title={t('figures.rounds-per-work.name')}
      figure="rounds-per-work"
      heads={[t('returns.figures.timesReturned'), t('returns.figures.works')]}
      rows={times.map((each) => {
        const name = t('returns.figures.times', { count: each.times });
        const onOpen = open.figure('rounds-per-work', { ...of, of: 'times', times: each.times }, name);
        return { key: String(each.times), name, value: each.works, text: format.number(each.works), onOpen };
      })}
    />
  );
}

function ByRule({ of, rules }: { of: Asked; rules: Summary['byRule'] }) {
  const t = useText();
  const format = useFormat();
  const open = useOpening();
  return (
    <BarFigures
      title={t('figures.returns-by-rule.name')}
      figure="returns-by-rule"
      heads={[t('returns.columns.rule'), t('returns.figures.total')]}
      rows={rules.map(({ rule, returns }) => ({
        key: rule,
        name: rule,
        value: returns,
        text: format.number(returns),
        onOpen: open.returns('returns-by-rule', { ...of, ruleCited: rule }, rule),
      }))}
    />
  );
}

function ByClass({ of }: { of: Asked }) {
  const t = useText();
  const format = useFormat();
  const open = useOpening();
  const { data, error, refetch } = useQuery('returns.classes', of);
  const projects = useQuery('projects.list', { archived: true }).data?.projects ?? [];
  const names = new Map(
    projects
      .filter(({ id }) => of.projectId === undefined || id === of.projectId)
      .flatMap(({ labels }) => labels.map(({ key, name }) => [key, name])),
  );
  const nameOf = (label: string | null) => (label === null ? t('returns.change.noClass') : names.get(label) || label);
  return (
    <>
      <ErrorNotice error={error} onAgain={refetch} />
      {data && (
        <BarFigures
          title={t('figures.returns-by-class.name')}
          figure="returns-by-class"
          heads={[t('returns.figures.class'), t('returns.figures.total'), t('returns.figures.objects')]}
          note={t('returns.figures.naming', {
            count: data.total,
            naming: format.number(data.naming),
            total: format.number(data.total),
          })}
          rows={data.classes.map(({ label, returns, objects }) => {
            const name = nameOf(label);
            const onOpen = open.figure('returns-by-class', { ...of, of: 'class', label }, name);
            return {
              ...{
                key: `${label ?? ''} ${label === null}`,
                name,
                value: returns,
                text: format.number(returns),
                onOpen,
              },
              more: [{ shown: format.number(objects), out: { type: 'count', value: objects } }],
            };
          })}
        />
      )}
    </>
  );
}

/** Precision labour: what each further round took. */
function Rounds({ of }: { of: Asked }) {
  const t = useText();
  const format = useFormat();
  const open = useOpening();
  const { data, error, refetch } = useQuery('returns.rounds', of);
  if (data === undefined) return <ErrorNotice error={error} onAgain={refetch} />;
  const all = open.figure('round-cost', { ...of, of: 'round', round: null });
  return (
    <BarFigures
      title={t('figures.round-cost.name')}
      figure="round-cost"
      heads={[
        t('returns.columns.round'),
        t('returns.account.time'),
        t('returns.figures.works'),
        t('returns.figures.perWork'),
      ]}
      unit="duration"
      rows={data.rounds.map(({ round, works, ms, perWorkMs }) => {
        const name = t('returns.ofRound', { round });
        const onOpen = open.figure('round-cost', { ...of, of: 'round', round }, name);
        return {
          ...{ key: String(round), name, value: ms, text: format.duration(ms), onOpen },
          more: [
            { shown: format.number(works), out: { type: 'count', value: works } },
            { shown: format.duration(perWorkMs), out: { type: 'duration', value: perWorkMs } },
          ],
        };
      })}
    >
      <p className={classes.total}>
        {t('returns.figures.afterFirst', { count: data.works, formatted: format.number(data.works) })}{' '}
        <CatalogueFigure figure="round-cost" value={format.duration(data.totalMs)} onOpen={all} />
        {data.withoutTaskMs > 0 && (
          <>
            {' · '}
            {t('returns.figures.withoutTask')}{' '}
            <CatalogueFigure figure="round-cost" value={format.duration(data.withoutTaskMs)} onOpen={all} />
          </>
        )}
      </p>
    </BarFigures>
  );
}
