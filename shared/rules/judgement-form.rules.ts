import type { AnnotationDoc } from '../domain/annotation.ts';
import type { Json } from '../domain/json.ts';
import type { TextItem } from '../domain/text.ts';
import { passagesOf } from './text-breaches.rules.ts';

type Fields = Readonly<Record<string, Json>>;
type Asked = Pick<TextItem, 'kind' | 'candidates'>;

/** A worker's judgement and a machine's in one form, so that they can be held against each other. */
export interface ComparedJudgements {
  /** What the worker said to what the machine answered; null where they said nothing to it. */
  own: Json;
  machine: Json;
}

/** What is sealed as a judgement: the answer as it stands, and the passages marked. */
export function judgementOf(doc: AnnotationDoc): Json {
  const passages = passagesOf(doc).map(({ label, geometry: { field, start, end } }) => ({ field, start, end, label }));
  return { ...(doc.answer as Fields | undefined), ...(passages.length > 0 && { passages }) };
}

/**
 * Whether an answer says something to what the task asks, so that it can be sealed as a judgement before the machine's is seen. That no
 * passage is marked is a judgement too.
 */
export function answersTheTask({ kind, candidates }: Asked, { answer = {} }: AnnotationDoc): boolean {
  if (answer.refused) return true;
  switch (kind) {
    case 'compare':
      return answer.preferences?.['overall'] !== undefined;
    case 'categorise':
      return (answer.categories ?? []).length > 0;
    case 'rank':
      return new Set(answer.ranking?.flat()).size === candidates.length;
    case 'rate':
      return candidates.every(({ id }) => Object.keys(answer.ratings?.[id] ?? {}).length > 0);
    case 'write':
      return (answer.text ?? '').trim() !== '';
    case 'converse':
      return (answer.turns ?? []).length > 0;
    case 'correct':
    case 'mark':
      return true;
  }
}

/**
 * Brings a judgement and a machine's answer into one form: the set of category keys; the preferred answer, `tie` or `both-bad`; the ranking with
 * the tied in one group; the ratings the machine gave; the text; the passages with their labels. Null where the machine's answer is none to what
 * the task asks. Machines' answers are taken as files have them (`"b"`, `"left"`, `["b", "a"]`, `4`, `{"helpful": 4}` ...).
 */
export function comparedJudgements(item: Asked, own: Json, machine: Json): ComparedJudgements | null {
  if (isFields(own) && isFields(own['refused'] ?? null)) {
    const theirs = comparedJudgements(item, null, machine);
    return theirs && { own: { refused: true }, machine: theirs.machine };
  }
  if (item.kind === 'rate') return comparedRatings(item, own, machine);
  const form = forms[item.kind];
  const theirs = form(item, machine);
  return theirs === null ? null : { own: form(item, own), machine: theirs };
}

const forms: Readonly<Record<Exclude<TextItem['kind'], 'rate'>, (item: Asked, said: Json) => Json>> = {
  write: (_, said) => textOf(said),
  correct: (_, said) => textOf(said),
  converse: () => null,
  categorise: (_, said) => categoriesOf(said),
  compare: preferredOf,
  rank: rankingOf,
  mark: (_, said) => markedOf(said),
};

function textOf(said: Json): Json {
  return isFields(said) ? (said['text'] ?? null) : typeof said === 'string' ? said : null;
}

const categoryFields = ['categories', 'category', 'labels', 'label', 'choices', 'choice'] as const;

function categoriesOf(said: Json): Json {
  const keys = keysOf(said);
  return keys.length === 0 ? null : [...new Set(keys)].sort();
}

function keysOf(said: Json): string[] {
  if (typeof said === 'string') return said === '' ? [] : [said];
  if (typeof said === 'number') return [String(said)];
  if (Array.isArray(said)) return said.flatMap(keysOf);
  const field = isFields(said) && categoryFields.find((name) => Object.hasOwn(said, name));
  return field ? keysOf((said as Fields)[field] ?? null) : [];
}

const ties: ReadonlySet<string> = new Set(['tie', 'equal', 'same', 'draw']);
const bad: ReadonlySet<string> = new Set(['both-bad', 'both_bad', 'both bad', 'bothbad', 'neither']);
const choiceFields = ['preference', 'preferred', 'better', 'chosen', 'winner', 'selected'] as const;

function preferredOf(item: Asked, said: Json): Json {
  const { candidates } = item;
  if (typeof said === 'number') return sided(said, candidates[0]?.id, candidates[1]?.id);
  if (typeof said === 'string') {
    const word = said.trim().toLowerCase();
    if (ties.has(word)) return 'tie';
    return bad.has(word) ? 'both-bad' : candidateOf(item, said);
  }
  if (!isFields(said)) return null;
  const { preferences = null, shown = null } = said;
  if (isFields(preferences)) {
    const overall = preferences['overall'] ?? null;
    const [first, second] = Array.isArray(shown) && shown.length > 1 ? shown : candidates.map(({ id }) => id);
    return typeof overall === 'number' ? sided(overall, first, second) : overall;
  }
  const field = choiceFields.find((name) => Object.hasOwn(said, name));
  return field ? preferredOf(item, said[field] ?? null) : null;
}

const sided = (value: number, first: Json = null, second: Json = null) =>
  value === 0 ? 'tie' : value < 0 ? first : second;

/** The id of the candidate that an id, a model's name, a side or a place names. */
function candidateOf({ candidates }: Asked, said: string): string | null {
  const word = said.trim();
  const named = candidates.find(({ id }) => id === word) ?? candidates.find(({ model }) => model === word);
  if (named) return named.id;
  const place = { left: 0, first: 0, right: 1, second: 1 }[word.toLowerCase()] ?? Number(word) - 1;
  return candidates[place]?.id ?? null;
}

function rankingOf(item: Asked, said: Json): Json {
  if (isFields(said)) return rankingOf(item, said['ranking'] ?? null);
  const groups = typeof said === 'string' ? said.split('>').map((group) => group.split('=')) : said;
  if (!Array.isArray(groups) || groups.length === 0) return null;
  const ranked = groups.map((group) =>
    (Array.isArray(group) ? group : [group]).map((each) => candidateOf(item, String(each))),
  );
  if (ranked.flat().includes(null)) return null;
  return ranked.map((group) => [...group].map(String).sort());
}

function markedOf(said: Json): Json {
  const list = isFields(said) ? (said['passages'] ?? []) : said;
  if (!Array.isArray(list)) return null;
  const marked = list.filter(isFields).map(({ start = null, end = null, label = null, labels = null }) => {
    const [first = null] = Array.isArray(labels) ? labels : [labels];
    return [start, end, label ?? first];
  });
  return marked.map((each) => JSON.stringify(each)).sort();
}

/** Only what the machine rated is compared; one number stands for the only question there is. */
function comparedRatings(item: Asked, own: Json, machine: Json): ComparedJudgements | null {
  const said = isFields(own) && isFields(own['ratings'] ?? null) ? (own['ratings'] as Fields) : {};
  const theirs = machineRatings(item, machine, said);
  if (theirs.length === 0) return null;
  const mine = theirs.map(([id, criterion]) => {
    const rated = said[id] ?? null;
    return [id, criterion, (isFields(rated) ? rated[criterion] : null) ?? null] as const;
  });
  return { own: mine.every(([, , value]) => value === null) ? null : mine.map(copied), machine: theirs.map(copied) };
}

type Rated = readonly [candidate: string, criterion: string, value: Json];

const copied = ([id, criterion, value]: Rated): Json => [id, criterion, value];

function machineRatings(item: Asked, machine: Json, own: Fields): Rated[] {
  const [only] = item.candidates;
  if (only === undefined) return [];
  const ofOne = (id: string, said: Json): Rated[] => {
    if (isRating(said)) {
      const rated = own[id] ?? null;
      const names = isFields(rated) ? Object.keys(rated) : [];
      return [[id, names.length === 1 ? names[0]! : 'overall', said]];
    }
    if (!isFields(said)) return [];
    const criteria = Object.keys(said).sort();
    return criteria.flatMap((name): Rated[] => (isRating(said[name] ?? null) ? [[id, name, said[name] ?? null]] : []));
  };
  const given = isFields(machine) && isFields(machine['ratings'] ?? null) ? (machine['ratings'] ?? null) : machine;
  const ids = new Set(item.candidates.map(({ id }) => id));
  const byId = isFields(given) && Object.keys(given).length > 0 && Object.keys(given).every((id) => ids.has(id));
  if (byId) return item.candidates.flatMap(({ id }) => ofOne(id, given[id] ?? null));
  return item.candidates.length === 1 ? ofOne(only.id, given) : [];
}

const isRating = (value: Json) => typeof value === 'number' || typeof value === 'boolean';

function isFields(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
