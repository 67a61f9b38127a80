import { AppError } from '#shared/contract/errors.ts';
import { entryKinds, type EntryKind } from '#shared/domain/entry-kinds.ts';
import type { EntityId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { correctionOf, entryById, type EntryRow } from '#electron/repositories/entries.repository.ts';
import { chainOf, correctable, correctionFields, foldChain, isCorrection, rootOfChain } from './entry-reading.ts';
import { parseBody, projectOf } from './entry-writing.ts';
import type { AnyEntryDraft, Correction } from './ledger-types.ts';
import type { UpcasterRegistry } from './upcasters.ts';

/**
 * The entry a correction is of, and the root of its chain.
 *
 * @throws AppError `ledger/entry-not-found`; `ledger/already-corrected` when it is not the last of its chain;
 *   `ledger/not-amendable` when its kind, or what it was corrected to, is not to be corrected in this way
 */
export function correctedEntry(db: ReadDb, id: string, by: string): { target: EntryRow; root: EntryRow } {
  const target = entryById(db, id);
  if (!target) throw new AppError('ledger/entry-not-found', { id });
  const later = correctionOf(db, id);
  if (later) throw new AppError('ledger/already-corrected', { id, by: later.id });
  const root = rootOfChain(db, target);
  if (!allowed(target, root, by)) throw new AppError('ledger/not-amendable', { kind: target.kind });
  return { target, root };
}

function allowed(target: EntryRow, root: EntryRow, by: string): boolean {
  // A chain ends with a void or a supersession.
  if (isCorrection(target.kind) && target.kind !== 'entry.amended') return false;
  const how = correctable(root.kind);
  if (by === 'entry.voided') return how !== 'never';
  if (by === 'entry.superseded') return how === 'supersede-or-void';
  return how === 'amend-or-void';
}

/** The drafts that carry corrections out. They are checked again, together with all rules, when they are appended. */
export function correctionDrafts(
  db: ReadDb,
  corrections: readonly Correction[],
  reason: string,
  context: { now: Instant; registry: UpcasterRegistry },
): AnyEntryDraft[] {
  return corrections.map((correction) => {
    const by = correction.type === 'amend' ? 'entry.amended' : 'entry.voided';
    const { target, root } = correctedEntry(db, correction.entryId, by);
    const { entry } = foldChain(db, chainOf(db, target), context.registry);
    const subjects = entry.subjects as [EntityId, ...EntityId[]];
    const common = { source: 'stated' as const, subjects, amends: target.id };
    if (correction.type === 'void') {
      const body = { correction_reason: reason };
      return { ...common, kind: 'entry.voided', body, occurredStart: context.now, occurredEnd: null };
    }
    return {
      ...common,
      kind: 'entry.amended',
      body: {
        ...parseBody(root.kind as EntryKind, correction.values),
        correction_reason: reason,
        corrected_kind: root.kind,
        corrected_version: entryKinds[root.kind as EntryKind].version,
      },
      occurredStart: correction.occurredStart ?? entry.occurredStart,
      occurredEnd: correction.occurredEnd === undefined ? entry.occurredEnd : correction.occurredEnd,
    };
  });
}

/** A draft's body as its schema takes it, what kind of entry it is of in the end, and the project it concerns. */
export interface CheckedDraft {
  bodyKind: string;
  body: Record<string, Json>;
  project: string | null;
}

/**
 * Checks a draft of an `entry.*` kind as it is about to be written.
 *
 * @throws AppError as `correctedEntry` and `ledger/values-invalid`; Error when it is about another entity than what it corrects
 */
export function checkCorrection(db: ReadDb, draft: AnyEntryDraft): CheckedDraft {
  const { target, root } = correctedEntry(db, draft.amends ?? '', draft.kind);
  const about = (JSON.parse(target.header) as { subjects: string[] }).subjects[0];
  if (about !== draft.subjects[0]) throw new Error(`a correction of ${target.id} is about ${String(about)}`);
  const body = parseBody(draft.kind, draft.body);
  if (draft.kind !== 'entry.amended') return { bodyKind: root.kind, body, project: target.project_id };
  const values = Object.fromEntries(
    Object.entries(body).filter(([name]) => !(correctionFields as readonly string[]).includes(name)),
  );
  if (body['corrected_kind'] !== root.kind) throw new Error(`${root.kind} is not ${String(body['corrected_kind'])}`);
  const corrected = parseBody(root.kind as EntryKind, values);
  const project = projectOf(root.kind, corrected, draft.subjects);
  return { bodyKind: root.kind, body: { ...body, ...corrected }, project };
}
