import { Select, UnstyledButton } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { SpanGeometry } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { characterErrors } from '#shared/rules/transcript-distance.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { Facts } from '#renderer/ui/form.tsx';
import { SidePanel } from '#renderer/ui/side-panel.tsx';
import type { WaveMark } from '#renderer/wave/wave-view.ts';
import { CompareFile } from '../compare-file.tsx';
import { keyOf, useReferenceName } from '../compare-panel.tsx';
import shared from '../compare-panel.module.css';
import { CompareSentence } from '../compare-sentence.tsx';
import type { DraftJournal } from '../draft-journal.ts';
import { labelName } from '../label-name.ts';
import { useComparison, useReferences, type Comparison, type Difference } from '../use-comparison.ts';
import { fileValue, useFileReference, type ReferenceFile } from '../use-file-reference.ts';
import { setComparing } from '../work.store.ts';
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

const panelWidth = 320;
/** Of more differences than this the count is told. */
const shownMost = 200;

/** The segments held against another version: what is missing, what is extra, how far boundaries and words lie apart. */
export function SoundCompare({ taskId, labels, desk, journal, rate }: Props) {
  const t = useText();
  const references = useReferences(taskId);
  const [wanted, setWanted] = useState<string | null>(null);
  const file = useFileReference(taskId, wanted === fileValue);
  const choice =
    wanted === fileValue ? file.choice : (references.find(({ value }) => value === wanted) ?? references[0] ?? null);
  const comparison = useComparison(taskId, journal, choice);
  const nameOf = useReferenceName();
  return (
    <SidePanel id="compare" title={t('work.compare.title')} width={panelWidth} onClose={() => setComparing(false)}>
      {references.length === 0 && wanted !== fileValue && <p className={shared.none}>{t('work.compare.none')}</p>}
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
          taskId={taskId}
          labels={labels}
          desk={desk}
          rate={rate}
          comparison={comparison}
          referenceName={nameOf(choice)}
          file={choice.file ?? null}
        />
      )}
    </SidePanel>
  );
}

interface ResultProps extends Omit<Props, 'journal'> {
  comparison: Comparison;
  referenceName: string;
  file: ReferenceFile | null;
}

function Result({ taskId, labels, desk, rate, comparison, referenceName, file }: ResultProps) {
  const t = useText();
  const format = useFormat();
  const { compared, differences } = comparison;
  const [at, setAt] = useState<number | null>(null);
  const errors = useMemo(() => errorsOf(comparison), [comparison]);
  const ms = (frames: number | null) => (frames === null ? '–' : `${format.number((1000 * frames) / rate, 0)} ms`);

  const marks = useMemo(() => marksOf(differences), [differences]);
  useEffect(() => {
    soundStore.setState({ compared: marks });
    return () => soundStore.setState({ compared: [] });
  }, [marks]);

  const jump = (place: number) => {
    const difference = differences[place];
    if (!difference) return;
    setAt(place);
    desk.settle();
    const mine =
      difference.what === 'pair' ? difference.pair.mine : difference.what === 'extra' ? difference.mine : null;
    desk.select(mine ? [mine.id] : []);
    const span = spanOf(difference);
    if (span) desk.setCursor(span.start);
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
      <Facts
        facts={[
          { name: t('work.compare.paired'), value: format.number(compared.pairs.length, 0) },
          { name: t('work.compare.missing'), value: format.number(compared.missing.length, 0) },
          { name: t('work.compare.extra'), value: format.number(compared.extra.length, 0) },
          {
            name: t('work.compare.classes'),
            value: format.number(compared.pairs.filter(({ classDiffers }) => classDiffers).length, 0),
          },
          { name: t('work.sound.compare.boundary'), value: ms(compared.largestFrames) },
          {
            name: t('work.sound.compare.characters'),
            value: `${format.number(errors.edits, 0)} / ${format.number(errors.characters, 0)}`,
          },
        ]}
      />
      <CompareSentence
        taskId={taskId}
        within={differences.length === 0}
        sentence={t('work.sound.compare.sentence', {
          reference: referenceName,
          pairs: compared.pairs.length,
          missing: compared.missing.length,
          extra: compared.extra.length,
          boundary: ms(compared.largestFrames),
          edits: errors.edits,
          characters: errors.characters,
        })}
        file={file}
      />
      {differences.length === 0 && <p className={shared.none}>{t('work.sound.compare.alike')}</p>}
      <ol className={shared.list} aria-label={t('work.compare.differences')}>
        {differences.slice(0, shownMost).map((difference, place) => (
          <li key={keyOf(difference)}>
            <UnstyledButton className={shared.row} data-here={place === at} onClick={() => jump(place)}>
              <Words difference={difference} labels={labels} rate={rate} ms={ms} />
            </UnstyledButton>
          </li>
        ))}
      </ol>
      {differences.length > shownMost && (
        <p className={shared.none}>{t('work.breaches.more', { count: differences.length - shownMost })}</p>
      )}
    </>
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
