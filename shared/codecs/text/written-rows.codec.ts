import type { Json } from '../../domain/json.ts';
import type { Candidate, Preference, TextAnswer, TextItem, Turn } from '../../domain/text.ts';
import { canonicalJson } from '../../proofs/canonical.ts';
import { passagesOf } from '../../rules/text-breaches.rules.ts';
import type { TextLossCounter, TextLossKind, TextSealed } from './text-codec.ts';

/** A value as one line of JSON: U+2028 and U+2029 escaped, since some readers take them for line ends. */
export function jsonLine(value: Json): string {
  return `${JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;
}

/** Parts of an answer beside its text, by the loss they are where a format has no place for them. */
const parts: readonly [TextLossKind, (row: TextSealed) => number][] = [
  ['reason', ({ answer }) => Number((answer.reason ?? '') !== '')],
  ['ratings', ({ answer }) => Object.keys(answer.ratings ?? {}).length],
  ['ranking', ({ answer }) => Number(answer.ranking !== undefined)],
  ['categories', ({ answer }) => answer.categories?.length ?? 0],
  ['criteria', ({ answer }) => Object.keys(answer.preferences ?? {}).filter((name) => name !== 'overall').length],
  ['passages', ({ shapes }) => passagesOf({ version: 1, shapes: [...shapes] }).length],
  ['sources', ({ answer }) => answer.sources?.length ?? 0],
  [
    'turn-ratings',
    ({ answer }) => (answer.turns ?? []).filter(({ ratings }) => Object.keys(ratings).length > 0).length,
  ],
  ['images', ({ item }) => item.images.length],
  ['candidates', ({ item }) => item.candidates.length],
  ['models', ({ item }) => item.candidates.filter(({ model }) => model !== null).length],
  ['machine', ({ item }) => Number(item.machine !== null)],
];

/** Counts the parts of a row that a format does not hold. */
export function countUnheld(row: TextSealed, held: readonly TextLossKind[], loss: TextLossCounter): void {
  for (const [what, count] of parts) if (!held.includes(what)) loss.add(what, count(row));
}

/**
 * Counts columns of the row as it came of which something is not written: neither under their name, nor as the question or an answer that was
 * made of them. Pictures, models and a machine's judgement are losses of their own.
 */
export function countFields(
  { item }: TextSealed,
  written: Readonly<Record<string, Json>>,
  loss: TextLossCounter,
): void {
  const texts = [...textsIn(written)];
  const apart = new Set([...item.images, ...item.candidates.map(({ model }) => model)]);
  const isHeld = (value: Json): boolean => {
    if (value === null || value === '' || apart.has(value as string)) return true;
    if (item.machine !== null && canonicalJson(value) === canonicalJson(item.machine)) return true;
    if (typeof value === 'object') return Object.values(value).every(isHeld);
    return texts.some((text) => isPartOf(text, String(value)));
  };
  const gone = Object.entries(item.extra).filter(([name, value]) => !Object.hasOwn(written, name) && !isHeld(value));
  loss.add('field', gone.length);
}

function* textsIn(value: Json | Readonly<Record<string, Json>>): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) yield* textsIn(each);
}

/** Whether a text is another, or one of those it was joined of with an empty line between. */
function isPartOf(text: string, part: string): boolean {
  if (text.length <= part.length) return text === part;
  return text.startsWith(`${part}\n\n`) || text.endsWith(`\n\n${part}`) || text.includes(`\n\n${part}\n\n`);
}

/** Whether a row was answered at all, refused or not; counts it where it was not. */
export function isAnswered({ answer, shapes }: TextSealed, loss: TextLossCounter): boolean {
  if (Object.keys(answer).length > 0 || shapes.length > 0) return true;
  loss.add('unanswered');
  return false;
}

/** The prompt as one text; what a text can't hold of a conversation is counted. */
export function promptText({ prompt }: TextItem, loss: TextLossCounter): string {
  const [only] = prompt;
  if (prompt.length === 1 && only?.role === 'user') return only.content;
  if (prompt.some(({ role }) => role === 'system')) loss.add('system-turn');
  if (prompt.length > 0) loss.add('turns-joined');
  return prompt.map(({ content }) => content).join('\n\n');
}

/** The answer of a machine as one text: the last thing it says. */
export function candidateText({ content }: Candidate, loss: TextLossCounter): string {
  if (typeof content === 'string') return content;
  if (content.length > 1) loss.add('turns-joined');
  return content.at(-1)?.content ?? '';
}

/** The answer of a machine as turns. */
export function candidateTurns({ content }: Candidate): Turn[] {
  return typeof content === 'string' ? [{ role: 'assistant', content }] : content;
}

/** Two answers in the order they were shown, which a preference counts in; null where there are not two. */
export function shownPair({ candidates }: TextItem, { shown }: TextAnswer): [Candidate, Candidate] | null {
  const order = shown ?? candidates.map(({ id }) => id);
  const pair = order.map((id) => candidates.find((each) => each.id === id)).filter((each) => each !== undefined);
  return pair.length === 2 ? [pair[0]!, pair[1]!] : null;
}

/** Which of two answers is better overall; `tie` and `both-bad` where neither is; null where nobody said. */
export function verdictOf(
  item: TextItem,
  answer: TextAnswer,
): { better: Candidate; worse: Candidate; strength: number } | 'tie' | 'both-bad' | null {
  const said: Preference | undefined = answer.preferences?.['overall'];
  const pair = shownPair(item, answer);
  if (said === undefined || pair === null) return null;
  if (said === 'both-bad') return 'both-bad';
  if (said === 0) return 'tie';
  const [better, worse] = said < 0 ? pair : [pair[1], pair[0]];
  return { better, worse, strength: Math.abs(said) };
}
