import type { OperationName } from '#shared/contract/contract.ts';
import type { Topic } from '#shared/contract/topics.ts';

/**
 * What each query's answer depends on; it is fetched again when one of these changes. `[]`: the answer does not change while
 * the program runs, or is asked for once (a preview, a proof). Every query of the contract stands here; a test sees to it.
 */
export const queryTopics = {
  'operations.list': [],
  'host.capabilities': [],
  'settings.get': ['settings'],
  'ledger.list': ['ledger'],
  'ledger.get': ['ledger'],
  'ledger.prove': [],
  'ledger.proveConsistency': [],
  'ledger.status': ['ledger', 'backups'],
  'ledger.checkpoints': ['ledger'],
  'ledger.erasePreview': [],
  'ledger.verify': [],
  'jobs.list': ['jobs'],
  'backups.list': ['backups'],
  'projects.list': ['projects', 'tasks', 'submissions'],
  'projects.get': ['projects'],
  'segments.list': ['segments'],
  'guidelines.list': ['guidelines'],
  'rulings.list': ['guidelines'],
  'packs.preview': [],
  'files.browse': [],
  'tasks.list': ['tasks'],
  'tasks.neighbour': ['tasks'],
  'tasks.get': ['tasks'],
  'drafts.get': ['drafts'],
  'submissions.list': ['submissions'],
  'submissions.get': ['submissions'],
  'elsewhere.list': ['submissions', 'tasks'],
  'attachments.get': [],
  'imports.preview': [],
  'returns.list': ['returns', 'guidelines', 'submissions'],
  'returns.get': ['returns'],
  'judgements.list': ['judgements'],
  'time.state': ['time', 'tasks'],
  'time.day': ['time', 'submissions', 'projects'],
  'pay.overview': ['pay', 'submissions', 'returns', 'projects', 'time', 'ledger'],
  'pay.entries': ['pay', 'submissions', 'returns', 'projects', 'time', 'ledger'],
  'pay.list': ['pay', 'projects'],
  'pay.reconcile': ['pay', 'submissions', 'returns', 'projects'],
  'claims.list': ['pay', 'projects'],
  'exchangeRates.list': ['pay'],
  'exchangeRates.convert': ['pay'],
  'training.list': ['training', 'projects', 'time'],
  'training.summary': ['training', 'projects', 'pay', 'time'],
} as const satisfies Partial<Record<OperationName, readonly Topic[]>>;

/** Names of operations that only read. */
export type QueryName = keyof typeof queryTopics;
