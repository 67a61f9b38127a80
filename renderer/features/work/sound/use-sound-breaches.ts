import { useCallback, useDeferredValue, useMemo } from 'react';
import type { AnnotationDoc, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import { soundBreaches, type CheckedSound, type SoundBreach } from '#shared/rules/sound-breaches.rules.ts';
import type { Quiet } from '#shared/sound/silences.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import type { WaveMark } from '#renderer/wave/wave-view.ts';
import { labelName } from '../label-name.ts';
import { useSame } from './use-same.ts';

interface Options {
  doc: AnnotationDoc;
  labels: LabelSet;
  rules: CheckableRules;
  rate: number;
  /** Length of the recording; null while it is not known exactly. */
  frames: number | null;
  quiet: Quiet | null;
}

/** What breaks a rule as it stands, following the work a moment later, with the marks that show it at its place. */
export function useSoundBreaches({ doc, labels, rules, rate, frames, quiet }: Options) {
  const late = useDeferredValue(doc);
  const words = useBreachWords(labels);
  const checked = useMemo(
    (): CheckedSound => ({ doc: late, labels, rules, rate, frames, quiet }),
    [frames, labels, late, quiet, rate, rules],
  );
  const breaches = useMemo(() => soundBreaches(checked), [checked]);
  const marks = useSame(
    useMemo(() => breaches.map((breach) => markOf(breach, words.short)), [breaches, words]),
    sameMarks,
  );
  const byShape = useMemo(
    () =>
      Map.groupBy(
        breaches.filter(({ rule }) => rule !== 'gap'),
        ({ shapes }) => shapes[0],
      ),
    [breaches],
  );
  /** What breaks a rule in a segment, in words, a line each; empty: nothing. */
  const breachOf = useCallback(
    (id: ShapeId) => (byShape.get(id) ?? []).map((breach) => words.long(breach)).join('\n'),
    [byShape, words],
  );
  return { checked, breaches, marks, breachOf, words };
}

function sameMarks(some: readonly WaveMark[], others: readonly WaveMark[]): boolean {
  return (
    some.length === others.length &&
    some.every((one, at) => {
      const other = others[at]!;
      const samePlace = one.at?.start === other.at?.start && one.at?.end === other.at?.end;
      return one.shape === other.shape && samePlace && one.text === other.text && one.tone === other.tone;
    })
  );
}

/** Drawn where the sound itself is meant; as a sign on the segment where it is about what is written or answered. */
function markOf(breach: SoundBreach, short: (breach: SoundBreach) => string): WaveMark {
  const placed = breach.rule === 'innerSilence' || breach.rule === 'overlap' || breach.rule === 'gap';
  return {
    shape: breach.rule === 'gap' ? null : (breach.shapes[0] ?? null),
    at: placed || breach.rule === 'outside' ? breach.at : null,
    text: short(breach),
    tone: 'breach',
  };
}

export interface BreachWords {
  /** A whole sentence. */
  long: (breach: SoundBreach) => string;
  /** What fits beside its place: how long it is, else what is missing. */
  short: (breach: SoundBreach) => string;
}

function useBreachWords(labels: LabelSet): BreachWords {
  const t = useText();
  const format = useFormat();
  return useMemo(() => {
    const figure = (value: number | null) => (value === null ? '' : format.number(value, 2));
    return {
      long: remembered(({ rule, name, found, limit }) =>
        t(`work.sound.breaches.rules.${rule}`, {
          name: titleOf(labels, name) ?? labelName(labels, name) ?? '',
          found: figure(found),
          limit: figure(limit),
        }),
      ),
      short: remembered(({ rule, found }) =>
        found !== null && found > 0 ? `${format.number(found, 2)} s` : t(`work.sound.breaches.names.${rule}`),
      ),
    };
  }, [format, labels, t]);
}

/** The same words for what is the same: thousands of segments without words are told with every letter that is typed. */
function remembered(words: (breach: SoundBreach) => string): (breach: SoundBreach) => string {
  const known = new Map<string, string>();
  return (breach) => {
    const key = `${breach.rule} ${breach.name} ${breach.found} ${breach.limit}`;
    let told = known.get(key);
    if (told === undefined) known.set(key, (told = words(breach)));
    return told;
  };
}

/** The question as the worker reads it, whichever class asks it. */
function titleOf(labels: LabelSet, name: string | null): string | null {
  if (name === null) return null;
  for (const { attributes = [] } of labels) {
    const spec = attributes.find((each) => each.name === name);
    if (spec) return spec.title ?? name;
  }
  return name;
}
