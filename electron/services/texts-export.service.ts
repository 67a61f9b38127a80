import { createHash } from 'node:crypto';
import { basename, dirname, extname, join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { FilePiece } from '#shared/codecs/codec.ts';
import type { TextSealed, TextSummary } from '#shared/codecs/text/text-codec.ts';
import { textCodecs } from '#shared/codecs/text/text-codecs.ts';
import type { ParsedInput } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import { emptyDoc } from '#shared/rules/undo-journal.rules.ts';
import { beginExport, type ExportDraft, type ExportWriter } from '#electron/core/export-file.ts';
import { exportTarget } from '#electron/core/export-target.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { CallContext, Handlers } from '#electron/core/ports.ts';
import { answerAsWritten } from '#electron/core/text-sealing.ts';
import type { Database } from '#electron/db/database.ts';
import { draftDoc, type SealedDoc } from '#electron/repositories/drafts.repository.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';
import { findTask, taskIds } from '#electron/repositories/tasks.repository.ts';
import { findTextItem, textLogs } from '#electron/repositories/texts.repository.ts';

export interface TextsExportDeps {
  db: Database;
  ledger: Ledger;
  sealedDoc: SealedDoc;
  /** The data folder: nothing is ever exported over what lies in it. */
  dataDir: string;
}

/** Rows read without giving way: about 5 ms. */
const rowsAtOnce = 100;

/** Writing answers to texts to files, and saying before what would be lost on the way. */
export function createTextsExportService(
  deps: TextsExportDeps,
): Handlers<'texts.formats' | 'texts.exportPreview' | 'texts.export'> {
  return {
    'texts.formats': () => ({
      formats: Object.values(textCodecs).map(({ format, ending, choices, asks = [] }) => ({
        ...{ format: format as ParsedInput<'texts.export'>['format'], ending },
        choices: choices.map(({ name, answers }) => ({ name, answers: [...answers] })),
        asks: asks.map(({ name, answers }) => ({ name, answers: [...answers] })),
      })),
    }),

    'texts.exportPreview': async (input, context) => {
      const pieces = begin(deps, input, context);
      const files = new Set<string>();
      for (;;) {
        const next = await pieces.next();
        if (next.done) return { ...next.value, files: [...files] };
        if (next.value.path !== '') files.add(next.value.path);
      }
    },

    'texts.export': async (input, context) => {
      const { projectId, format, path, overwrite, which } = input;
      const target = await exportTarget(deps.dataDir, path, overwrite);
      const written = await writeFiles(deps, { ...input, path: target }, context);
      const { rows, loss } = written.summary;
      try {
        // The files get their names last: what left without an entry could not be listed when something is erased.
        deps.db.transaction((tx) => {
          deps.ledger.recordExport(tx, {
            what: which === 'submitted' ? 'submitted answers' : 'answers',
            format,
            file_name: basename(target),
            file_hash: written.hash,
            counts: { items: rows },
            subjects: [projectId],
          });
          for (const draft of written.drafts) draft.publish();
        });
      } catch (error) {
        for (const draft of written.drafts) draft.discard();
        throw error;
      }
      return { path: target, files: written.names, rows, loss };
    },
  };
}

function begin(
  { db, sealedDoc }: TextsExportDeps,
  {
    projectId,
    format,
    which,
    choices = {},
  }: Pick<ParsedInput<'texts.export'>, 'projectId' | 'format' | 'which' | 'choices'>,
  context: CallContext,
): AsyncGenerator<FilePiece, TextSummary> {
  if (!projectExists(db.read, projectId)) throw new AppError('projects/not-found');
  const ids = taskIds(db.read, projectId, which === 'submitted');
  const codec = textCodecs[format];
  const usual = Object.fromEntries(codec.choices.map(({ name, answers: [first = ''] }) => [name, first]));

  async function* rows(): AsyncGenerator<TextSealed> {
    for (const [done, id] of ids.entries()) {
      if (done % rowsAtOnce === 0) {
        context.signal.throwIfAborted();
        context.progress(done, ids.length);
        await breathe();
      }
      const task = findTask(db.read, id);
      const found = findTextItem(db.read, id);
      if (task === undefined || found === undefined) continue;
      const sealed =
        which === 'submitted' && task.submission_id !== null ? sealedDoc(db.read, task.submission_id) : null;
      const doc = which === 'submitted' ? (sealed ?? emptyDoc) : draftDoc(db.read, task, sealedDoc);
      const answer =
        which === 'submitted' ? (doc.answer ?? {}) : answerAsWritten(found.item, doc, textLogs(db.read, id));
      yield { item: found.item, answer, shapes: doc.shapes };
    }
  }
  return codec.write(rows(), { ...usual, ...choices });
}

interface Written {
  summary: TextSummary;
  drafts: ExportDraft[];
  /** Names of the files beside each other, the main one first. */
  names: string[];
  /** SHA-256 of the main file. */
  hash: string;
}

/** Writes the file, and the side files beside it as `<name>.<side name>`. */
async function writeFiles(
  deps: TextsExportDeps,
  input: ParsedInput<'texts.export'> & { path: Awaited<ReturnType<typeof exportTarget>> },
  context: CallContext,
): Promise<Written> {
  const { path, overwrite } = input;
  const writers = new Map<string, { writer: ExportWriter; name: string }>();
  const hash = createHash('sha256');
  const stem = basename(path, extname(path));
  const open = async (side: string) => {
    const target =
      side === '' ? path : await exportTarget(deps.dataDir, join(dirname(path), `${stem}.${side}`), overwrite);
    const opened = { writer: beginExport(target, overwrite), name: basename(target) };
    writers.set(side, opened);
    return opened;
  };
  try {
    await open('');
    const pieces = begin(deps, input, context);
    for (;;) {
      const next = await pieces.next();
      if (next.done) {
        const all = [...writers.values()];
        const drafts = all.map(({ writer }) => writer.finish());
        return { summary: next.value, drafts, names: all.map(({ name }) => name), hash: hash.digest('hex') };
      }
      const bytes = Buffer.from(next.value.text);
      if (next.value.path === '') hash.update(bytes);
      (writers.get(next.value.path) ?? (await open(next.value.path))).writer.write(bytes);
    }
  } catch (error) {
    for (const { writer } of writers.values()) writer.abandon();
    if (context.signal.aborted) throw new AppError('jobs/cancelled');
    throw error;
  }
}
