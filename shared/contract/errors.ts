import type { Json } from '../domain/json.ts';

/**
 * Every error code that can cross the contract. Each has a sentence in `errors.<code>` of the locales, which may use the
 * listed details as placeholders. `host/*` codes can answer any operation; the others are declared per operation.
 */
export const errorCodes = [
  // Any operation
  'host/bad-input', // details: path, problem
  'host/unknown-operation', // details: name
  'host/unauthorized',
  'host/forbidden-origin',
  'host/too-large', // details: limit
  'host/busy', // details: owner
  'host/closed',
  'host/internal',
  'host/unsupported', // details: capability
  'host/key-refused', // details: keys
  // The data folder and its database
  'data/from-newer-version', // details: found, supported
  'data/damaged', // details: problem, backup
  'data/read-only',
  'data/disk-full',
  'data/not-a-ledger', // details: path
  'data/folder-unusable', // details: path, problem
  // Ledger
  'ledger/entry-not-found', // details: id
  'ledger/not-amendable', // details: kind
  'ledger/already-corrected', // details: id, by
  'ledger/values-invalid', // details: path, problem
  'ledger/ends-before-start',
  'ledger/in-the-future', // details: at
  'ledger/overlap', // details: lane, start, end
  'ledger/field-not-found', // details: name
  'ledger/not-erasable', // details: name
  'ledger/no-checkpoint-that-size', // details: size
  'ledger/not-a-file-of-entries', // details: file
  'ledger/lines-wrong', // details: file, line, why, count
  'ledger/not-of-this-ledger', // details: relation
  'ledger/file-changed',
  'ledger/attachment-wrong', // details: name
  // Jobs
  'jobs/not-found',
  'jobs/cancelled',
  // Backups
  'backups/not-found', // details: name
  'backups/unusable', // details: name, problem
  'backups/no-space', // details: problem
  // Projects and what belongs to them
  'projects/not-found',
  'projects/name-taken', // details: name
  'projects/label-in-use', // details: key
  'segments/not-found',
  'guidelines/not-found',
  'packs/unreadable', // details: path, place, problem
  // Files
  'files/not-found', // details: path
  'files/not-a-folder', // details: path
  'files/not-allowed', // details: path
  'files/exists', // details: path
  'files/unwritable', // details: path, problem
  'files/unreadable', // details: path, problem
  // Tasks and work
  'tasks/not-found',
  'tasks/already-submitted',
  'tasks/nothing-to-do',
  'tasks/breaches-open', // details: count
  'tasks/proposals-undecided', // details: count
  'drafts/stale', // details: expected, got
  'drafts/unreadable', // details: problem
  'attachments/too-large', // details: limit
  'attachments/not-found',
  'imports/unreadable', // details: path, place, problem
  'submissions/not-found',
  'returns/not-found',
  'returns/subject-not-found',
  'recalls/not-found',
  'recalls/pieces-too-few', // details: named
  'accuracy/impossible', // details: problem
  'notebook/already-noted',
  'rulings/not-found',
  'judgements/already-sealed',
  'time/nothing-running',
  'pay/no-such-bonus', // details: name
  'pay/bonus-already-met', // details: name
  'claims/not-found',
  'claims/already-closed',
  'rates/none', // details: from, to
  'training/not-found',
  // Tables written and taken in
  'tables/too-long', // details: limit
  'sheets/unreadable', // details: file, problem, place
  'sheets/mapping-incomplete', // details: field, column, why
] as const;

export type ErrorCode = (typeof errorCodes)[number];
export type HostErrorCode = Extract<ErrorCode, `host/${string}` | `data/${string}`>;

/** What a failed call answers: a stable code and the details its sentence needs. Never a stack trace. */
export interface ErrorReply {
  code: ErrorCode;
  details: Record<string, Json>;
}

/** An expected refusal. Anything else that is thrown becomes `host/internal` at the boundary and goes to the log. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, Json>;

  constructor(code: ErrorCode, details: Record<string, Json> = {}) {
    super(code);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}
