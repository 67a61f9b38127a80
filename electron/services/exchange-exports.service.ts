import { basename } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { chosen, annotationCodecs } from '#shared/codecs/annotation-codecs.ts';
import type { AnnotationFormat } from '#shared/codecs/annotation-formats.ts';
import type { ExchangeItem, FilePiece, AnnotationCodec, WriteSource, WriteSummary } from '#shared/codecs/codec.ts';
import type { ParsedInput } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { AnnotationDoc } from '#shared/domain/annotation.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Day } from '#shared/domain/time.ts';
import type { MediaInfo } from '#shared/domain/work.ts';
import { emptyDoc } from '#shared/rules/undo-journal.rules.ts';
import { draftSet } from '#electron/core/export-set.ts';
import { exchangeSound } from '#electron/core/recording-facts.ts';
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

/** Writing annotations to files, and saying before what would be lost on the way. */
export function createExportsService(
  deps: ExportsDeps,
): Handlers<'exchange.formats' | 'exports.preview' | 'exports.write'> {
  return {
    'exchange.formats': () => ({ formats: Object.values(annotationCodecs).map(formatOf) }),

    'exports.preview': async (input, context) => {
      const { text, byShape } = begin(deps, input, context);
      for (;;) {
        const next = await text.next();
        if (!next.done) continue;
        const { items, objects, loss } = next.value;
        return { items, objects, byShape: byShape(), loss };
      }
    },

    'exports.write': async (input, context) => {
      const { projectId, format, path, overwrite, which } = input;
      const { layout } = annotationCodecs[format];
      const { text, byShape } = begin(deps, { ...input, choices: input.choices ?? {} }, context);
      const target = await exportTarget(deps.dataDir, path, overwrite, layout);
      const draft = await draftSet(target, text, { layout, overwrite, signal: context.signal });
      const { items, objects, loss } = draft.summary;
      try {
        // The set gets its name last: what left without an entry could not be listed when something is erased.
        deps.db.transaction((tx) => {
          deps.ledger.recordExport(tx, {
            what: which === 'submitted' ? 'submitted annotations' : 'annotations',
            format,
            file_name: basename(target),
            file_hash: draft.hash,
            counts: { items, objects },
            subjects: [projectId],
          });
          draft.publish();
        });
      } catch (error) {
        await draft.discard();
        throw error;
      }
      return { path: target, files: draft.files, items, objects, byShape: byShape(), loss };
    },
  };
}

function formatOf({ format, modality, layout, ending, holds, choices }: AnnotationCodec) {
  return {
    format: format as AnnotationFormat,
    modality,
    layout,
    ending,
    shapes: [...holds.shapes],
    attributes: holds.attributes,
    proposals: holds.proposals,
    choices: choices.map(({ name, answers }) => ({ name, answers: [...answers] })),
  };
}

interface Begun {
  text: AsyncGenerator<FilePiece, WriteSummary>;
  /** How many shapes of each kind there were, once the text is through. */
  byShape(): Record<string, number>;
}

function begin(
  deps: ExportsDeps,
  input: Pick<ParsedInput<'exports.preview'>, 'projectId' | 'format' | 'choices' | 'which'>,
  context: CallContext,
): Begun {
  const { projectId, format, which, choices } = input;
  const codec = annotationCodecs[format];
  const row = findProject(deps.db.read, projectId);
  if (row === undefined) throw new AppError('projects/not-found');
  const { labels, modality } = projectFromRow(deps.db.read, row, deps.today());
  if (modality !== codec.modality) throw new AppError('host/bad-input', { path: 'format', problem: format });
  const ids = taskIds(deps.db.read, projectId, which === 'submitted');
  let counts = new Map<string, number>();
  const source: WriteSource = {
    labels: labels.map(({ key, color, attributes }) => ({
      key,
      color,
      ...(attributes !== undefined && { attributes }),
      extra: findExtra(deps.db.read, projectId, format, `label:${key}`),
    })),
    extra: findExtra(deps.db.read, projectId, format, 'set'),
    items: () => {
      // A format may go through everything twice.
      counts = new Map();
      return counted(readItems(deps, { projectId, format, which, ids, context }), counts);
    },
  };
  return { text: codec.write(source, chosen(codec, choices)), byShape: () => Object.fromEntries(counts) };
}

async function* counted(items: AsyncIterable<ExchangeItem>, counts: Map<string, number>): AsyncGenerator<ExchangeItem> {
  for await (const item of items) {
    for (const { geometry } of item.shapes) counts.set(geometry.type, (counts.get(geometry.type) ?? 0) + 1);
    yield item;
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
      const extra = findExtra(deps.db.read, projectId, format, `item:${id}`);
      const { shapes } = docOf(deps, deps.db.read, task, which);
      const { info } = await deps.media.resolve(task.root_path, task.name);
      const sound = exchangeSound(info);
      yield { name: task.name, size: sizeOf(info), shapes, extra, ...(sound !== null && { sound }) };
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

function sizeOf({ width, height }: MediaInfo): ExchangeItem['size'] {
  return width === null || height === null ? null : { width, height };
}
