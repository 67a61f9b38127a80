import { useEffect, useMemo } from 'react';
import type { SpanGeometry } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { characterErrors } from '#shared/rules/transcript-distance.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import type { WaveMark } from '#renderer/wave/wave-view.ts';
import { ComparePanel, type Held } from '../compare-panel.tsx';
import shared from '../compare-panel.module.css';
import { CompareResult } from '../compare-result.tsx';
import type { DraftJournal } from '../draft-journal.ts';
import { labelName } from '../label-name.ts';
import type { Comparison, Difference } from '../use-comparison.ts';
import type { SoundDesk } from './sound-desk.ts';
import { placeText } from './sound-time.ts';
import { soundStore } from './sound.store.ts';
import { WordDiff } from './word-diff.tsx';
import classes from './sound-side.module.css';

interface Props {
  taskId: TaskId;
  labels: LabelSet;
  desk: SoundDesk;
  journal: DraftJournal;
  rate: number;
}

/** The segments held against another version: what is missing, what is extra, how far boundaries and words lie apart. */
export function SoundCompare({ journal, ...props }: Props) {
  return (
    <ComparePanel taskId={props.taskId} journal={journal} modality="audio">
      {(held) => <Result {...props} held={held} />}
    </ComparePanel>
  );
}

interface ResultProps extends Omit<Props, 'journal'> {
  held: Held;
}

function Result({ taskId, labels, desk, rate, held }: ResultProps) {
  const t = useText();
  const format = useFormat();
  const { compared, differences } = held.comparison;
  const errors = useMemo(() => errorsOf(held.comparison), [held.comparison]);
  const ms = (frames: number | null) => (frames === null ? '–' : `${format.number((1000 * frames) / rate, 0)} ms`);

  const marks = useMemo(() => marksOf(differences), [differences]);
  useEffect(() => {
    soundStore.setState({ compared: marks });
    return () => soundStore.setState({ compared: [] });
  }, [marks]);

  const show = (difference: Difference) => {
    desk.settle();
    const mine =
      difference.what === 'pair' ? difference.pair.mine : difference.what === 'extra' ? difference.mine : null;
    desk.select(mine ? [mine.id] : []);
    const span = spanOf(difference);
    if (span) desk.setCursor(span.start);
  };
  const sentence = t('work.sound.compare.sentence', {
    reference: held.referenceName,
    pairs: compared.pairs.length,
    missing: compared.missing.length,
    extra: compared.extra.length,
    boundary: ms(compared.largestFrames),
    edits: errors.edits,
    characters: errors.characters,
  });
  return (
    <CompareResult
      taskId={taskId}
      held={held}
      facts={[
        { name: t('work.sound.compare.boundary'), value: ms(compared.largestFrames) },
        {
          name: t('work.sound.compare.characters'),
          value: `${format.number(errors.edits, 0)} / ${format.number(errors.characters, 0)}`,
        },
      ]}
      said={{ sentence, within: differences.length === 0 }}
      alike={t('work.sound.compare.alike')}
      renderWords={(difference) => <Words difference={difference} labels={labels} rate={rate} ms={ms} />}
      onShow={show}
    />
  );
}

interface WordsProps {
  difference: Difference;
  labels: LabelSet;
  rate: number;
  ms: (frames: number | null) => string;
}

function Words({ difference, labels, rate, ms }: WordsProps) {
  const t = useText();
  const name = (key: string | null) => labelName(labels, key) ?? t('work.objects.noClass');
  const span = spanOf(difference);
  const place = <span className={classes.place}>{span ? placeText(span.start, rate) : ''}</span>;
  if (difference.what !== 'pair') {
    return (
      <>
        {place} <span className={shared.what}>{t(`work.compare.is.${difference.what}`)}</span>
      </>
    );
  }
  const { mine, reference, largestFrames, classDiffers, textDiffers, tierDiffers } = difference.pair;
  const tier = (geometry: typeof mine.geometry) => (geometry.type === 'span' ? geometry.tier : '');
  return (
    <>
      {place}
      {classDiffers && <span className={shared.name}>{`${name(reference.label)} → ${name(mine.label)}`}</span>}
      {tierDiffers && <span className={shared.name}>{`${tier(reference.geometry)} → ${tier(mine.geometry)}`}</span>}
      {(largestFrames ?? 0) > 0 && <span className={shared.figure}>{ms(largestFrames)}</span>}
      {textDiffers && <WordDiff before={reference.text ?? ''} after={mine.text ?? ''} />}
    </>
  );
}

/** Characters changed of those that stand there, over all segments that both have. */
function errorsOf({ compared }: Comparison) {
  const sum = { characters: 0, edits: 0 };
  for (const { mine, reference } of compared.pairs) {
    if (reference.text === undefined) continue;
    const { characters, edits } = characterErrors(reference.text, mine.text ?? '');
    sum.characters += characters;
    sum.edits += edits;
  }
  return sum;
}

/** Where the other version has something else, drawn over the recording. */
function marksOf(differences: readonly Difference[]): WaveMark[] {
  return differences.flatMap((difference): WaveMark[] => {
    if (difference.what === 'extra') return [];
    const { geometry } = difference.what === 'pair' ? difference.pair.reference : difference.reference;
    if (geometry.type !== 'span') return [];
    return [{ shape: null, at: { start: geometry.start, end: geometry.end }, text: '', tone: 'look' }];
  });
}

function spanOf(difference: Difference): SpanGeometry | null {
  const { geometry } =
    difference.what === 'pair'
      ? difference.pair.mine
      : difference.what === 'extra'
        ? difference.mine
        : difference.reference;
  return geometry.type === 'span' ? geometry : null;
}
