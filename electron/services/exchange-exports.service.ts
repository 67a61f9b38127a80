import { createHash, randomUUID } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { cocoCodec } from '#shared/codecs/coco.codec.ts';
import type { Codec, ExchangeItem, Extra, WriteSource, WriteSummary } from '#shared/codecs/codec.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { AnnotationDoc } from '#shared/domain/annotation.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Day } from '#shared/domain/time.ts';
import { emptyDoc } from '#shared/rules/undo-journal.rules.ts';
import { exportTarget } from '#electron/core/export-target.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { CallContext, Handlers } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import type { MediaResolver } from '#electron/media/media-resolver.ts';
import { draftDoc, type SealedDoc } from '#electron/repositories/drafts.repository.ts';
import { findExtra } from '#electron/repositories/exchange-extras.repository.ts';
import { findProject, projectFromRow } from '#electron/repositories/projects.repository.ts';
import { findTask, taskIds, type TaskWithRoot } from '#electron/repositories/tasks.repository.ts';

export interface ExportsDeps {
  db: Database;
  ledger: Ledger;
  media: MediaResolver;
  sealedDoc: SealedDoc;
  /** The data folder: nothing is ever exported over what lies in it. */
  dataDir: string;
  /** The working day under way. */
  today(): Day;
}

type Which = 'submitted' | 'all';

const codecs: Record<'coco', Codec> = { coco: cocoCodec };
/** Text is handed to the disk in pieces of about this many characters. */
const pieceLength = 64 * 1024;

/** Writing annotations to files. */
export function createExportsService(deps: ExportsDeps): Handlers<'exports.write'> {
  return {
    'exports.write': async ({ projectId, format, path, overwrite, which }, context) => {
      const codec = codecs[format];
      const row = findProject(deps.db.read, projectId);
      if (row === undefined) throw new AppError('projects/not-found');
      const target = await exportTarget(deps.dataDir, path, overwrite);
      const { labels } = projectFromRow(deps.db.read, row, deps.today());
      const ids = taskIds(deps.db.read, projectId, which === 'submitted');
      const source: WriteSource = {
        labels: labels.map(({ key }) => ({ key, extra: findExtra(deps.db.read, projectId, format, `label:${key}`) })),
        extra: findExtra(deps.db.read, projectId, format, 'set'),
        items: () => readItems(deps, { projectId, format, which, ids, context }),
      };
      const draft = await writeDraft(target, codec.write(source), context);
      const { summary } = draft;
      try {
        // The file gets its name last: what left without an entry could not be listed when something is erased.
        deps.db.transaction((tx) => {
          deps.ledger.recordExport(tx, {
            what: which === 'submitted' ? 'submitted annotations' : 'annotations',
            format,
            file_name: basename(target),
            file_hash: draft.hash,
            counts: { items: summary.items, objects: summary.objects },
            subjects: [projectId],
          });
          publish(draft.path, target, overwrite);
        });
      } catch (error) {
        await rm(draft.path, { force: true });
        throw refusalOf(error, target);
      }
      return { path: target, items: summary.items, objects: summary.objects, loss: summary.loss };
    },
  };
}

/** A whole file under a name that nobody looks for yet. */
interface Draft {
  path: string;
  summary: WriteSummary;
  /** SHA-256 of what was written. */
  hash: string;
}

/** Writes beside the target, so that whoever reads the target sees the old file or the whole new one. */
async function writeDraft(
  target: string,
  text: AsyncGenerator<string, WriteSummary>,
  context: CallContext,
): Promise<Draft> {
  const path = join(dirname(target), `.${basename(target).slice(0, 200)}.${randomUUID()}.part`);
  const hash = createHash('sha256');
  try {
    const file = await open(path, 'wx');
    try {
      const summary = await pour(text, async (piece) => {
        context.signal.throwIfAborted();
        const bytes = Buffer.from(piece, 'utf8');
        hash.update(bytes);
        await file.writeFile(bytes);
      });
      await file.sync();
      return { path, summary, hash: hash.digest('hex') };
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw refusalOf(error, target);
  }
}

/** Gives the file its name, unless somebody else took it meanwhile. */
function publish(draft: string, target: string, overwrite: boolean): void {
  if (!overwrite && existsSync(target)) throw new AppError('files/exists', { path: target });
  renameSync(draft, target);
}

/** A system's error as a refusal; anything else as it is. */
function refusalOf(error: unknown, target: string): unknown {
  const code = (error as { code?: unknown }).code;
  if (error instanceof AppError || typeof code !== 'string' || code.startsWith('SQLITE')) return error;
  return new AppError('files/unwritable', { path: target, problem: code });
}

/** Gathers small texts into pieces worth writing; answers what the generator returns. */
async function pour<R>(text: AsyncGenerator<string, R>, write: (piece: string) => Promise<void>): Promise<R> {
  let gathered = '';
  for (;;) {
    const next = await text.next();
    if (next.done) {
      await write(gathered);
      return next.value;
    }
    gathered += next.value;
    if (gathered.length >= pieceLength) {
      await write(gathered);
      gathered = '';
    }
  }
}

interface Reading {
  projectId: ProjectId;
  format: string;
  which: Which;
  ids: readonly string[];
  context: CallContext;
}

/** The photos of a project with their shapes, in queue order, giving way now and then. */
async function* readItems(deps: ExportsDeps, reading: Reading): AsyncGenerator<ExchangeItem> {
  const { ids, context, format, projectId, which } = reading;
  for (const [i, id] of ids.entries()) {
    if (i % 100 === 0) {
      context.signal.throwIfAborted();
      context.progress(i, ids.length);
      await breathe();
    }
    const task = findTask(deps.db.read, id);
    // One that was taken out meanwhile keeps its place, so that a second pass counts alike.
    if (task === undefined) yield { name: id, size: null, shapes: [], extra: {} };
    else {
      const extra: Extra = findExtra(deps.db.read, projectId, format, `item:${id}`);
      const { shapes } = docOf(deps, deps.db.read, task, which);
      yield { name: task.name, size: await sizeOf(deps, task), shapes, extra };
    }
  }
}

/** The annotation as last sealed, or as it stands. */
function docOf(deps: ExportsDeps, db: ReadDb, task: TaskWithRoot, which: Which): AnnotationDoc {
  if (which === 'submitted') {
    return (task.submission_id === null ? null : deps.sealedDoc(db, task.submission_id)) ?? emptyDoc;
  }
  return task.journal_length === 0 && task.base_submission_id === null ? emptyDoc : draftDoc(db, task, deps.sealedDoc);
}

async function sizeOf(deps: ExportsDeps, task: TaskWithRoot): Promise<ExchangeItem['size']> {
  const { info } = await deps.media.resolve(task.root_path, task.name);
  return info.width === null || info.height === null ? null : { width: info.width, height: info.height };
}
