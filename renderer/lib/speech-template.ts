import type { AttributeSpec, LabelSet } from '#shared/domain/label-set.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import { labelColor } from '#shared/rules/label-colors.rules.ts';

/** What is asked of every valid segment of speech, and what is answered usually (by its place; null: nothing, it has to be answered). */
export const speechQuestions = [
  { name: 'gender', answers: ['female', 'male', 'child', 'unclear'], usual: null },
  { name: 'background', answers: ['none', 'noise', 'music', 'voices'], usual: 0 },
  { name: 'emotion', answers: ['neutral', 'happy', 'angry', 'sad', 'other'], usual: 0 },
  { name: 'accent', answers: ['standard', 'light', 'heavy', 'dialect'], usual: 0 },
] as const;

/** Why a segment is invalid. */
export const invalidReasons = ['noise', 'overlap', 'language', 'unintelligible', 'cutOff', 'other'] as const;

/** What stands in a transcript for what is no word. */
export const speechTokens = ['noise', 'laughter', 'unintelligible', 'missing'] as const;

type Question = (typeof speechQuestions)[number];

/** Words of the template in the owner's language. */
export interface SpeechWords {
  valid: string;
  invalid: string;
  reason: string;
  reasons: readonly string[];
  question(name: Question['name']): string;
  answers(question: Question): readonly string[];
}

/** The classes of speech projects: valid, with what is asked of who speaks, and invalid, which needs its reason and no words. */
export function speechLabels(words: SpeechWords): LabelSet {
  const choice = (name: string, title: string, values: readonly string[], usual: number | null): AttributeSpec => ({
    name,
    title,
    input: 'select',
    values: [...values],
    initial: usual === null ? null : (values[usual] ?? null),
    required: true,
    mutable: true,
  });
  const asked = speechQuestions.map((question) =>
    choice(question.name, words.question(question.name), words.answers(question), question.usual),
  );
  return [
    { key: 'valid', name: words.valid, color: labelColor(2), attributes: asked },
    {
      key: 'invalid',
      name: words.invalid,
      color: labelColor(5),
      attributes: [choice('reason', words.reason, words.reasons, null)],
      noTranscript: true,
    },
  ];
}

/** Labels as typed, with what the template knows of those that are its own. */
export function withSpeechLabels(typed: LabelSet, words: SpeechWords): LabelSet {
  const known = new Map(speechLabels(words).map((label) => [label.key, label]));
  return typed.map((label) => {
    const own = known.get(label.key);
    return own === undefined ? label : { ...own, ...(label.name !== undefined && { name: label.name }) };
  });
}

/** The rules speech projects usually have: no segment over ten seconds, no silence over half a second inside one, every word written. */
export function speechRules(tokens: NonNullable<CheckableRules['tokens']>): CheckableRules {
  return { longestSegmentS: 10, longestInnerSilenceS: 0.5, requireLabel: true, requireTranscript: true, tokens };
}
