import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { boundsOf } from '#shared/geometry/bounds.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ComparePanel, type Held } from './compare-panel.tsx';
import { CompareResult } from './compare-result.tsx';
import { useFitSentence } from './compare-sentence.tsx';
import type { DraftJournal } from './draft-journal.ts';
import { labelName } from './label-name.ts';
import { OutlineOverlay, type OverlaidShape } from './outline-overlay.tsx';
import type { Difference } from './use-comparison.ts';
import classes from './compare-panel.module.css';

interface Props {
  projectId: ProjectId;
  taskId: TaskId;
  labels: LabelSet;
  canvas: ImageCanvas;
  journal: DraftJournal;
}

/** What is drawn held against another version: what is missing, what is extra, how far sides lie apart, and a sentence to keep. */
export function ImageCompare({ journal, ...props }: Props) {
  return (
    <ComparePanel taskId={props.taskId} journal={journal} modality="image">
      {(held) => <Result {...props} held={held} />}
    </ComparePanel>
  );
}

interface ResultProps extends Omit<Props, 'journal'> {
  held: Held;
}

function Result({ projectId, taskId, labels, canvas, held }: ResultProps) {
  const t = useText();
  const format = useFormat();
  const { compared, differences } = held.comparison;
  const said = useFitSentence(projectId, held.comparison, held.referenceName);
  const px = (value: number | null) => (value === null ? '–' : t('work.compare.px', { px: format.number(value, 2) }));
  return (
    <CompareResult
      taskId={taskId}
      held={held}
      facts={[{ name: t('work.compare.largest'), value: px(compared.largestPx) }]}
      said={said}
      alike={t('work.compare.alike')}
      renderWords={(difference) => <Words difference={difference} labels={labels} />}
      onShow={(difference) => show(canvas, difference)}
      renderOver={(here) => <OutlineOverlay canvas={canvas} shapes={overlaid(differences, here)} />}
    />
  );
}

/** The reference's outlines, wherever they differ from what is drawn. */
function overlaid(differences: readonly Difference[], here: Difference | undefined): OverlaidShape[] {
  return differences.flatMap((difference): OverlaidShape[] => {
    if (difference.what === 'extra') return [];
    const { id, geometry } = difference.what === 'pair' ? difference.pair.reference : difference.reference;
    const look = difference.what === 'pair' ? 'other' : 'missing';
    return [{ key: id, geometry, look, here: difference === here }];
  });
}

/** Selects what is mine of it and brings both into view. */
function show(canvas: ImageCanvas, difference: Difference): void {
  const mine = difference.what === 'pair' ? difference.pair.mine : difference.what === 'extra' ? difference.mine : null;
  canvas.settle();
  canvas.select(mine === null ? [] : [mine.id]);
  const geometry = (mine ?? (difference.what === 'missing' ? difference.reference : null))?.geometry;
  const bounds = geometry ? boundsOf(geometry) : null;
  if (!bounds) return;
  // A quarter of its size around it, and at least a few pixels for what is very small.
  const margin = Math.max(8, bounds.w / 4, bounds.h / 4);
  canvas.fit({
    left: bounds.x - margin,
    top: bounds.y - margin,
    right: bounds.x + bounds.w + margin,
    bottom: bounds.y + bounds.h + margin,
  });
}

function Words({ difference, labels }: { difference: Difference; labels: LabelSet }) {
  const t = useText();
  const format = useFormat();
  const name = (key: string | null) => labelName(labels, key) ?? t('work.objects.noClass');
  if (difference.what !== 'pair') {
    const { label } = difference.what === 'missing' ? difference.reference : difference.mine;
    return (
      <>
        <span className={classes.name}>{name(label)}</span>
        <span className={classes.what}>{t(`work.compare.is.${difference.what}`)}</span>
      </>
    );
  }
  const { mine, reference, iou, largestPx, classDiffers } = difference.pair;
  return (
    <>
      <span className={classes.name}>
        {classDiffers ? `${name(reference.label)} → ${name(mine.label)}` : name(mine.label)}
      </span>
      {largestPx !== null && (
        <span className={classes.figure}>{t('work.compare.px', { px: format.number(largestPx, 2) })}</span>
      )}
      {iou !== null && <span className={classes.figure}>{t('work.compare.iou', { iou: format.number(iou, 3) })}</span>}
    </>
  );
}
