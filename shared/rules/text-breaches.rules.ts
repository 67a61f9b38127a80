import type { AnnotationDoc, PassageGeometry, Shape } from '../domain/annotation.ts';
import type { LabelSet } from '../domain/label-set.ts';
import type { CheckableRules } from '../domain/project.ts';
import type { Criterion, TextAnswer, TextItem, TextRules } from '../domain/text.ts';
import { textLengths, usualUnit } from '../text/text-lengths.ts';
import { answerBreaches, breachOf, countsOf, type RuleBreach } from './answer-breaches.rules.ts';

/** What can be wrong with the answer to a task of text. */
export const textRuleNames = [
  'emptyAnswer',
  'tooLong',
  'tooShort',
  'forbiddenPart',
  'requiredPart',
  'unfinishedSentence',
  'noSource',
  'refusalWords',
  'noCategory',
  'unknownCategory',
  'tooManyCategories',
  'notCompared',
  'notRanked',
  'notRated',
  'ratingValue',
  'noReason',
  'requireLabel',
  'requiredAttributes',
  'attributeValue',
] as const;
export type TextRule = (typeof textRuleNames)[number];

/** One breach; `name` is the part, category, criterion or candidate, lengths are in the unit of the project. */
export interface TextBreach extends RuleBreach<TextRule> {
  /** Which text and where in it, in UTF-16 units, to jump to; null where it is about no place. */
  at: { field: string; start: number; end: number } | null;
}

/** What an answer is checked against. */
export interface CheckedText {
  item: TextItem;
  /** With `answer.text` as it stands now, where it is still being written. */
  doc: AnnotationDoc;
  labels: LabelSet;
  rules: CheckableRules;
}

/** The criteria answers are compared or rated by: those of the project, and `overall` alone where it has none. */
export function criteriaOf({ criteria = [] }: TextRules): readonly Criterion[] {
  return criteria.length > 0 ? criteria : [{ name: 'overall', input: 'likert' }];
}

/** Every breach, by rule in the order of `textRuleNames`. What was refused needs its reason and nothing else. */
export function textBreaches(checked: CheckedText): TextBreach[] {
  const answer = checked.doc.answer ?? {};
  const rules = checked.rules.text ?? {};
  const found = answer.refused ? refusalBreaches(answer) : [...kindBreaches(checked, answer, rules)];
  return textRuleNames.flatMap((rule) => found.filter((each) => each.rule === rule));
}

/** One is asked about every breach before submitting. */
export function isAskedAbout(_breach: TextBreach): boolean {
  return true;
}

/** How often each rule is broken, as a submission keeps it. */
export function breachCounts(breaches: readonly TextBreach[]): { rule: TextRule; count: number }[] {
  return countsOf(textRuleNames, breaches);
}

function breach(rule: TextRule, more: Partial<TextBreach> = {}): TextBreach {
  return { rule, shapes: [], name: null, found: null, limit: null, at: null, ...more };
}

function refusalBreaches({ refused }: TextAnswer): TextBreach[] {
  return refused?.reason === 'other' && refused.words.trim() === '' ? [breach('refusalWords')] : [];
}

function kindBreaches(checked: CheckedText, answer: TextAnswer, rules: TextRules): TextBreach[] {
  const { item } = checked;
  switch (item.kind) {
    case 'write':
    case 'correct':
      return [...writtenBreaches(answer, rules), ...sourceBreaches(checked, answer, rules)];
    case 'categorise':
      return [...categoryBreaches(answer, rules), ...reasonBreaches(answer, rules)];
    case 'compare':
      return [...preferenceBreaches(answer, rules), ...reasonBreaches(answer, rules)];
    case 'rank':
      return [...rankingBreaches(item, answer), ...reasonBreaches(answer, rules)];
    case 'rate':
      return [...ratingBreaches(item, answer, rules), ...reasonBreaches(answer, rules)];
    case 'mark':
      return [...passageBreaches(checked), ...sourceBreaches(checked, answer, rules), ...reasonBreaches(answer, rules)];
    case 'converse':
      return turnBreaches(answer, rules);
  }
}

function writtenBreaches({ text = '' }: TextAnswer, rules: TextRules): TextBreach[] {
  const end = { field: 'answer', start: text.length, end: text.length };
  if (text.trim() === '') return [breach('emptyAnswer', { at: end })];
  return [
    ...lengthBreaches(text, rules),
    ...(rules.forbiddenParts ?? []).flatMap((part) =>
      placesOf(text, part).map((start) =>
        breach('forbiddenPart', { name: part, at: { field: 'answer', start, end: start + part.length } }),
      ),
    ),
    ...(rules.requiredParts ?? [])
      .filter((part) => placesOf(text, part).length === 0)
      .map((part) => breach('requiredPart', { name: part, at: end })),
    ...(rules.finishedSentences === true && !isFinished(text) ? [breach('unfinishedSentence', { at: end })] : []),
  ];
}

function lengthBreaches(text: string, { lengthUnit, shortest, longest }: TextRules): TextBreach[] {
  if (shortest === undefined && longest === undefined) return [];
  const found = textLengths(text)[lengthUnit ?? usualUnit(text)];
  const at = { field: 'answer', start: text.length, end: text.length };
  if (longest !== undefined && found > longest) return [breach('tooLong', { found, limit: longest, at })];
  if (shortest !== undefined && found < shortest) return [breach('tooShort', { found, limit: shortest, at })];
  return [];
}

/** Where a part stands in a text, letter case aside. Case is folded unit by unit, so that places stay places. */
function placesOf(text: string, part: string): number[] {
  const [where, what] = [folded(text), folded(part)];
  const places: number[] = [];
  for (let place = where.indexOf(what); place >= 0; place = where.indexOf(what, place + what.length))
    places.push(place);
  return places;
}

function folded(text: string): string {
  const lower = text.toLowerCase();
  // A few letters become longer in lower case (`İ`): then only exact matches can be placed.
  return lower.length === text.length ? lower : text;
}

/** Whether a text ends as sentences end, quotes, brackets, marks of Markdown and notes after the stop aside. */
function isFinished(text: string): boolean {
  return /[.!?…。！？；;:：|`]["'”’»」』）)\]】*_~]*(?:\[\^?\d+\])*$/u.test(text.trimEnd());
}

function sourceBreaches(
  { doc }: CheckedText,
  { sources = [] }: TextAnswer,
  { requireSource }: TextRules,
): TextBreach[] {
  if (requireSource !== true) return [];
  if (sources.length === 0) return [breach('noSource')];
  const tied = new Set(doc.shapes.map(({ attributes }) => attributes['source']));
  return sources.some(({ id }) => tied.has(id)) ? [] : [breach('noSource', { name: sources[0]!.title })];
}

function categoryBreaches({ categories = [] }: TextAnswer, rules: TextRules): TextBreach[] {
  if (categories.length === 0) return [breach('noCategory')];
  const known = rules.categories && new Set(rules.categories.map(({ key }) => key));
  return [
    ...categories.filter((key) => known && !known.has(key)).map((name) => breach('unknownCategory', { name })),
    ...(rules.severalCategories !== true && categories.length > 1
      ? [breach('tooManyCategories', { found: categories.length, limit: 1 })]
      : []),
  ];
}

function preferenceBreaches({ preferences = {} }: TextAnswer, rules: TextRules): TextBreach[] {
  const asked = new Set([...criteriaOf(rules).map(({ name }) => name), 'overall']);
  return [...asked].filter((name) => !Object.hasOwn(preferences, name)).map((name) => breach('notCompared', { name }));
}

function rankingBreaches({ candidates }: TextItem, { ranking = [] }: TextAnswer): TextBreach[] {
  const ranked = new Set(ranking.flat());
  return candidates.filter(({ id }) => !ranked.has(id)).map(({ id }) => breach('notRanked', { name: id }));
}

function ratingBreaches({ candidates }: TextItem, { ratings = {} }: TextAnswer, rules: TextRules): TextBreach[] {
  return candidates.flatMap(({ id }) =>
    ratedBreaches(ratings[id] ?? {}, rules, { field: `candidate.${id}`, start: 0, end: 0 }),
  );
}

type Ratings = Readonly<Record<string, number | boolean>>;

function ratedBreaches(ratings: Ratings, rules: TextRules, at: TextBreach['at']): TextBreach[] {
  return criteriaOf(rules).flatMap((criterion) => {
    const value = Object.hasOwn(ratings, criterion.name) ? ratings[criterion.name] : undefined;
    if (value === undefined) return [breach('notRated', { name: criterion.name, at })];
    return isRating(value, criterion) ? [] : [breach('ratingValue', { name: criterion.name, at })];
  });
}

/** The steps of a scale: 1 to 5 where nothing is said. */
export function scaleOf({ min = 1, max = 5 }: Criterion): { min: number; max: number } {
  return { min, max };
}

function isRating(value: number | boolean, criterion: Criterion): boolean {
  if (criterion.input === 'yes-no') return typeof value === 'boolean';
  if (typeof value !== 'number') return false;
  const limits = criterion.input === 'likert' ? scaleOf(criterion) : criterion;
  const { min = -Infinity, max = Infinity } = limits;
  return value >= min && value <= max && (criterion.input === 'number' || Number.isInteger(value));
}

function reasonBreaches({ reason = '' }: TextAnswer, { requireReason }: TextRules): TextBreach[] {
  return requireReason === true && reason.trim() === '' ? [breach('noReason')] : [];
}

type Passage = Shape & { geometry: PassageGeometry };

/** The shapes that are passages of text. */
export function passagesOf({ shapes }: AnnotationDoc): Passage[] {
  return shapes.filter((shape): shape is Passage => shape.geometry.type === 'passage');
}

function passageBreaches({ doc, labels, rules }: CheckedText): TextBreach[] {
  const known = new Map(labels.map((label) => [label.key, label]));
  return passagesOf(doc).flatMap((shape) => {
    const { field, start, end } = shape.geometry;
    const at = { field, start, end };
    const label = shape.label === null ? undefined : known.get(shape.label);
    const unlabelled = rules.requireLabel !== false && label === undefined;
    const asked = answerBreaches(shape, rules, label?.attributes ?? []);
    return [...(unlabelled ? [breachOf<TextRule>('requireLabel', shape)] : []), ...asked].map((each) => ({
      ...each,
      at,
    }));
  });
}

function turnBreaches({ turns = [] }: TextAnswer, rules: TextRules): TextBreach[] {
  if (!turns.some(({ role }) => role === 'user'))
    return [breach('emptyAnswer', { at: { field: 'turn.0', start: 0, end: 0 } })];
  return turns.flatMap(({ role, content, ratings }, place) => {
    const at = { field: `turn.${place}`, start: 0, end: content.length };
    if (content.trim() === '') return [breach('emptyAnswer', { at })];
    return role === 'assistant' ? ratedBreaches(ratings, rules, at) : [];
  });
}
