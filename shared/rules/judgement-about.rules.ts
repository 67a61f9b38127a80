import type { Json } from '../domain/json.ts';

/** A reason to refuse by its key, in the words of the project; a key without words as it is. */
export type RefusalWords = (key: string) => string;

const asKey: RefusalWords = (key) => key;

type Fields = Readonly<Record<string, Json>>;

/** Words of the vocabulary in what a judgement says; the reader's screen translates them. */
export const judgedWords = { refused: 'judged-refused', bothBad: 'judged-both-bad' } as const;

const isFields = (value: Json | undefined): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const plain = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * What a judgement says in short, as parts: a text by itself; of an answer to a task of text what was refused, chosen, preferred (`b > a`, `a = b`),
 * ranked, rated, marked or written, and why; of anything else its JSON. None where nothing was judged.
 *
 * @param refusal what the project calls its reasons to refuse
 */
export function judgementParts(judgement: Json | undefined, refusal = asKey): string[] {
  if (judgement === undefined || judgement === null || judgement === '') return [];
  if (!isFields(judgement)) return [plain(judgement)];
  const parts = [
    ...refusedParts(judgement, refusal),
    ...listed(judgement['categories']),
    ...preferredParts(judgement),
    ...rankedParts(judgement['ranking']),
    ...ratedParts(judgement['ratings']),
    ...markedParts(judgement['passages']),
    ...textParts(judgement['text']),
    ...textParts(judgement['reason']),
  ];
  if (parts.length > 0) return parts;
  return Object.keys(judgement).length === 0 ? [] : [JSON.stringify(judgement)];
}

const textParts = (value: Json | undefined): string[] =>
  typeof value === 'string' && value.trim() !== '' ? [value.trim().split('\n', 1)[0]!] : [];

function refusedParts({ refused = null }: Fields, refusal: RefusalWords): string[] {
  if (!isFields(refused)) return [];
  const reason = textParts(refused['reason']).map((key) => refusal(key));
  return [judgedWords.refused, ...reason, ...textParts(refused['words'])];
}

const listed = (value: Json | undefined): string[] =>
  Array.isArray(value) && value.length > 0 ? [value.map(plain).join(', ')] : [];

/** Which answer was preferred; where nothing was said of the whole, by which criterion. */
function preferredParts({ preferences = null, shown = null }: Fields): string[] {
  if (!isFields(preferences)) return [];
  const [first = 'A', second = 'B'] = Array.isArray(shown) ? shown.map(plain) : [];
  const words = (value: Json): string => {
    if (typeof value !== 'number') return value === 'both-bad' ? judgedWords.bothBad : plain(value);
    if (value === 0) return `${first} = ${second}`;
    return value < 0 ? `${first} > ${second}` : `${second} > ${first}`;
  };
  const { overall, ...criteria } = preferences;
  if (overall !== undefined) return [words(overall)];
  return Object.entries(criteria).map(([name, value]) => `${name}: ${words(value)}`);
}

function rankedParts(ranking: Json | undefined): string[] {
  if (!Array.isArray(ranking) || ranking.length === 0) return [];
  return [ranking.map((group) => (Array.isArray(group) ? group.map(plain).join(' = ') : plain(group))).join(' > ')];
}

function ratedParts(ratings: Json | undefined): string[] {
  if (!isFields(ratings)) return [];
  return Object.entries(ratings).flatMap(([id, rated]) =>
    isFields(rated)
      ? [
          `${id}: ${Object.entries(rated)
            .map(([name, value]) => `${name} ${plain(value)}`)
            .join(', ')}`,
        ]
      : [],
  );
}

/** Passages by label, in order of their first marking; one without a label is told by its number alone. */
function markedParts(passages: Json | undefined): string[] {
  if (!Array.isArray(passages)) return [];
  const labels = Map.groupBy(passages.filter(isFields), ({ label = null }) => (typeof label === 'string' ? label : ''));
  return [...labels].map(([label, of]) => `${label} ×${of.length}`.trim());
}
