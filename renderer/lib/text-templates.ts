import type { LabelSet } from '#shared/domain/label-set.ts';
import type { Category, TextKind, TextRules } from '#shared/domain/text.ts';
import { labelColor } from '#shared/rules/label-colors.rules.ts';

/** What projects of texts usually are, in the order they are offered. */
export const textTemplates = [
  'questions',
  'comparison',
  'categories',
  'safety',
  'correction',
  'marking',
  'dialogue',
] as const;
export type TextTemplate = (typeof textTemplates)[number];

/** Reasons to refuse a question. */
export const templateRefusals = [
  'too-broad',
  'too-complex',
  'asks-for-a-table',
  'explicit',
  'vulgar',
  'political',
  'other',
] as const;

/** What content is reviewed for. */
export const safetyCategories = [
  'harmless',
  'explicit',
  'vulgar',
  'political',
  'violent',
  'unlawful',
  'self-harm',
  'personal-data',
  'other',
] as const;

/** What passages of an answer are marked as. */
export const passageLabels = ['wrong', 'unsupported', 'harmful', 'personal-data'] as const;

/** What answers are compared or rated by. */
export const templateCriteria = ['helpful', 'truthful', 'harmless'] as const;

/** Words of the templates in the owner's language. */
export interface TextWords {
  refusal(key: (typeof templateRefusals)[number]): string;
  safety(key: (typeof safetyCategories)[number]): string;
  passage(key: (typeof passageLabels)[number]): string;
  criterion(name: (typeof templateCriteria)[number]): string;
}

/** What a template sets up: the kind of its tasks, labels of passages, rules. Lengths count as each script's readers count them. */
export function textTemplate(
  template: TextTemplate,
  words: TextWords,
  categories: readonly Category[],
): { kind: TextKind; labels: LabelSet; rules: TextRules } {
  const refusals = templateRefusals.map((key) => ({ key, title: words.refusal(key) }));
  const written = { longest: 250, finishedSentences: true, refusals } satisfies TextRules;
  const criteria = templateCriteria.map((name) => ({ name, title: words.criterion(name), input: 'likert' as const }));
  const labels = passageLabels.map((key, place) => ({ key, name: words.passage(key), color: labelColor(place) }));
  switch (template) {
    case 'questions':
      return { kind: 'write', labels: [], rules: written };
    case 'comparison':
      return {
        ...{ kind: 'compare', labels: [] },
        rules: { criteria, preferenceScale: 7, requireReason: true, judgeFirst: true, refusals },
      };
    case 'categories':
      return { kind: 'categorise', labels: [], rules: { categories: [...categories], judgeFirst: true, refusals } };
    case 'safety': {
      const known = safetyCategories.map((key) => ({ key, title: words.safety(key) }));
      const rules: TextRules = { categories: known, severalCategories: true, judgeFirst: true };
      return { kind: 'categorise', labels: [], rules };
    }
    case 'correction':
      return { kind: 'correct', labels: [], rules: written };
    case 'marking':
      return { kind: 'mark', labels, rules: { refusals } };
    case 'dialogue':
      return { kind: 'converse', labels: [], rules: { criteria, refusals } };
  }
}
