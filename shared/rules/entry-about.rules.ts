import type { Json } from '../domain/json.ts';
import { judgedWords, judgementParts, type RefusalWords } from './judgement-about.rules.ts';

/** Longest text that is shown in a row of the ledger page. */
const LONGEST = 120;

/** The field of a body that tells best what an entry of a kind is about. */
const tellingField: Readonly<Record<string, string>> = {
  'ledger.opened': 'origin',
  'ledger.checkpoint': 'size',
  'ledger.exported': 'file_name',
  'ledger.erased': 'reason',
  'ledger.restored': 'backup',
  'project.created': 'name',
  'project.changed': 'name',
  'segment.created': 'name',
  'guideline.received': 'version',
  'ruling.given': 'question',
  'pack.imported': 'file_name',
  'media.imported': 'folder_name',
  'submission.sealed': 'media_name',
  'work.elsewhere': 'name',
  'return.received': 'reason',
  'recall.received': 'reason',
  'standing.changed': 'what',
  'training.held': 'topic',
  'claim.closed': 'outcome',
  'error.noted': 'judged_wrong',
  'note.written': 'text',
  'import.taken': 'file_name',
  'time.spent': 'what',
  'clock.changed': 'what',
};

type Body = Readonly<Record<string, Json | undefined>>;

const text = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
const record = (value: Json | undefined): Record<string, Json | undefined> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

/** An amount without words: `480.00 CNY`. */
function amountText(value: Json | undefined): string | null {
  const { minor, currency } = record(value);
  if (typeof minor !== 'number' || typeof currency !== 'string') return null;
  const digits = fractionDigits(currency);
  return `${(minor / 10 ** digits).toFixed(digits)} ${currency}`;
}

function fractionDigits(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** Words of the vocabulary that stand for how a rate is meant; the reader's screen translates them. */
const perWords: Readonly<Record<string, string>> = {
  piece: 'per-piece',
  hour: 'per-hour',
  day: 'per-day',
  none: 'per-none',
};

/** Kinds that no single field tells: their parts, in order; what was not said or was erased is left out. */
const parts: Readonly<Record<string, (body: Body, refusal?: RefusalWords) => (string | null)[]>> = {
  'terms.set': (body) => {
    const rate = record(body['rate']);
    const per = typeof rate['per'] === 'string' ? (perWords[rate['per']] ?? null) : null;
    return [text(body['task_kind']), amountText(rate['amount']), per, text(body['effective_from'])];
  },
  'bar.set': (body) => {
    const { operator, percent } = record(body['bar']);
    const bar = typeof percent === 'string' ? `${operator === 'over' ? '>' : '≥'} ${percent} %` : null;
    return [bar, text(body['effective_from'])];
  },
  'judgement.sealed': (body, refusal) => judgementParts(body['judgement'], refusal),
  'pay.announced': (body) => [amountText(body['amount']), daysText(body)],
  'pay.received': (body) => [amountText(body['amount']), daysText(body), text(body['channel'])],
  'pay.deducted': (body) => [amountText(body['amount']), text(body['reason'])],
  'bonus.met': (body) => [text(body['name']), amountText(body['amount']), daysText(body)],
  'claim.opened': (body) => [amountText(body['amount']), text(body['what_for'])],
  'accuracy.reported': (body) => {
    const { correct, total } = body;
    const counts = typeof correct === 'number' && typeof total === 'number' ? `${correct} / ${total}` : null;
    const percent = text(body['percent']);
    return [percent === null ? counts : `${percent} %`, text(body['for_day'])];
  },
  'exchange-rate.set': (body) => {
    const [from, to, rate] = [text(body['from']), text(body['to']), text(body['rate'])];
    return [from && to && rate && `1 ${from} = ${rate} ${to}`, text(body['effective_from'])];
  },
};

function daysText(body: Body): string | null {
  const [from, to] = [text(body['period_from']), text(body['period_to'])];
  return from && to ? `${from} – ${to}` : null;
}

/** What parts the parts. */
const between = ' · ';

/**
 * What an entry is about in a few words of its own body: a name, the first line of a text, a word of the program's vocabulary (an activity,
 * what the clock did), which the reader's screen translates; or, where no one field tells it, several parts such as amount and day. Null when
 * there is nothing to say or it was erased.
 *
 * @param refusal what the entry's project calls its reasons to refuse a task
 */
export function entryAbout(kind: string, body: Body, refusal?: RefusalWords): string | null {
  const value = parts[kind]?.(body, refusal).filter(Boolean).join(between) ?? body[tellingField[kind] ?? ''];
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const line = value.trim().split('\n', 1)[0] ?? '';
  if (line === '') return null;
  const letters = Array.from(line);
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : line;
}

/** The same with its words translated: the whole where it is one word, how a rate is meant, what was judged, and why it was refused. */
export function translatedAbout(about: string, translate: (word: string) => string): string {
  const known = new Set<string>([...Object.values(perWords), ...Object.values(judgedWords)]);
  const pieces = about.split(between);
  if (!pieces.some((piece) => known.has(piece))) return translate(about);
  const isWord = (piece: string, at: number) => known.has(piece) || pieces[at - 1] === judgedWords.refused;
  return pieces.map((piece, at) => (isWord(piece, at) ? translate(piece) : piece)).join(between);
}
