/** What a commit can change. Screens subscribe to topics and fetch again; nothing else travels up. */
export const topics = [
  'ledger',
  'projects',
  'guidelines',
  'segments',
  'tasks',
  'drafts',
  'submissions',
  'returns',
  'recalls',
  'standing',
  'accuracy',
  'notebook',
  'notes',
  'judgements',
  'time',
  'pay',
  'training',
  'settings',
  'backups',
  'jobs',
] as const;

export type Topic = (typeof topics)[number];
