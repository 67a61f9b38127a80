import { readFile, stat } from 'node:fs/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import { cocoCodec } from '#shared/codecs/coco.codec.ts';
import {
  type Codec,
  CodecError,
  type FailedRow,
  type Loss,
  type ParsedItem,
  type ParseResult,
} from '#shared/codecs/codec.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { JournalRecord, Shape } from '#shared/domain/annotation.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { Day } from '#shared/domain/time.ts';
import { labelColor } from '#shared/rules/label-colors.rules.ts';
import { matchPhotos } from '#shared/rules/photo-matching.rules.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb, WriteDb } from '#electron/db/database.ts';
import type { MediaResolver } from '#electron/media/media-resolver.ts';
import { appendToDraft, type SealedDoc } from '#electron/repositories/drafts.repository.ts';
import { mergeExtra } from '#electron/repositories/exchange-extras.repository.ts';
import { findProject, projectFromRow } from '#electron/repositories/projects.repository.ts';
import { findTask, iterateTasks, type TaskWithRoot } from '#electron/repositories/tasks.repository.ts';

export interface ImportsDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  media: MediaResolver;
  sealedDoc: SealedDoc;
  /** The working day under way. */
  today(): Day;
}

const codecs: Record<'coco', Codec> = { coco: cocoCodec };

/** A text beyond this would not fit into the memory of a small machine together with what is read from it. */
const maxBytes = 256 * 1024 * 1024;
const maxLabels = 500;
const sizesCompared = 1000;
/** Rows listed in an answer; of more, the count is told. */
const listedLimit = 1000;

/** Taking annotations in from files. */
export function createImportsService(deps: ImportsDeps): Handlers<'imports.preview' | 'imports.apply'> {
  return {
    'imports.preview': async ({ projectId, format, path }) => {
      const read = await readAnnotations(deps, projectId, codecs[format], path);
      const { items } = read.result.parsed;
      return {
        items: items.length,
        objects: count(items),
        matched: read.matched.length,
        unmatched: read.unmatched.slice(0, listedLimit),
        newLabels: read.newLabels,
        ...listed(read.failed, read.result.loss),
      };
    },

    'imports.apply': async ({ projectId, format, path }, context) => {
      const read = await readAnnotations(deps, projectId, codecs[format], path);
      // From here on it is one transaction: it is taken whole or not at all.
      context.signal.throwIfAborted();
      deps.db.transaction((tx) => take(tx, deps, projectId, format, read));
      return {
        items: read.matched.length,
        objects: count(read.matched.map(({ item }) => item)),
        ...listed(read.failed, read.result.loss),
      };
    },
  };
}

interface Matched {
  item: ParsedItem;
  task: TaskWithRoot;
}

/** A file read and held against a project. */
interface ReadAnnotations {
  result: ParseResult;
  matched: Matched[];
  unmatched: string[];
  newLabels: string[];
  failed: FailedRow[];
}

const count = (items: readonly ParsedItem[]): number => items.reduce((sum, { shapes }) => sum + shapes.length, 0);

/** What failed and was lost, cut to what a screen can show. */
function listed(failed: readonly FailedRow[], loss: readonly Loss[]) {
  const unlisted = failed.length - listedLimit;
  return {
    failed: failed.slice(0, listedLimit),
    loss: unlisted > 0 ? [...loss, { what: 'failed-not-listed', count: unlisted } as const] : [...loss],
  };
}

async function readAnnotations(
  deps: ImportsDeps,
  projectId: ProjectId,
  codec: Codec,
  path: string,
): Promise<ReadAnnotations> {
  const labels = projectLabels(deps, deps.db.read, projectId);
  const text = await readText(path);
  const result = parseText(codec, text, path, () => deps.ids.uuid());
  await breathe();
  const { items } = result.parsed;
  const matches = matchPhotos(
    items.map(({ name }) => name),
    iterateTasks(deps.db.read, projectId),
  );
  const read: ReadAnnotations = { result, matched: [], unmatched: [], newLabels: [], failed: [...result.failed] };
  items.forEach((item, i) => {
    const match = matches[i]!;
    if (match === 'none') read.unmatched.push(item.name);
    else if (match === 'ambiguous') read.failed.push({ where: item.where, why: 'photo-ambiguous' });
    else read.matched.push({ item, task: match.found });
  });
  refuseTooManyLabels(read, labels);
  const differing = await countDifferingSizes(deps.media, read.matched);
  if (differing > 0) result.loss.push({ what: 'size-differs', count: differing });
  return read;
}

/**
 * How many photos are of another size than the file says: their boxes were drawn on something else, for instance on the photo before
 * it was turned upright. Looked at in the first thousand; a set is made by one tool in one way.
 */
async function countDifferingSizes(media: MediaResolver, matched: readonly Matched[]): Promise<number> {
  let differing = 0;
  for (const { item, task } of matched.slice(0, sizesCompared)) {
    if (item.size === null) continue;
    const { width, height } = (await media.resolve(task.root_path, task.name)).info;
    if (width !== null && (width !== item.size.width || height !== item.size.height)) differing += 1;
  }
  return differing;
}

/** Sets the labels to be added; items that use one for which the project has no room fail. */
function refuseTooManyLabels(read: ReadAnnotations, labels: LabelSet): void {
  const known = new Set(labels.map(({ key }) => key));
  const wanted = read.result.parsed.labels.map(({ key }) => key).filter((key) => !known.has(key));
  read.newLabels = wanted.slice(0, maxLabels - labels.length);
  const without = new Set(wanted.slice(read.newLabels.length));
  if (without.size === 0) return;
  read.matched = read.matched.filter(({ item }) => {
    const fits = item.shapes.every(({ label }) => label === null || !without.has(label));
    if (!fits) read.failed.push({ where: item.where, why: 'too-many-labels' });
    return fits;
  });
}

function projectLabels(deps: ImportsDeps, db: ReadDb, projectId: ProjectId): LabelSet {
  const row = findProject(db, projectId);
  if (row === undefined) throw new AppError('projects/not-found');
  return projectFromRow(db, row, deps.today()).labels;
}

async function readText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new AppError('files/unreadable', { path, problem: 'not-a-file' });
    if (found.size > maxBytes) throw new AppError('imports/unreadable', { path, place: '', problem: 'too-large' });
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new AppError('files/not-found', { path });
    throw new AppError('files/unreadable', { path, problem: code });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('imports/unreadable', { path, place: '', problem: 'not-utf-8' });
  }
}

function parseText(codec: Codec, text: string, path: string, newId: () => string): ParseResult {
  try {
    return codec.parse(text, newId);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    throw new AppError('imports/unreadable', { path, place: error.place, problem: error.problem });
  }
}

/** Everything at once or nothing: labels, one change for each photo, and what the file says beside. */
function take(tx: WriteDb, deps: ImportsDeps, projectId: ProjectId, format: string, read: ReadAnnotations): void {
  const at = deps.clock.now();
  if (read.newLabels.length > 0) addLabels(tx, deps, projectId, read.newLabels);
  const { parsed } = read.result;
  mergeExtra(tx, projectId, format, 'set', parsed.extra);
  for (const { key, extra } of parsed.labels) mergeExtra(tx, projectId, format, `label:${key}`, extra);
  for (const { item, task } of read.matched) {
    mergeExtra(tx, projectId, format, `item:${task.id}`, item.extra);
    const now = findTask(tx, task.id);
    if (item.shapes.length === 0 || now === undefined) continue;
    appendToDraft(tx, now, [importRecord(item.shapes, now.shape_count, at)], deps.sealedDoc);
  }
}

/** One undoable change that puts shapes on top of those that are there. */
function importRecord(shapes: readonly Shape[], below: number, at: number): JournalRecord {
  const edits = shapes.map((after, i) => ({ before: null, after, indexBefore: null, indexAfter: below + i }));
  return { type: 'do', at, change: { label: 'import', edits } };
}

function addLabels(tx: WriteDb, deps: ImportsDeps, projectId: ProjectId, keys: readonly string[]): void {
  const { name, client, intermediary, modality, labels, archived } = projectFromRow(
    tx,
    findProject(tx, projectId)!,
    deps.today(),
  );
  const grown = [...labels];
  for (const key of keys) grown.push({ key, color: labelColor(grown.length) });
  deps.ledger.append(tx, [
    {
      kind: 'project.changed',
      body: { name, client, intermediary, modality, labels: grown, archived },
      occurredStart: new Date(deps.clock.now()).toISOString(),
      occurredEnd: null,
      source: 'imported',
      subjects: [projectId],
    },
  ]);
}
