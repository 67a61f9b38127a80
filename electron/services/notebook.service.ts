import type { Output, ParsedInput } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { BlobRef } from '#shared/domain/blob.ts';
import type { EntityId, EntryId, ProjectId, ReturnId } from '#shared/domain/ids.ts';
import { searchWords } from '#shared/rules/notebook.rules.ts';
import { keptAttachments } from '#electron/core/kept-attachments.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb, WriteDb } from '#electron/db/database.ts';
import type { SealedDoc } from '#electron/repositories/drafts.repository.ts';
import {
  countNotedErrors,
  countTags,
  listNotedErrors,
  type NotedErrorWithNames,
} from '#electron/repositories/notebook.repository.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';
import { findReturned, returnedFromRow } from '#electron/repositories/returns.repository.ts';
import { findWork, subjectFromColumns } from '#electron/repositories/works.repository.ts';

export interface NotebookDeps {
  db: Database;
  ledger: Ledger;
  ids: Ids;
  clock: Clock;
  sealedDoc: SealedDoc;
}

type NotedError = ParsedInput<'notebook.add'>;

/** The error notebook: what was judged wrong, what "they" wanted, what its owner thinks. */
export function createNotebookService(
  deps: NotebookDeps,
): Handlers<'notebook.add' | 'notebook.addFromReturn' | 'notebook.list' | 'notebook.tags'> {
  const { db } = deps;

  return {
    'notebook.add': (input) =>
      db.transaction((tx) => {
        refuseUnknown(tx, input);
        return note(tx, deps, { ...input, attachments: keptAttachments(tx, input.attachments) });
      }),

    'notebook.addFromReturn': ({ returnId }) =>
      db.transaction((tx) => {
        if (countNotedErrors(tx, { words: [], returnId }) > 0) throw new AppError('notebook/already-noted');
        return note(tx, deps, fromReturn(tx, deps, returnId));
      }),

    'notebook.list': ({ search, offset, limit, ...tags }) => {
      const filter = { ...tags, words: searchWords(search ?? '') };
      return {
        total: countNotedErrors(db.read, filter),
        errors: listNotedErrors(db.read, filter, offset ?? 0, limit ?? 100).map(errorFromRow),
      };
    },

    'notebook.tags': ({ projectId }) => ({
      rules: countTags(db.read, 'rule', projectId),
      labels: countTags(db.read, 'label', projectId),
    }),
  };
}

function refuseUnknown(db: ReadDb, input: NotedError): void {
  if (input.projectId !== null && !projectExists(db, input.projectId)) throw new AppError('projects/not-found');
  if (input.work !== null && findWork(db, input.work) === undefined) throw new AppError('returns/subject-not-found');
  if (input.returnId !== null && findReturned(db, input.returnId) === undefined) {
    throw new AppError('returns/not-found');
  }
}

function note(tx: WriteDb, { ids, ledger }: NotebookDeps, input: NotedError) {
  const errorId = ids.uuid() as EntityId;
  const also = [input.projectId, input.work?.id ?? null, input.returnId].filter((id) => id !== null);
  const [entry] = ledger.append(tx, [
    {
      kind: 'error.noted',
      body: {
        project: input.projectId,
        work: input.work,
        returned: input.returnId,
        judged_wrong: input.judgedWrong,
        they_wanted: input.theyWanted,
        my_view: input.myView,
        rules: input.rules,
        labels: input.labels,
        attachments: input.attachments,
      },
      occurredStart: input.notedAt,
      occurredEnd: null,
      source: 'stated',
      subjects: [errorId, ...also],
    },
  ]);
  return { errorId, entryId: entry!.id };
}

/** What a return says, as a page of the notebook: its classes are those of the objects it names. */
function fromReturn(db: ReadDb, { clock, sealedDoc }: NotebookDeps, returnId: ReturnId): NotedError {
  const row = findReturned(db, returnId);
  if (row === undefined) throw new AppError('returns/not-found');
  const returned = returnedFromRow(row, row.work_type);
  const named = new Set<string>(returned.objects);
  const doc = named.size > 0 && returned.subject.type === 'submission' ? sealedDoc(db, returned.subject.id) : null;
  const labels = (doc?.shapes ?? []).flatMap(({ id, label }) => (named.has(id) && label !== null ? [label] : []));
  return {
    projectId: row.project_id as ProjectId | null,
    work: returned.subject,
    returnId,
    judgedWrong: returned.reason,
    theyWanted: null,
    myView: null,
    rules: returned.ruleCited === null ? [] : [returned.ruleCited],
    labels: [...new Set(labels)].slice(0, 50),
    attachments: returned.attachments,
    notedAt: new Date(clock.now()).toISOString(),
  };
}

function errorFromRow(row: NotedErrorWithNames): Output<'notebook.list'>['errors'][number] {
  return {
    id: row.id as EntityId,
    entryId: row.entry_id as EntryId,
    projectId: row.project_id as ProjectId | null,
    projectName: row.project_name,
    work: subjectFromColumns(row.work_type, row.work_id),
    workName: row.work_name,
    returnId: row.return_id as ReturnId | null,
    judgedWrong: row.judged_wrong ?? '',
    theyWanted: row.they_wanted,
    myView: row.my_view,
    rules: JSON.parse(row.rules) as string[],
    labels: JSON.parse(row.labels) as string[],
    attachments: JSON.parse(row.attachments) as BlobRef[],
    notedAt: row.noted_at,
  };
}
