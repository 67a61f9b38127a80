import { deleteAttachment } from '#electron/repositories/attachments.repository.ts';
import { forgetDraft, type SealedDoc } from '#electron/repositories/drafts.repository.ts';
import { forgetItemExtra, forgetSetExtra } from '#electron/repositories/exchange-extras.repository.ts';
import { forgetProposals } from '#electron/repositories/proposals.repository.ts';
import { forgetTaskName } from '#electron/repositories/tasks.repository.ts';
import { replaceTextLogs } from '#electron/repositories/texts.repository.ts';
import type { EraseHook } from './ledger/erasure.ts';

/** What the features keep beside the ledger, and how each lets go of it when it is erased there. */
export function createEraseHooks(sealedDoc: SealedDoc): readonly EraseHook[] {
  return [
    // The journal of a task says all that a submission of it says.
    (db, { kind, subjects, fields }) => {
      const [, taskId] = subjects;
      if (kind !== 'submission.sealed' || taskId === undefined || !fields.includes('annotation')) return;
      forgetDraft(db, taskId, sealedDoc);
      replaceTextLogs(db, taskId, []);
      forgetProposals(db, taskId);
    },
    // The file that an annotation came from said more of the photo than the program shows: its name, its address, its author.
    (db, { kind, subjects, fields }) => {
      const [, taskId, projectId] = subjects;
      if (kind !== 'submission.sealed' || taskId === undefined || projectId === undefined) return;
      if (fields.includes('annotation') || fields.includes('media_name')) forgetItemExtra(db, projectId, taskId);
    },
    // And it said more of the project.
    (db, { kind, subjects }) => {
      if (subjects[0] !== undefined && kind.startsWith('project.')) forgetSetExtra(db, subjects[0]);
    },
    // The queue knows the photo by the name that the submission has.
    (db, { kind, subjects, fields }) => {
      const [, taskId] = subjects;
      if (kind !== 'submission.sealed' || taskId === undefined || !fields.includes('media_name')) return;
      forgetTaskName(db, taskId);
    },
    (db, { blobs }) => {
      for (const blob of blobs) deleteAttachment(db, blob);
    },
  ];
}
