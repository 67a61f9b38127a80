import type { Output } from '#shared/contract/contract.ts';

/** One entry whole. */
export type EntryDetail = Output<'ledger.get'>;

/** The kind whose values an amendment gives: the corrected kind when the entry is itself an amendment. */
export function effectiveKind(entry: EntryDetail): string {
  const corrected = entry.fields.find((field) => field.name === 'corrected_kind')?.value;
  return typeof corrected === 'string' ? corrected : entry.kind;
}
