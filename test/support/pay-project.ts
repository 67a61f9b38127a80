import { expect } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import type { EntryBody } from '#shared/domain/entry-kinds.ts';
import type { EntryId, ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { PayTerms } from '#shared/domain/project.ts';
import { someId } from './entry-drafts.ts';
import { sealedBody } from './sealed-body.ts';
import type { TestBackend } from './test-backend.ts';

/** Yuan in fen. */
export const yuan = (amount: number) => ({ minor: Math.round(amount * 100), currency: 'CNY' });
export const dollars = (amount: number) => ({ minor: Math.round(amount * 100), currency: 'USD' });

/** A project of work done in another tool, paid so much a piece since January. */
export async function payProject(test: TestBackend, name: string, terms: Partial<PayTerms> = {}): Promise<ProjectId> {
  const { projectId } = await test.call('projects.create', {
    name,
    client: null,
    intermediary: null,
    modality: 'elsewhere',
    labels: [],
  });
  await setTerms(test, projectId, terms);
  return projectId;
}

export const setTerms = (test: TestBackend, projectId: ProjectId, terms: Partial<PayTerms>) =>
  test.call('projects.setTerms', {
    projectId,
    terms: { effectiveFrom: '2026-01-01', rate: { per: 'piece', amount: yuan(60) }, note: null, ...terms },
  });

/** Logs work done elsewhere; at nine in the morning of a day in Shanghai unless an instant is given. */
export async function work(
  test: TestBackend,
  projectId: ProjectId | null,
  given: Partial<Input<'elsewhere.log'>> & { day?: string } = {},
): Promise<TaskId> {
  const { day = '2026-11-10', ...rest } = given;
  const { taskId } = await test.call('elsewhere.log', {
    projectId,
    name: 'batch',
    count: 1,
    timeMs: null,
    attachments: [],
    note: null,
    doneAt: `${day}T01:00:00.000Z`,
    ...rest,
  });
  return taskId;
}

/** Writes down a recall; at the clock's time unless an instant is given. */
export function recall(
  test: TestBackend,
  projectId: ProjectId,
  given: Partial<EntryBody<'recall.received'>> & { at?: string },
): string {
  const { at, ...body } = given;
  const id = someId();
  test.backend.db.transaction((tx) =>
    test.backend.ledger.append(tx, [
      {
        kind: 'recall.received',
        body: {
          project: projectId,
          level: 'task',
          segment: null,
          works: [],
          pieces: 0,
          stage: null,
          reason: '',
          rule_cited: null,
          stated_loss: null,
          attachments: [],
          ...body,
        },
        occurredStart: at ?? test.clock.instant,
        occurredEnd: null,
        source: 'stated',
        subjects: [id, projectId],
      },
    ]),
  );
  return id;
}

/** Seals a task, in place of an earlier submission where one is named; answers what a later one names. */
export function sealPiece(
  test: TestBackend,
  projectId: ProjectId,
  task: string,
  at: number,
  kind: string | null,
  before?: { id: string; entry: EntryId },
) {
  const id = someId();
  const { ledger, db } = test.backend;
  const occurredStart = new Date(at).toISOString();
  const body = sealedBody({
    ...{ project: projectId as ProjectId, task: task as TaskId, media_name: `${task}.jpg`, task_kind: kind },
  });
  const sealed = { occurredStart, occurredEnd: null, source: 'measured' as const };
  const [entry] = db.transaction((tx) =>
    ledger.append(tx, [
      { kind: 'submission.sealed', body, ...sealed, subjects: [id, task, projectId] },
      ...(before === undefined
        ? []
        : [
            {
              kind: 'entry.superseded',
              body: { correction_reason: 'again', superseded_by: id },
              ...sealed,
              subjects: [before.id, task, projectId],
              amends: before.entry,
            },
          ]),
    ] as never),
  );
  return { id, entry: entry!.id as EntryId };
}

/** Holds every projection against one rebuilt from the entries alone. */
export async function rebuiltTheSame(test: TestBackend): Promise<void> {
  const { tables } = await test.call('ledger.rebuild', {});
  expect(tables.filter(({ differed }) => differed > 0)).toEqual([]);
}
