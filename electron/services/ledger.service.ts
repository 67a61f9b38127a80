import type { z } from 'zod';
import { AppError } from '#shared/contract/errors.ts';
import type { ledgerFilter } from '#shared/contract/ledger.contract.ts';
import type { Json } from '#shared/domain/json.ts';
import { workingDayWindow } from '#shared/rules/working-day.rules.ts';
import { treeHeadOf } from '#electron/core/ledger/checkpoints.ts';
import { createEntryPages } from '#electron/core/ledger/entry-pages.ts';
import { detail, summarise } from '#electron/core/ledger/entry-views.ts';
import type { OpenLedger } from '#electron/core/ledger/ledger.ts';
import type { CheckpointMade } from '#electron/core/ledger/ledger-types.ts';
import { consistencyOf, coveringCheckpoint, evidenceOf } from '#electron/core/ledger/proving.ts';
import type { CallContext, Clock, Handlers } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import {
  type CheckpointRow,
  checkpointRows,
  keyRows,
  lastCheckpointRow,
  lastVerification,
} from '#electron/repositories/checkpoints.repository.ts';
import { entryById, entryBySeq, type EntryRow } from '#electron/repositories/entries.repository.ts';
import type { EntryFilter } from '#electron/repositories/entries-list.repository.ts';

export interface LedgerDeps {
  db: Database & { readonly generation: number; readonly problem: string | null };
  ledger: OpenLedger;
  clock: Clock;
  /** A project's name as known now; null when erased or not known. */
  projectName(db: ReadDb, projectId: string): string | null;
  /** The hour a working day begins, as its owner set it. */
  dayStartHour(db: ReadDb): number;
}

type Operations =
  | 'ledger.list'
  | 'ledger.get'
  | 'ledger.prove'
  | 'ledger.proveConsistency'
  | 'ledger.status'
  | 'ledger.checkpoint'
  | 'ledger.checkpoints'
  | 'ledger.correct';

/** Reading the ledger, proving from it, signing it and correcting it. */
export function createLedgerService(deps: LedgerDeps): Handlers<Operations> {
  const { db, ledger } = deps;
  const pages = createEntryPages(db);
  const context = { registry: ledger.registry, projectName: deps.projectName };

  return {
    'ledger.list': ({ filter, offset, limit }) => {
      const { total, seqs } = pages.page(toFilter(filter, deps), offset, limit);
      const rows = seqs.map((seq) => entryBySeq(db.read, seq)).filter((row) => row !== undefined);
      return { total, entries: rows.map((row) => summarise(db.read, row, context)) };
    },

    'ledger.get': ({ id }) => detail(db.read, requireEntry(db.read, id), context),

    'ledger.prove': ({ id, fields }, call) => {
      const entry = requireEntry(db.read, id);
      const checkpoint = coveringCheckpoint(db.read, entry) ?? signNow(deps, call);
      const { bundle, verified } = evidenceOf(db.read, entry, fields, checkpoint);
      return { bundle: bundle as unknown as Json, checkpoint: fromRow(checkpoint), verified };
    },

    'ledger.proveConsistency': ({ first, second }) => consistencyOf(db.read, first, second ?? undefined),

    'ledger.status': () => status(deps),

    'ledger.checkpoint': () => db.transaction((tx) => ledger.checkpoint(tx)),

    'ledger.checkpoints': () => ({ checkpoints: checkpointRows(db.read).map(fromRow) }),

    'ledger.correct': ({ corrections, reason }) => {
      const entries = db.transaction((tx) => ledger.correct(tx, corrections, reason));
      const { group_id: group } = entryBySeq(db.read, entries[0]?.seq ?? -1) ?? {};
      if (!group) throw new Error('corrections are a group');
      return { group, entries: entries.map(({ id }) => id) };
    },
  };
}

const fromRow = (row: CheckpointRow): CheckpointMade => ({
  size: row.size,
  root: row.root,
  madeAt: row.recorded_at,
  note: row.note,
});

function requireEntry(db: ReadDb, id: string): EntryRow {
  const row = entryById(db, id);
  if (!row) throw new AppError('ledger/entry-not-found', { id });
  return row;
}

/** Evidence of an entry that no checkpoint covers yet needs one now. */
function signNow({ db, ledger }: LedgerDeps, call: CallContext): CheckpointRow {
  db.transaction((tx) => ledger.checkpoint(tx));
  call.changed('ledger');
  const made = lastCheckpointRow(db.read);
  if (!made) throw new Error('no checkpoint was made');
  return made;
}

function toFilter(filter: z.infer<typeof ledgerFilter>, { db, clock, dayStartHour }: LedgerDeps): EntryFilter {
  const { day, ...same } = filter;
  if (day === undefined) return same;
  const { start, end } = workingDayWindow(day, clock.zone(), dayStartHour(db.read));
  return { ...same, occurred: { from: new Date(start).toISOString(), to: new Date(end).toISOString() } };
}

function status({ db }: LedgerDeps) {
  const { size, root } = treeHeadOf(db.read);
  const last = lastCheckpointRow(db.read);
  const verification = lastVerification(db.read);
  return {
    size,
    root: Buffer.from(root).toString('hex'),
    verifierKey: keyRows(db.read).at(-1)?.verifier_key ?? '',
    lastCheckpoint: last ? fromRow(last) : null,
    lastVerified: verification ? { at: verification.at, ok: verification.ok === 1, size: verification.size } : null,
    readOnly: db.problem !== null,
    problem: db.problem,
  };
}
