import { Select, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { boundsOf } from '#shared/geometry/bounds.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { Facts } from '#renderer/ui/form.tsx';
import { SidePanel } from '#renderer/ui/side-panel.tsx';
import { CompareFile } from './compare-file.tsx';
import { CompareSentence, useFitSentence } from './compare-sentence.tsx';
import type { DraftJournal } from './draft-journal.ts';
import { labelName } from './label-name.ts';
import { OutlineOverlay, type OverlaidShape } from './outline-overlay.tsx';
import {
  useComparison,
  useReferences,
  type Comparison,
  type Difference,
  type ReferenceChoice,
} from './use-comparison.ts';
import { fileValue, useFileReference, type ReferenceFile } from './use-file-reference.ts';
import { setComparing } from './work.store.ts';
import classes from './compare-panel.module.css';

interface Props {
  projectId: ProjectId;
  taskId: TaskId;
  labels: LabelSet;
  canvas: ImageCanvas;
  journal: DraftJournal;
}

/** Digits of a file's hash in a sentence: enough to hold two files apart, and few enough to be read out. */
const hashDigits = 12;

/** CSS pixels: the photo stands beside it, and the queue on a wide screen. */
const comparePanelWidth = 320;

/** Of more differences than this the count is told. */
const shownMost = 200;

/** What is drawn held against another version: what is missing, what is extra, how far sides lie apart, and a sentence to keep. */
export function ComparePanel({ projectId, taskId, labels, canvas, journal }: Props) {
  const t = useText();
  const references = useReferences(taskId);
  const [wanted, setWanted] = useState<string | null>(null);
  const file = useFileReference(taskId, wanted === fileValue);
  const choice =
    wanted === fileValue ? file.choice : (references.find(({ value }) => value === wanted) ?? references[0] ?? null);
  const comparison = useComparison(taskId, journal, choice);
  const nameOf = useReferenceName();
  return (
    <SidePanel
      id="compare"
      title={t('work.compare.title')}
      width={comparePanelWidth}
      onClose={() => setComparing(false)}
    >
      {references.length === 0 && wanted !== fileValue && <p className={classes.none}>{t('work.compare.none')}</p>}
      <Select
        label={t('work.compare.reference')}
        data={[
          ...references.map((each) => ({ value: each.value, label: nameOf(each) })),
          { value: fileValue, label: t('work.compare.file.choose') },
        ]}
        value={choice?.value ?? null}
        onChange={setWanted}
      />
      {wanted === fileValue && <CompareFile file={file} />}
      {choice && comparison && (
        <Result
          key={`${choice.value} ${choice.file?.hash ?? ''}`}
          projectId={projectId}
          taskId={taskId}
          labels={labels}
          canvas={canvas}
          comparison={comparison}
          referenceName={nameOf(choice)}
          file={choice.file ?? null}
        />
      )}
    </SidePanel>
  );
}

export function useReferenceName(): (choice: ReferenceChoice) => string {
  const t = useText();
  const format = useFormat();
  return ({ version, file }) => {
    if (version) return t('work.compare.version', { number: version.number, time: format.dateTime(version.sealedAt) });
    return file
      ? t('work.compare.file.named', { name: file.name, hash: file.hash.slice(0, hashDigits) })
      : t('work.compare.machine');
  };
}

interface ResultProps {
  projectId: ProjectId;
  taskId: TaskId;
  labels: LabelSet;
  canvas: ImageCanvas;
  comparison: Comparison;
  referenceName: string;
  /** The file that the reference comes from, if it does. */
  file: ReferenceFile | null;
}

function Result({ projectId, taskId, labels, canvas, comparison, referenceName, file }: ResultProps) {
  const t = useText();
  const format = useFormat();
  const { compared, differences } = comparison;
  const said = useFitSentence(projectId, comparison, referenceName);
  const [at, setAt] = useState<number | null>(null);
  const here = at === null ? undefined : differences[at];
  const px = (value: number | null) => (value === null ? '–' : t('work.compare.px', { px: format.number(value, 2) }));

  const jump = (place: number) => {
    const difference = differences[place];
    if (!difference) return;
    setAt(place);
    show(canvas, difference);
  };
  const step = (by: 1 | -1) => {
    const from = at ?? (by > 0 ? -1 : 0);
    if (differences.length > 0) jump((from + by + differences.length) % differences.length);
  };
  const when = () => differences.length > 0;
  useActions({
    'work.compare-next': { run: () => step(1), when },
    'work.compare-previous': { run: () => step(-1), when },
  });

  return (
    <>
      <OutlineOverlay canvas={canvas} shapes={overlaid(differences, here)} />
      <Facts
        facts={[
          { name: t('work.compare.paired'), value: format.number(compared.pairs.length, 0) },
          { name: t('work.compare.missing'), value: format.number(compared.missing.length, 0) },
          { name: t('work.compare.extra'), value: format.number(compared.extra.length, 0) },
          {
            name: t('work.compare.classes'),
            value: format.number(compared.pairs.filter(({ classDiffers }) => classDiffers).length, 0),
          },
          { name: t('work.compare.largest'), value: px(compared.largestPx) },
        ]}
      />
      <CompareSentence taskId={taskId} {...said} file={file} />
      {differences.length === 0 && <p className={classes.none}>{t('work.compare.alike')}</p>}
      <ol className={classes.list} aria-label={t('work.compare.differences')}>
        {differences.slice(0, shownMost).map((difference, place) => (
          <li key={keyOf(difference)}>
            <UnstyledButton className={classes.row} data-here={place === at} onClick={() => jump(place)}>
              <Words difference={difference} labels={labels} />
            </UnstyledButton>
          </li>
        ))}
      </ol>
      {differences.length > shownMost && (
        <p className={classes.none}>{t('work.breaches.more', { count: differences.length - shownMost })}</p>
      )}
    </>
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

export function keyOf(difference: Difference): string {
  switch (difference.what) {
    case 'pair':
      return difference.pair.mine.id;
    case 'missing':
      return `missing ${difference.reference.id}`;
    case 'extra':
      return difference.mine.id;
  }
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
