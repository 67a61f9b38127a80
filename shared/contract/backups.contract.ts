import { z } from 'zod';
import { instant } from '../domain/time.ts';
import { command, nothing, query } from './define.ts';

export const backup = z.strictObject({
  /** File name in the data folder's `backups/`. */
  name: z.string(),
  madeAt: instant,
  bytes: z.int().nonnegative(),
  /** Entries in it. */
  size: z.int().nonnegative(),
  why: z.enum(['manual', 'daily', 'before-restore', 'before-migration']),
});

export const backupsContract = {
  'backups.list': query({
    summary: 'Backups in the data folder, newest first.',
    input: nothing,
    output: z.strictObject({ backups: z.array(backup) }),
  }),
  'backups.create': command({
    summary:
      'Makes a backup now (VACUUM INTO), opens and checks it, then names it and rotates old ones; can be cancelled.',
    input: z.strictObject({ jobId: z.uuidv7().optional() }),
    output: backup,
    errors: ['backups/no-space', 'jobs/cancelled'],
    changes: ['backups'],
  }),
  'backups.restore': command({
    summary:
      'Puts a backup in place of the ledger after keeping the present one as a backup; the restore is recorded. Can be cancelled until the present one is kept.',
    input: z.strictObject({ name: z.string().max(255), jobId: z.uuidv7().optional() }),
    output: z.strictObject({ restored: backup, kept: backup }),
    errors: ['backups/not-found', 'backups/unusable', 'backups/no-space', 'host/busy', 'jobs/cancelled'],
    changes: [
      'backups',
      'ledger',
      'time',
      'projects',
      'guidelines',
      'segments',
      'submissions',
      'returns',
      'tasks',
      'judgements',
      'settings',
      'drafts',
    ],
  }),
};
