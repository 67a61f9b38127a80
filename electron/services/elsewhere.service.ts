import { AppError } from '#shared/contract/errors.ts';
import type { BlobRef } from '#shared/domain/blob.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { findAttachment } from '#electron/repositories/attachments.repository.ts';
import { countElsewhere, elsewhereFromRow, listElsewhere } from '#electron/repositories/elsewhere.repository.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';

export interface ElsewhereDeps {
  db: Database;
  ledger: Ledger;
  ids: Ids;
}

/** Work done in another tool: logged as its owner states it, to be returned and appealed like any other. */
export function createElsewhereService(deps: ElsewhereDeps): Handlers<'elsewhere.log' | 'elsewhere.list'> {
  const { db } = deps;
  return {
    'elsewhere.log': (input) =>
      db.transaction((tx) => {
        if (input.projectId !== null && !projectExists(tx, input.projectId)) throw new AppError('projects/not-found');
        const attachments = input.attachments.map((given) => keptAs(tx, given));
        const taskId = deps.ids.uuid() as TaskId;
        const [entry] = deps.ledger.append(tx, [
          {
            kind: 'work.elsewhere',
            body: {
              project: input.projectId,
              name: input.name,
              count: input.count,
              task_kind: input.taskKind,
              time_spent_ms: input.timeMs,
              attachments,
              note: input.note,
            },
            // When it was done is one moment: how long it took is stated, but not when it was begun.
            occurredStart: input.doneAt,
            occurredEnd: null,
            source: 'stated',
            subjects: input.projectId === null ? [taskId] : [taskId, input.projectId],
          },
        ]);
        return { taskId, entryId: entry!.id };
      }),

    'elsewhere.list': ({ projectId, offset, limit }) => ({
      total: countElsewhere(db.read, projectId),
      tasks: listElsewhere(db.read, projectId, offset ?? 0, limit ?? 100).map(elsewhereFromRow),
    }),
  };
}

/** The reference as the ledger has it: size and type are those that were found, not those that were given. */
function keptAs(db: ReadDb, given: BlobRef): BlobRef {
  const row = findAttachment(db, given.blob);
  if (row === undefined) throw new AppError('attachments/not-found');
  return { ...given, bytes: row.bytes, mediaType: row.media_type };
}
