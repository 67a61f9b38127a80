import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { CodecError, type SourceFile } from '#shared/codecs/codec.ts';
import { columnsOf, guessMapping } from '#shared/codecs/text/mapping-guess.codec.ts';
import { answerOf, itemOf, RowError } from '#shared/codecs/text/row-mapping.codec.ts';
import type { FailedTextRow, TextRead, TextRow } from '#shared/codecs/text/text-codec.ts';
import { guessTextFormat, textCodecs } from '#shared/codecs/text/text-codecs.ts';
import type { TextFormat } from '#shared/codecs/text/text-formats.ts';
import { rowsOf } from '#shared/codecs/text/text-rows.codec.ts';
import type { ParsedInput } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { Json } from '#shared/domain/json.ts';
import type { TextItem } from '#shared/domain/text.ts';
import type { TextMapping } from '#shared/domain/text-mapping.ts';
import { canonicalJson } from '#shared/proofs/canonical.ts';
import { answerChange, changeOf, emptyDoc } from '#shared/rules/undo-journal.rules.ts';
import { encodeEdits } from '#shared/text/edit-log.ts';
import { textBefore } from '#shared/text/text-fields.ts';
import { titleOf } from '#shared/text/text-title.ts';
import { type AnnotationFile, annotationFiles } from '#electron/core/annotation-files.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { CallContext, Clock, Handlers, Ids } from '#electron/core/ports.ts';
import { dropUnseen } from '#electron/core/unseen-tasks.ts';
import type { Database, WriteDb } from '#electron/db/database.ts';
import { appendToDraft, type SealedDoc } from '#electron/repositories/drafts.repository.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';
import { insertTasks, namesOfRoot, queueLength, setQueueLength } from '#electron/repositories/tasks.repository.ts';
import { insertTextItem, itemHashes, replaceTextLogs } from '#electron/repositories/texts.repository.ts';

export interface TextsImportDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  sealedDoc: SealedDoc;
}

/** Rows looked at before a file is taken in, and shown of them. */
const rowsLookedAt = 200;
const rowsShown = 20;
/** Rows written by one transaction: about 60 ms. */
const rowsPerBatch = 1000;
const failedShown = 100;

/** Taking files of texts into a project's queue, row by row. */
export function createTextsImportService(deps: TextsImportDeps): Handlers<'texts.preview' | 'texts.import'> {
  // Imports take places at the end of a queue, so they go one after another.
  let last: Promise<unknown> = Promise.resolve();

  return {
    'texts.preview': (input, context) => preview(deps, input, context),

    'texts.import': (input, context) => {
      const turn = last.then(() => importRows(deps, input, context));
      last = turn.catch(() => {});
      return turn;
    },
  };
}

async function preview(deps: TextsImportDeps, input: ParsedInput<'texts.preview'>, context: CallContext) {
  const { path, mapping: given, readAs, answers = {} } = input;
  const file = await oneFile(path, context.signal);
  const read: { where: string; value: Record<string, Json> }[] = [];
  let failed: FailedTextRow[] = [];
  let more = false;
  await reading(path, async () => {
    for await (const row of rowsOf(file)) {
      if (read.length + failed.length >= rowsLookedAt) {
        more = true;
        break;
      }
      if ('why' in row) failed.push(row);
      else read.push(row);
    }
  });
  const values = read.map(({ value }) => value);
  const columns = columnsOf(values);
  const mapping = given ?? guessMapping(columns, values);
  const items: ShownRow[] = [];
  if (readAs === null) {
    for (const [place, { where, value }] of read.entries()) {
      const made = rowOrReason(value, mapping, place + 1);
      if (typeof made === 'string') failed.push({ where, why: made });
      else if (items.length < rowsShown)
        items.push({ where, item: made.item, answered: Object.keys(made.answer).length > 0 });
    }
  } else failed = await shownAs(deps, { path, readAs, file, answers }, items);
  const format = guessTextFormat(path, await file.head());
  return { columns, mapping, format, rows: read.length, more, items, failed: failed.slice(0, failedShown) };
}

/** A row as it is shown before it is taken. */
interface ShownRow {
  where: string;
  item: TextItem;
  answered: boolean;
}

/** Puts the first rows as a format has them into `items`; answers those that it can't read. */
async function shownAs(
  { ids }: TextsImportDeps,
  {
    path,
    readAs,
    file,
    answers,
  }: { path: string; readAs: TextFormat; file: SourceFile; answers: Record<string, string> },
  items: ShownRow[],
): Promise<FailedTextRow[]> {
  const failed: FailedTextRow[] = [];
  let looked = 0;
  await reading(path, async () => {
    for await (const read of textCodecs[readAs].read(file, { newId: () => ids.uuid(), answers })) {
      looked += 1;
      if ('failed' in read) failed.push(read.failed);
      else if (items.length < rowsShown) {
        const { where, item, answer = {}, shapes = [] } = read.row;
        items.push({ where, item, answered: Object.keys(answer).length > 0 || shapes.length > 0 });
      }
      if (looked >= rowsLookedAt) break;
    }
  });
  return failed;
}

function rowOrReason(
  value: Record<string, Json>,
  mapping: TextMapping,
  number: number,
): Required<Pick<TextRow, 'item' | 'answer'>> | FailedTextRow['why'] {
  try {
    return { item: itemOf(value, mapping, number), answer: answerOf(value, mapping) };
  } catch (error) {
    if (error instanceof RowError) return error.why;
    throw error;
  }
}

/** What was gone through of a file so far. */
interface Taking {
  taken: number;
  alreadyThere: number;
  failed: number;
  failedSome: FailedTextRow[];
}

async function importRows(deps: TextsImportDeps, input: ParsedInput<'texts.import'>, context: CallContext) {
  const { db } = deps;
  const { projectId, path } = input;
  if (!projectExists(db.read, projectId)) throw new AppError('projects/not-found', { projectId });
  try {
    context.signal.throwIfAborted();
    await dropUnseen(db, projectId);
    const file = await oneFile(path, context.signal);
    const taking = await takeRows(deps, { ...input, file }, context);
    if (taking.taken > 0) db.transaction((tx) => showTaken(tx, deps, input, taking));
    return taking;
  } catch (error) {
    await dropUnseen(db, projectId);
    if (!context.signal.aborted) throw error;
    throw new AppError('jobs/cancelled');
  }
}

/** A row on its way into the queue. */
interface NewRow {
  name: string;
  title: string;
  json: string;
  hash: string;
  /** What was answered, where the file says so. */
  row: TextRow;
}

/** Every row of a file as it is to be taken, or why it is not. */
async function* readsOf(
  { ids }: TextsImportDeps,
  { file, format, mapping, answers = {} }: ParsedInput<'texts.import'> & { file: SourceFile },
): AsyncGenerator<TextRead> {
  if (format !== null) {
    yield* textCodecs[format].read(file, { newId: () => ids.uuid(), answers });
    return;
  }
  let number = 0;
  for await (const row of rowsOf(file)) {
    number += 1;
    const { where } = row;
    const made = 'why' in row ? row.why : rowOrReason(row.value, mapping, number);
    yield typeof made === 'string' ? { failed: { where, why: made } } : { row: { where, ...made } };
  }
}

/** Writes the rows beyond the queue's length in batches, unseen: a cancelled or killed import was never there. */
async function takeRows(
  deps: TextsImportDeps,
  input: ParsedInput<'texts.import'> & { file: SourceFile },
  context: CallContext,
): Promise<Taking> {
  const { db } = deps;
  const { projectId, path } = input;
  const start = queueLength(db.read, projectId);
  const there = itemHashes(db.read, projectId);
  const names = namesOfRoot(db.read, projectId, path);
  const taking: Taking = { taken: 0, alreadyThere: 0, failed: 0, failedSome: [] };
  let batch: NewRow[] = [];
  let number = 0;

  const write = async () => {
    context.signal.throwIfAborted();
    const rows = batch;
    batch = [];
    if (rows.length > 0) db.transaction((tx) => writeRows(tx, deps, input, rows, start + taking.taken));
    taking.taken += rows.length;
    context.progress(number, null);
    await breathe();
  };
  await reading(path, async () => {
    for await (const read of readsOf(deps, input)) {
      number += 1;
      if ('failed' in read) {
        taking.failed += 1;
        if (taking.failedSome.length < failedShown) taking.failedSome.push(read.failed);
        continue;
      }
      const { item } = read.row;
      const json = canonicalJson(item as Json);
      const hash = createHash('sha256').update(json).digest('hex');
      if (there.has(hash)) {
        taking.alreadyThere += 1;
        continue;
      }
      there.add(hash);
      batch.push({ name: freeName(item.name, number, names), title: titleOf(item), json, hash, row: read.row });
      if (batch.length >= rowsPerBatch) await write();
    }
  });
  await write();
  return taking;
}

/** Names of tasks differ within a file; its rows need not. */
function freeName(name: string, number: number, names: Set<string>): string {
  let free = name;
  for (let again = number; names.has(free); again += 1) free = `${name} · ${again}`;
  names.add(free);
  return free;
}

function writeRows(
  tx: WriteDb,
  deps: TextsImportDeps,
  { projectId, path, taskKind }: ParsedInput<'texts.import'>,
  rows: readonly NewRow[],
  start: number,
): void {
  const taken = insertTasks(tx, deps.ids, {
    projectId,
    root: path,
    names: rows.map(({ name }) => name),
    titles: rows.map(({ title }) => title),
    start,
    kind: taskKind ?? null,
  });
  for (const [place, id] of taken.entries()) {
    const { row, ...item } = rows[place]!;
    insertTextItem(tx, id, item);
    writeAnswer(tx, deps, id, row);
  }
}

/** Puts what a file says was answered into the draft of a task, as one step that can be undone; texts into their edit logs. */
function writeAnswer(
  tx: WriteDb,
  { sealedDoc, clock }: TextsImportDeps,
  id: string,
  { item, answer = {}, shapes = [] }: TextRow,
): void {
  const at = clock.now();
  const drawn = changeOf(
    emptyDoc,
    'import',
    shapes.map((shape) => ({ id: shape.id, after: shape })),
  );
  const said = answerChange(emptyDoc, answer);
  if (drawn === null && said === null) return;
  const change = { ...(drawn ?? { edits: [] }), ...said, label: 'import' as const, edits: drawn?.edits ?? [] };
  const fresh = { id, base_submission_id: null, journal_length: 0, shape_count: 0 };
  appendToDraft(tx, fresh, [{ type: 'do', at, change }], sealedDoc);
  const texts = [
    ['answer', answer.text],
    ...(answer.turns ?? []).map(({ content }, turn) => [`turn.${turn}`, content]),
  ];
  const logs = (texts as [string, string | undefined][]).flatMap(([field, inserted]) => {
    if (inserted === undefined || inserted === '') return [];
    const removed = textBefore(item, field).length;
    return [{ field, bytes: Buffer.from(encodeEdits([{ at, from: 0, removed, inserted, how: 'program' }]).bytes) }];
  });
  replaceTextLogs(tx, id, logs);
}

/** Makes inserted rows part of the queue and writes the entry that says so. */
function showTaken(tx: WriteDb, deps: TextsImportDeps, input: ParsedInput<'texts.import'>, taking: Taking): void {
  const { projectId, path } = input;
  setQueueLength(tx, projectId, queueLength(tx, projectId) + taking.taken);
  deps.ledger.append(tx, [
    {
      kind: 'media.imported',
      body: { project: projectId, folder_name: basename(path), taken: taking.taken, skipped: taking.failed },
      occurredStart: new Date(deps.clock.now()).toISOString(),
      occurredEnd: null,
      source: 'measured',
      subjects: [projectId],
    },
  ]);
}

/** @throws AppError `files/not-found`, `files/unreadable`, `imports/unreadable` */
async function oneFile(path: string, signal: AbortSignal): Promise<AnnotationFile> {
  const files = await annotationFiles(path, signal);
  const [file] = files;
  if (file === undefined || files.length > 1) throw new AppError('files/unreadable', { path, problem: 'not-a-file' });
  return file;
}

/** Carries reading out; what makes a file unreadable is told as that. */
async function reading(path: string, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    throw new AppError('imports/unreadable', { path, place: error.place, problem: error.problem });
  }
}
