import { AppError } from '#shared/contract/errors.ts';
import type { EntityId, GroupId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import { overlappedNeighbour } from '#shared/rules/time-overlap.rules.ts';
import type { Clock, Ids } from '#electron/core/ports.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import {
  laneNeighbours,
  type LaneSpan,
  laneSpansOf,
  laneSpansProjection,
} from '#electron/projections/lane-spans.projection.ts';
import { entryBySeq, isKnownBefore, newestEntry } from '#electron/repositories/entries.repository.ts';
import { hasUncovered, keyWasLost, openingDraft, signHead } from './checkpoints.ts';
import { checkCorrection, type CheckedDraft, correctionDrafts } from './corrections.ts';
import { bodyOf, isCorrection } from './entry-reading.ts';
import { parseBody, projectOf, writeEntry, type WrittenEntry } from './entry-writing.ts';
import type { AnyEntryDraft, AppendedEntry, CheckpointMade, Correction, Ledger, Projection } from './ledger-types.ts';
import { createProjectionEngine, effectiveEntries, type ProjectionEngine } from './projection-engine.ts';
import type { SigningKey } from './signing-key.ts';
import { upcasters, type UpcasterRegistry } from './upcasters.ts';

/** How far (milliseconds) the end of measured or stated time may lie ahead of the clock: rounding, two processes' clocks. */
const AHEAD = 2000;
/** A wall clock set back by less than this is drift being corrected: recorded times then stand still instead of going back. */
const DRIFT = 5000;

/** Projections the ledger's own rules need. */
export const ledgerProjections: readonly Projection[] = [laneSpansProjection];

export interface LedgerOptions {
  clock: Clock;
  ids: Ids;
  key: SigningKey;
  /** Of the features; the ledger adds its own. */
  projections: readonly Projection[];
  /** Tests read an invented old version. */
  registry?: UpcasterRegistry;
}

/** The ledger with what only the composition root and the ledger's own service use. */
export interface OpenLedger extends Ledger {
  readonly engine: ProjectionEngine;
  readonly registry: UpcasterRegistry;
  /** Writes entry 0 of a new ledger. */
  openIfNew(db: WriteDb): void;
}

const instantOf = (ms: number): Instant => new Date(ms).toISOString();

export function createLedger(options: LedgerOptions): OpenLedger {
  const { clock, ids, key } = options;
  const registry = options.registry ?? upcasters;
  const engine = createProjectionEngine([...ledgerProjections, ...options.projections], registry);

  const append: Ledger['append'] = (db, drafts, { group } = {}) => {
    // A refusal takes back what was written for it, even when the caller goes on with its transaction.
    db.run('SAVEPOINT ledger_append');
    try {
      const grouped = group ?? drafts.length > 1;
      const named = typeof grouped === 'string' ? grouped : (ids.uuid() as GroupId);
      const entries = appendAll(db, drafts, grouped === false ? null : named);
      db.run('RELEASE ledger_append');
      return entries;
    } catch (error) {
      rollBack(db);
      throw error;
    }
  };

  const appendAll = (db: WriteDb, drafts: readonly AnyEntryDraft[], group: GroupId | null): AppendedEntry[] => {
    const newest = newestEntry(db);
    const recordedAt = recordingTime(clock.now(), newest?.recorded_at);
    const moment = { recordedAt, zone: clock.zone(), group };
    const touched = new Set<EntityId>();
    const first = (newest?.seq ?? -1) + 1;
    const written = drafts.map((draft, at) => {
      const checked = checkDraft(db, draft, recordedAt);
      if (engine.concerns(checked.bodyKind)) touched.add(draft.subjects[0]);
      const { body, project } = checked;
      return writeEntry(db, first + at, { ...draft, body, project } as AnyEntryDraft & CheckedDraft, moment, ids);
    });
    const about = Map.groupBy(written.keys(), (at) => drafts[at]?.subjects[0]);
    const present = [...touched].flatMap((entity) => {
      // Of an entity that is new, all there is to know was just written.
      if (isKnownBefore(db, entity, first)) return engine.project(db, entity);
      return projectFirst(
        db,
        entity,
        (about.get(entity) ?? []).flatMap((at) => written[at] ?? []),
      );
    });
    for (const span of laneSpansOf(present)) refuseOverlap(db, span);
    return written.map(({ row: { seq, id }, leafHash }) => ({ seq, id, leafHash }));
  };

  const projectFirst = (db: WriteDb, entity: EntityId, written: readonly WrittenEntry[]) => {
    const bodies = new Map(written.map(({ row, fields }) => [row.seq, fields]));
    const rows = written.map(({ row }) => row);
    return engine.projectFirst(db, entity, rows, (seq) => bodyOf(bodies.get(seq) ?? []));
  };

  const self = (db: ReadDb): EntityId => {
    const opened = entryBySeq(db, 0);
    if (!opened) throw new Error('the ledger was not opened');
    return (JSON.parse(opened.header) as { subjects: [EntityId] }).subjects[0];
  };

  /** A draft of an entry about the ledger, happening now. */
  const own = (db: ReadDb, at: Instant) => ({
    occurredStart: at,
    occurredEnd: null,
    source: 'measured' as const,
    subjects: [self(db)] as [EntityId],
  });

  const checkpoint = (db: WriteDb): CheckpointMade => {
    const at = instantOf(clock.now());
    // A ledger whose key was lost, or that was brought here without it, names the new one before anything is signed with it.
    if (keyWasLost(db, key)) append(db, [openingDraft(self(db), key, ids, at)]);
    const made = signHead(db, key, at);
    const { size, root, note } = made;
    const [entry] = append(db, [{ ...own(db, at), kind: 'ledger.checkpoint', body: { size, root, note } }]);
    // What is answered now is what `ledger.checkpoints` answers later.
    return { ...made, madeAt: entryBySeq(db, entry?.seq ?? -1)?.recorded_at ?? at };
  };

  return {
    engine,
    registry,
    append,
    self,
    checkpoint,
    effective: (db, entity) => effectiveEntries(db, entity, registry),
    correct(db: WriteDb, corrections: readonly Correction[], reason: string) {
      const context = { now: instantOf(clock.now()), registry };
      return append(db, correctionDrafts(db, corrections, reason, context), { group: true });
    },
    closeWorkingDay: (db, end) => (hasUncovered(db, end) ? checkpoint(db) : null),
    recordExport(db, { subjects, ...body }) {
      checkpoint(db);
      const { subjects: about, ...common } = own(db, instantOf(clock.now()));
      const draft: AnyEntryDraft = { ...common, kind: 'ledger.exported', body, subjects: [...about, ...subjects] };
      return append(db, [draft])[0] as AppendedEntry;
    },
    openIfNew(db) {
      if (newestEntry(db) !== undefined) return;
      append(db, [openingDraft(ids.uuid() as EntityId, key, ids, instantOf(clock.now()))]);
    },
  };
}

function rollBack(db: WriteDb): void {
  try {
    db.run('ROLLBACK TO ledger_append');
    db.run('RELEASE ledger_append');
  } catch {
    // A full disk has rolled back the whole transaction already, savepoint and all; the first error is the one to tell.
  }
}

function recordingTime(now: number, newest: Instant | undefined): Instant {
  const last = newest === undefined ? -Infinity : Date.parse(newest);
  return instantOf(last > now && last - now <= DRIFT ? last : now);
}

/** The rules an entry keeps by itself. @throws AppError `ledger/*` */
function checkDraft(db: ReadDb, draft: AnyEntryDraft, recordedAt: Instant): CheckedDraft {
  const { occurredStart, occurredEnd, source } = draft;
  if (occurredEnd !== null && occurredEnd < occurredStart) throw new AppError('ledger/ends-before-start');
  const at = occurredEnd ?? occurredStart;
  if (source !== 'imported' && Date.parse(at) > Date.parse(recordedAt) + AHEAD) {
    throw new AppError('ledger/in-the-future', { at });
  }
  if (isCorrection(draft.kind)) return checkCorrection(db, draft);
  if (draft.amends !== undefined) throw new Error(`${draft.kind} corrects nothing`);
  const body = parseBody(draft.kind, draft.body);
  return { bodyKind: draft.kind, body, project: projectOf(draft.kind, body, draft.subjects) };
}

/** The rule that holds for the state after the whole group. @throws AppError `ledger/overlap` */
function refuseOverlap(db: ReadDb, span: LaneSpan): void {
  const hit = overlappedNeighbour(span, ...laneNeighbours(db, span));
  if (hit)
    throw new AppError('ledger/overlap', { lane: span.lane.split('/')[1] ?? '', start: hit.start, end: hit.end });
}
