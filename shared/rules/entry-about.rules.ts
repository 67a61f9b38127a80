import type { Json } from '../domain/json.ts';

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
  'terms.set': 'effective_from',
  'bar.set': 'effective_from',
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
  'accuracy.reported': 'for_day',
  'training.held': 'topic',
  'pay.announced': 'period_from',
  'pay.received': 'channel',
  'pay.deducted': 'reason',
  'claim.opened': 'what_for',
  'claim.closed': 'outcome',
  'exchange-rate.set': 'rate',
  'error.noted': 'judged_wrong',
  'note.written': 'text',
  'import.taken': 'file_name',
  'time.spent': 'what',
  'clock.changed': 'what',
};

/**
 * What an entry is about in a few words of its own body: a name, the first line of a text, or a word of the program's vocabulary (an activity,
 * what the clock did), which the reader's screen translates. Null when there is nothing to say or it was erased.
 */
export function entryAbout(kind: string, body: Readonly<Record<string, Json | undefined>>): string | null {
  const value = body[tellingField[kind] ?? ''];
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const line = value.trim().split('\n', 1)[0] ?? '';
  if (line === '') return null;
  const letters = Array.from(line);
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : line;
}
