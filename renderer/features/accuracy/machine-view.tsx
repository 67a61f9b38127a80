import type { Output } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { FigureId } from '#shared/metrics/catalogue.metric.ts';
import { percentText } from '#shared/metrics/unifying-accuracy.metric.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useFigureWords } from '#renderer/lib/figure-words.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import type { OutColumn } from '#renderer/lib/table-out.ts';
import { BarFigures } from '#renderer/ui/bar-figures.tsx';
import { CatalogueFigure } from '#renderer/ui/catalogue-figure.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { useExportable } from '#renderer/ui/tables-to-export.tsx';
import classes from './accuracy.module.css';

type Summary = Output<'machine.summary'>;
type Share = Summary['agreement']['before'];
type Of = 'judgements' | 'submissions';

/** How often the worker and the machine agree, before and after seeing its answer, and what became of its proposals. */
export function MachineView({ projectId }: { projectId: ProjectId | undefined }) {
  const t = useText();
  const of = projectId === undefined ? {} : { projectId };
  const { data, error, refetch } = useQuery('machine.summary', of);
  const client = useClient();
  const words = useFigureWords();
  const open = (figure: FigureId, from: Of) => () =>
    void client.call('machine.entries', { ...of, of: from }).then(
      ({ entries }) => navigate('ledger', { entries, title: words(figure).name }),
      () => undefined,
    );
  if (data === undefined) return <ErrorNotice error={error} onAgain={refetch} />;
  const { agreement, corrections } = data;
  const judged = agreement.before.all + agreement.after.all + agreement.final.all;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('accuracy.tabs.machine')}>
      {judged === 0 && corrections.tasks === 0 && <EmptyState sentence={t('accuracy.machine.empty')} />}
      {judged > 0 && <Agreement agreement={agreement} open={open} />}
      {corrections.tasks > 0 && <Corrections corrections={corrections} open={open} />}
    </div>
  );
}

type Open = (figure: FigureId, from: Of) => () => void;

function Agreement({ agreement, open }: { agreement: Summary['agreement']; open: Open }) {
  const t = useText();
  const words = useFigureWords();
  const shareText = useShareText();
  const shares: [FigureId, Share, Of][] = [
    ['machine-before', agreement.before, 'judgements'],
    ['machine-after', agreement.after, 'judgements'],
    ['machine-came-round', agreement.cameRound, 'judgements'],
    ['machine-final', agreement.final, 'submissions'],
  ];
  const columns: OutColumn<(typeof shares)[number]>[] = [
    { header: t('period.columns.what'), out: { type: 'text', value: ([figure]) => words(figure).name } },
    { header: t('accuracy.machine.agreed'), out: { type: 'count', value: ([, share]) => share.of } },
    { header: t('accuracy.machine.of'), out: { type: 'count', value: ([, share]) => share.all } },
  ];
  useExportable({ name: t('accuracy.machine.agreement'), columns, rows: shares });
  return (
    <dl className={classes.heads}>
      {shares
        .filter(([, { all }]) => all > 0)
        .map(([figure, share, from]) => (
          <div key={figure}>
            <dt>{words(figure).name}</dt>
            <dd>
              <CatalogueFigure figure={figure} value={shareText(share)} onOpen={open(figure, from)} large />
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** `61 / 88 · 69.3 %`, cut and not rounded. */
function useShareText() {
  const format = useFormat();
  return ({ of, all }: Share) =>
    `${format.number(of)} / ${format.number(all)} · ${percentText({ correct: BigInt(of), total: BigInt(all) }, 1)} %`;
}

function Corrections({ corrections, open }: { corrections: Summary['corrections']; open: Open }) {
  const t = useText();
  const shareText = useShareText();
  const format = useFormat();
  const words = useFigureWords();
  const { right, transcripts } = corrections;
  const { meanIouMillionths: overlap, meanMovedMilliPx: moved, meanShiftedMicros: shifted } = corrections;
  const onOpen = open('machine-right', 'submissions');
  const fates = ['accepted', 'corrected', 'rejected', 'undecided', 'byHand'] as const;
  return (
    <>
      <dl className={classes.heads}>
        {right.all > 0 && (
          <div>
            <dt>{words('machine-right').name}</dt>
            <dd>
              <CatalogueFigure
                figure="machine-right"
                value={t('accuracy.machine.rightIn', {
                  right: format.number(right.of),
                  all: format.number(right.all),
                  percent: percentText({ correct: BigInt(right.of), total: BigInt(right.all) }, 1),
                })}
                onOpen={onOpen}
                large
              />
            </dd>
          </div>
        )}
        {overlap !== null && (
          <div>
            <dt>{words('machine-overlap').name}</dt>
            <dd>
              <CatalogueFigure figure="machine-overlap" value={format.percent(overlap / 1e6)} onOpen={onOpen} large />
            </dd>
          </div>
        )}
        {moved !== null && (
          <div>
            <dt>{words('machine-moved').name}</dt>
            <dd>
              <CatalogueFigure
                figure="machine-moved"
                value={`${format.number(moved / 1000, 1)} px`}
                onOpen={onOpen}
                large
              />
            </dd>
          </div>
        )}
        {shifted !== null && (
          <div>
            <dt>{words('machine-shifted').name}</dt>
            <dd>
              <CatalogueFigure
                figure="machine-shifted"
                value={t('accuracy.machine.seconds', { seconds: format.number(shifted / 1e6, 3) })}
                onOpen={onOpen}
                large
              />
            </dd>
          </div>
        )}
        {transcripts.all > 0 && (
          <div>
            <dt>{words('machine-transcripts').name}</dt>
            <dd>
              <CatalogueFigure figure="machine-transcripts" value={shareText(transcripts)} onOpen={onOpen} large />
            </dd>
          </div>
        )}
      </dl>
      <BarFigures
        title={t('accuracy.machine.proposals')}
        figure="machine-right"
        heads={[t('accuracy.machine.fate'), t('accuracy.machine.objects')]}
        note={t('accuracy.machine.labelsChanged', { count: corrections.labelsChanged })}
        rows={fates.map((fate) => ({
          key: fate,
          name: t(`accuracy.machine.fates.${fate}`),
          value: corrections[fate],
          text: format.number(corrections[fate]),
          onOpen,
        }))}
      />
    </>
  );
}
