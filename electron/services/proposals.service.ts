import { AppError } from '#shared/contract/errors.ts';
import type { Handlers } from '#electron/core/ports.ts';
import type { Database } from '#electron/db/database.ts';
import type { SealedDoc } from '#electron/repositories/drafts.repository.ts';
import { keepCertainty, listProposals, replaceProposals } from '#electron/repositories/proposals.repository.ts';
import { findTask } from '#electron/repositories/tasks.repository.ts';

export interface ProposalsDeps {
  db: Database;
  sealedDoc: SealedDoc;
}

/** What machines propose for a task. What becomes of it is the draft's to say. */
export function createProposalsService(deps: ProposalsDeps): Handlers<'proposals.list' | 'proposals.set'> {
  const { db, sealedDoc } = deps;
  return {
    'proposals.list': ({ taskId }) => {
      if (findTask(db.read, taskId) === undefined) throw new AppError('tasks/not-found');
      return { proposals: listProposals(db.read, taskId) };
    },

    'proposals.set': ({ taskId, model, proposals }) =>
      db.transaction((tx) => {
        const task = findTask(tx, taskId);
        if (task === undefined) throw new AppError('tasks/not-found');
        const replaced = replaceProposals(tx, task, { model, proposals }, sealedDoc);
        keepCertainty(tx, task, sealedDoc);
        return replaced;
      }),
  };
}
