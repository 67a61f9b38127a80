import type { EntryDraft } from '#electron/core/ledger/ledger-types.ts';
import type { EntryBody } from '#shared/domain/entry-kinds.ts';
import type { Input } from '#shared/contract/contract.ts';

let made = 0;
/** An id that was not used before in this test file. */
export function someId(): string {
  made += 1;
  return `019a0000-0000-7000-8000-${made.toString(16).padStart(12, '0')}`;
}

/** A `time.spent` draft; what is not given is an hour of measured annotating that nobody pays for. */
export function timeSpent(
  span: { start: string; end: string | null; id?: string; source?: 'measured' | 'stated' | 'imported' },
  body: Partial<EntryBody<'time.spent'>> = {},
): EntryDraft<'time.spent'> {
  return {
    kind: 'time.spent',
    body: {
      lane: 'activity',
      what: 'annotating',
      paid: 'unpaid',
      project: null,
      task: null,
      tag: null,
      ended_by: 'stop',
      ...body,
    },
    occurredStart: span.start,
    occurredEnd: span.end,
    source: span.source ?? 'measured',
    subjects: [span.id ?? someId()],
  };
}

/** A project to be created. */
export const someProject = (name: string): Input<'projects.create'> => ({
  name,
  client: null,
  intermediary: null,
  modality: 'image',
  labels: [],
});
