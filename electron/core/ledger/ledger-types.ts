import type { EntryBody, EntryKind } from '#shared/domain/entry-kinds.ts';
import type { EntityId, EntryId, GroupId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Instant, Source } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

/** An entry about to be written. The ledger adds id, zone, offset, recorded_at, salts, commitments and hashes. */
export interface EntryDraft<K extends EntryKind = EntryKind> {
  kind: K;
  body: EntryBody<K>;
  occurredStart: Instant;
  /** null for what happened at one moment. */
  occurredEnd: Instant | null;
  source: Source;
  /** The entity the entry is about, then every other entity it concerns (project, task, submission ...). */
  subjects: readonly [EntityId, ...EntityId[]];
  /** The entry it corrects; only for `entry.*` kinds. */
  amends?: EntryId;
}

/** A draft of any kind with the body that kind requires. */
export type AnyEntryDraft = { [K in EntryKind]: EntryDraft<K> }[EntryKind];

export interface AppendedEntry {
  seq: number;
  id: EntryId;
  leafHash: Uint8Array;
}

/** What services write through. */
export interface Ledger {
  /**
   * Appends entries and brings their projections up to date, inside the caller's transaction. More than one draft makes an atomic group unless
   * `group` is false; one that is written in portions names its group itself. Refuses (AppError `ledger/*`): a body its kind's schema refuses, an end before its start, measured or stated time
   * in the future or overlapping its own lane of the same source.
   */
  append(db: WriteDb, drafts: readonly AnyEntryDraft[], options?: { group?: boolean | GroupId }): AppendedEntry[];
  /** The entries of an entity after corrections, in order of seq; voided and superseded ones are gone. */
  effective(db: ReadDb, entity: EntityId): EffectiveEntry[];
  /** The entity that the ledger's own entries (`ledger.*`, `clock.changed`) are about. */
  self(db: ReadDb): EntityId;
  /**
   * Amends and voids entries as one atomic group with one reason. An amendment gives the whole new body; its times are the old ones
   * where none are given. Refuses what `ledger.correct` declares.
   */
  correct(db: WriteDb, corrections: readonly Correction[], reason: string): AppendedEntry[];
  /** Signs the present head and records the checkpoint. */
  checkpoint(db: WriteDb): CheckpointMade;
  /**
   * Makes a checkpoint if entries were recorded before `end` (the end of a working day) that no checkpoint covers; null when there are none. So it may
   * be called as often as one likes and makes one a day at most.
   */
  closeWorkingDay(db: WriteDb, end: Instant): CheckpointMade | null;
  /** To be called once a file has been written and before its caller hears so: signs the head, then records what left. */
  recordExport(db: WriteDb, made: ExportMade): AppendedEntry;
}

/** One correction of a group. `entryId` is the last of its chain: the entry itself, or its last correction. */
export type Correction =
  | {
      type: 'amend';
      entryId: EntryId;
      values: Record<string, Json>;
      occurredStart?: Instant | undefined;
      occurredEnd?: Instant | null | undefined;
    }
  | { type: 'void'; entryId: EntryId };

/** A signed tree head, as the contract's `checkpoint` answers it. */
export interface CheckpointMade {
  size: number;
  /** Hex. */
  root: string;
  madeAt: Instant;
  /** C2SP signed note. */
  note: string;
}

/** What left the ledger, as `ledger.exported` records it. */
export interface ExportMade extends EntryBody<'ledger.exported'> {
  /** Entities whose data is in the file (a project, say), so that erasing can list it. */
  subjects: readonly EntityId[];
}

/**
 * An entry after all corrections of it, read through upcasters: the body is always of the kind's newest version. An erased field
 * is missing from `body` and named in `erased`: projections must do without it (a tombstone).
 */
export interface EffectiveEntry<K extends EntryKind = EntryKind> {
  id: EntryId;
  seq: number;
  kind: K;
  body: { [F in keyof EntryBody<K>]?: EntryBody<K>[F] } & Record<string, Json | undefined>;
  erased: readonly string[];
  occurredStart: Instant;
  occurredEnd: Instant | null;
  /** IANA zone and offset in minutes at the time of writing. */
  zone: string;
  offset: number;
  recordedAt: Instant;
  source: Source;
  subjects: readonly EntityId[];
  group: GroupId | null;
  /** Entries that corrected it, oldest first; the last is what `ledger.correct` must name next. */
  corrections: readonly EntryId[];
}

/**
 * A projection: ordinary rows computed from entries alone (no clock, no settings, no files). Whenever an entry about an entity is
 * written or corrected, the rows of that entity are cleared and computed again from its effective entries, so that an amendment, a void and an erasure need no code of their own, and a rebuild is the same
 * function over all entities.
 */
export interface Projection {
  /** The kinds whose `subjects[0]` entity this projection has rows of. */
  kinds: readonly EntryKind[];
  /** Tables it owns; a rebuild compares exactly these. */
  tables: readonly string[];
  clear(db: WriteDb, entity: EntityId): void;
  /** `entries`: the entity's effective entries of these kinds in order of seq, without voided ones. Superseded ones are in `superseded`. */
  project(db: WriteDb, entity: EntityId, entries: readonly EffectiveEntry[], superseded: ReadonlySet<EntryId>): void;
}
