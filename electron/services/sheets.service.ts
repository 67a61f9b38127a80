import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Output } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { BlobRef, Sha256Hex } from '#shared/domain/blob.ts';
import type { EntityId, GroupId, ProjectId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import type { SheetMapping } from '#shared/domain/sheet-mapping.ts';
import { cellText } from '#shared/rules/sheets-values.rules.ts';
import { calendarDay } from '#shared/rules/working-day.rules.ts';
import type { BlobStore } from '#electron/core/blob-store.ts';
import type { AnyEntryDraft, Ledger } from '#electron/core/ledger/ledger-types.ts';
import { type LongWrites, resting } from '#electron/core/long-writes.ts';
import type { CallContext, Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb, WriteDb } from '#electron/db/database.ts';
import { attachmentType } from '#electron/media/attachment-type.ts';
import {
  deleteAttachment,
  findAttachment,
  insertAttachment,
  isBlobReferenced,
} from '#electron/repositories/attachments.repository.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';
import {
  fileTakenAt,
  findImportedRow,
  findWorkByName,
  type ImportTakenRow,
  listImports,
  projectsByName,
  mappingFromRow,
} from '#electron/repositories/sheets.repository.ts';
import { readInThread } from '#electron/sheets/sheet-reader.ts';
import { columnLetters, type MyRow, type SheetRead, type SheetSource } from '#electron/sheets/sheet-work.ts';
import { draftOf, type WorkRef } from './sheets-entries.service.ts';

export interface SheetsDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  blobs: BlobStore;
  longWrites: LongWrites;
}

/**
 * Rows planned, or entries written, between two rests. What an append may have to take back is kept in memory, where SQLite looks for its end from
 * the beginning: a larger portion takes longer for each entry.
 */
const portion = 100;
/** A table of at most so many rows of mine is taken without any rest. */
const rowsAtOnce = 500;
const rowsShown = 200;
const placesListed = 1000;

/** Spreadsheets, pasted tables and exports of platforms and time trackers, taken into the ledger. */
export function createSheetsService(deps: SheetsDeps): Handlers<'sheets.preview' | 'sheets.apply' | 'sheets.mappings'> {
  const { db, clock } = deps;
  return {
    'sheets.preview': async ({ source, reading, mapping, ownerColumn = null }, context) => {
      const read = await readInThread({ source, reading, mapping, zone: clock.zone(), ownerColumn }, context);
      const result = await resting(resultOf(db.read, deps.ids, read, mapping), context.signal);
      return { ...described(db.read, read, mapping), result };
    },

    'sheets.apply': async ({ source, mapping, keepWholeFile, leaveOutRefused, dryRun }, context) => {
      const named = [mapping.project, ...(mapping.projects?.names ?? []).map(({ project }) => project)];
      if (named.some((id) => id !== null && !projectExists(db.read, id))) throw new AppError('projects/not-found');
      const { reading } = mapping;
      // How far it is counts what is written: reading takes a fraction of it.
      const reader = { signal: context.signal, progress: () => undefined };
      const read = await readInThread({ source, reading, mapping, zone: clock.zone(), ownerColumn: null }, reader);
      const [gap] = read.gaps;
      if (gap) {
        throw new AppError('sheets/mapping-incomplete', { field: gap.field, column: gap.column, why: gap.why });
      }
      const isKept = findAttachment(db.read, read.file.hash) !== undefined;
      const whole = keepWholeFile && !dryRun ? await keepFile(deps, source, read.file) : null;
      // From here on it is one transaction: all of it or nothing.
      const steps = (tx: WriteDb) => taking(tx, deps, { read, mapping, whole, leaveOutRefused, dryRun }, context);
      const isLong = read.rows!.mine.length > rowsAtOnce;
      try {
        context.signal.throwIfAborted();
        if (!isLong) return db.transaction((tx) => atOnce(steps(tx)));
        return await deps.longWrites.alone('sheets.apply', steps, context.signal);
      } finally {
        if (whole && !isKept) await dropUnnamed(deps, whole);
      }
    },

    'sheets.mappings': ({ projectId, headerShape, limit }) => ({
      imports: listImports(db.read, { projectId, headerShape }, limit ?? 50).map((row) => ({
        importId: row.id,
        entryId: row.entry_id,
        fileName: row.file_name,
        fileHash: row.file_hash,
        takenAt: row.taken_at,
        day: calendarDay(Date.parse(row.taken_at), clock.zone()),
        rowsTaken: row.rows_taken,
        projectId: row.project_id as SheetMapping['project'],
        mapping: mappingFromRow(row),
      })),
    }),
  };
}

/** Does all steps without a rest. */
function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** What would be written, and what not and why. */
interface Plan {
  drafts: AnyEntryDraft[];
  rows: { hash: Sha256Hex; entity: EntityId }[];
  taken: number;
  alreadyTaken: ReadonlySet<number>;
  skipped: Record<string, number>;
  refused: { place: string; column: string | null; why: string }[];
  refusedRows: number;
}

function placeOf(read: SheetRead, row: number, column: string | null): string {
  const at = read.columns.findIndex(({ name }) => name === column);
  return `${read.sheet}!${at < 0 ? '' : columnLetters(at)}${row}`;
}

/** Holds my rows against what is in the ledger. Reads only. */
function* planOf(
  db: ReadDb,
  ids: Ids,
  read: SheetRead,
  mapping: SheetMapping,
  leaveOut: boolean,
): Generator<void, Plan> {
  const rows = read.rows!;
  const plan: Plan = {
    drafts: [],
    rows: [],
    taken: 0,
    alreadyTaken: new Set(),
    skipped: {},
    refused: [],
    refusedRows: 0,
  };
  const already = new Set<number>();
  for (const [at, mine] of rows.mine.entries()) {
    if (at > 0 && at % portion === 0) yield;
    const made = planRow(db, ids, mine, { ...mapping, project: mine.project });
    const problems = [...mine.problems, ...made.problems];
    if (problems.length > 0) {
      plan.refusedRows += 1;
      for (const { column, why } of problems) {
        if (plan.refused.length < placesListed)
          plan.refused.push({ place: placeOf(read, mine.row, column), column, why });
      }
    } else if (made.drafts.length === 0) already.add(mine.row);
    else {
      plan.taken += 1;
      for (const { draft, hash } of made.drafts) {
        plan.drafts.push(draft);
        plan.rows.push({ hash, entity: draft.subjects[0] });
      }
    }
  }
  const skipped = {
    'other-people': rows.otherPeople,
    empty: rows.empty,
    'left-out': rows.leftOut,
    'already-taken': already.size,
    refused: leaveOut ? plan.refusedRows : 0,
  };
  plan.skipped = Object.fromEntries(Object.entries(skipped).filter(([, count]) => count > 0));
  plan.alreadyTaken = already;
  return plan;
}

interface PlannedRow {
  drafts: { draft: AnyEntryDraft; hash: Sha256Hex }[];
  problems: { column: string | null; why: string }[];
}

function planRow(db: ReadDb, ids: Ids, mine: MyRow, mapping: SheetMapping): PlannedRow {
  const planned: PlannedRow = { drafts: [], problems: [] };
  // Work of the same row first: its return or recall is about it.
  const ordered = [...mine.records].sort(
    (a, b) => Number(b.record.becomes === 'work') - Number(a.record.becomes === 'work'),
  );
  let own: WorkRef | null = null;
  for (const { hash, record } of ordered) {
    const known = findImportedRow(db, hash, mapping.projects ? mapping.project : undefined);
    const id = known ?? ids.uuid();
    if (record.becomes === 'work') own = { type: 'elsewhere', id };
    if (known !== undefined) continue;
    let work = own;
    if (record.becomes === 'return' || record.becomes === 'recall') {
      const found = own === null && record.work !== null ? findWorkByName(db, record.work, mapping.project) : [];
      work ??= found.length === 1 ? found[0]! : null;
      if (work === null && record.becomes === 'return') {
        const why = found.length === 0 ? 'work-not-found' : 'work-not-clear';
        planned.problems.push({ column: mapping.fields.name?.column ?? null, why });
        continue;
      }
    } else work = null;
    planned.drafts.push({ hash, draft: draftOf(record, mapping, id, work) });
  }
  return planned;
}

function countsOf(read: SheetRead, plan: Plan) {
  const { taken, skipped, refused, refusedRows } = plan;
  return { read: read.rows!.read, taken, skipped, refused, refusedRows };
}

function* resultOf(db: ReadDb, ids: Ids, read: SheetRead, mapping: SheetMapping | null) {
  if (mapping === null || read.rows === null) return null;
  const plan = yield* planOf(db, ids, read, mapping, false);
  return {
    ...countsOf(read, plan),
    all: read.rows.all,
    mine: read.rows.my,
    rows: read.rows.mine.slice(0, rowsShown).map(({ row, records }) => ({
      row,
      records: records.map(({ record }) => record),
      alreadyTaken: plan.alreadyTaken.has(row),
    })),
  };
}

function described(db: ReadDb, read: SheetRead, mapping: SheetMapping | null) {
  const { file, encoding, delimiter, sheets, sheet, headerRow, headerShape, columns, guess, people, gaps } = read;
  const projects = read.projects && { ...read.projects, list: matched(db, read.projects.list) };
  const known = listImports(db, { headerShape }, 50);
  const project = mapping?.project ?? null;
  const before = known.find((row) => row.project_id === project) ?? known[0];
  const reading = { encoding, delimiter, sheet, headerRow };
  return {
    file: { ...file, takenAt: fileTakenAt(db, file.hash) },
    encoding,
    delimiter,
    sheets,
    sheet,
    headerRow,
    headerShape,
    columns,
    shape: guess.shape,
    suggested: { ...guess.mapping, reading, project, me: null, releasedOn: null, ...suggestedProjects(projects) },
    remembered: before ? rememberedFrom(before, guess.mapping.workName) : null,
    people,
    projects,
    gaps,
  };
}

/** What was decided about an earlier table, but for what is that table's alone: the day its figures were released, and its name. */
function rememberedFrom(before: ImportTakenRow, workName: string | null): SheetMapping | null {
  const mapping = mappingFromRow(before);
  const named = mapping?.workName === before.file_name ? workName : mapping?.workName;
  return mapping && { ...mapping, releasedOn: null, workName: named ?? null };
}

type Named = { name: string; rows: number; project: ProjectId | null };

/** The project that goes by each name; none where it is not clear. */
function matched(db: ReadDb, list: readonly { name: string; rows: number }[]): Named[] {
  const plain = (name: string) => cellText(name).toLowerCase();
  const known = projectsByName(db);
  return list.map((each) => {
    const found = known.filter(({ name }) => plain(name) === plain(each.name));
    return { ...each, project: found.length === 1 ? found[0]!.id : null };
  });
}

/** Rows go to the projects they name where there are several, or one that is known. What a name means that is not known is asked. */
function suggestedProjects(projects: { column: string; list: Named[] } | null): Pick<SheetMapping, 'projects'> {
  const known = projects?.list.filter(({ project }) => project !== null) ?? [];
  if (!projects || (projects.list.length < 2 && known.length === 0)) return {};
  return {
    projects: { column: projects.column, names: known.map(({ name: value, project }) => ({ value, project })) },
  };
}

/** Keeps the file as it is. @throws AppError `sheets/unreadable` when it has changed since it was read */
async function keepFile(deps: SheetsDeps, source: SheetSource, file: SheetRead['file']): Promise<BlobRef> {
  const bytes = 'pasted' in source ? Buffer.from(source.pasted, 'utf8') : await readFile(source.path);
  const changed = createHash('sha256').update(bytes).digest('hex') !== file.hash;
  if (changed) throw new AppError('sheets/unreadable', { file: file.name, problem: 'changed', place: '' });
  const blob = await deps.blobs.put(bytes);
  const kept = attachmentType(bytes, 'text/csv');
  const addedAt = new Date(deps.clock.now()).toISOString();
  deps.db.transaction((tx) => insertAttachment(tx, { blob, bytes: bytes.length, media_type: kept, added_at: addedAt }));
  const mediaType = findAttachment(deps.db.read, blob)?.media_type ?? kept;
  return { blob, bytes: bytes.length, mediaType, name: file.name.slice(0, 500) };
}

/** Takes a file out again that no entry came to name: there are rows of others in it. */
async function dropUnnamed({ db, blobs }: SheetsDeps, { blob }: BlobRef): Promise<void> {
  if (isBlobReferenced(db.read, blob)) return;
  db.transaction((tx) => deleteAttachment(tx, blob));
  await blobs.remove(blob);
}

interface Taking {
  read: SheetRead;
  mapping: SheetMapping;
  whole: BlobRef | null;
  leaveOutRefused: boolean;
  dryRun: boolean;
}

/** Holds my rows against the ledger as it is now and writes what is new. */
function* taking(
  tx: WriteDb,
  deps: SheetsDeps,
  { read, mapping, whole, leaveOutRefused, dryRun }: Taking,
  { progress }: Pick<CallContext, 'progress'>,
): Generator<void, Output<'sheets.apply'>> {
  const plan = yield* planOf(tx, deps.ids, read, mapping, leaveOutRefused);
  const none = { ...countsOf(read, plan), importId: null, entryId: null };
  if (plan.refusedRows > 0 && !leaveOutRefused) {
    const heldBack = plan.taken > 0 ? { 'held-back': plan.taken } : {};
    return { ...none, taken: 0, skipped: { ...none.skipped, ...heldBack } };
  }
  if (dryRun || plan.drafts.length === 0) return none;
  const importId = deps.ids.uuid();
  const drafts = [importDraft(deps, importId, read, mapping, plan, whole), ...plan.drafts];
  const group = deps.ids.uuid() as GroupId;
  let entryId: string | null = null;
  for (let at = 0; at < drafts.length; at += portion) {
    if (at > 0) yield;
    const [first] = deps.ledger.append(tx, drafts.slice(at, at + portion), { group });
    entryId ??= first!.id;
    progress(Math.min(at + portion, drafts.length), drafts.length);
  }
  return { ...none, importId, entryId };
}

/** The entry that says which file the rows are from, the first of their group. */
function importDraft(
  deps: SheetsDeps,
  importId: EntityId,
  read: SheetRead,
  mapping: SheetMapping,
  plan: Plan,
  whole: BlobRef | null,
): AnyEntryDraft {
  return {
    kind: 'import.taken',
    body: {
      file_name: read.file.name.slice(0, 500),
      file_hash: read.file.hash,
      whole_file: whole,
      mapping: { header_shape: read.headerShape, mapping: mapping as unknown as Json },
      rows_read: read.rows!.read,
      rows_taken: plan.taken,
      rows_skipped: plan.skipped,
      rows: plan.rows,
    },
    occurredStart: new Date(deps.clock.now()).toISOString(),
    occurredEnd: null,
    source: 'stated',
    subjects: [importId, ...new Set(read.rows!.mine.flatMap(({ project }) => project ?? []))],
  };
}
