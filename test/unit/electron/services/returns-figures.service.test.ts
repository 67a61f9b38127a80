import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Shape } from '#shared/domain/annotation.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { EntryId, ProjectId, SubmissionId, TaskId } from '#shared/domain/ids.ts';
import type { EntryDraft } from '#electron/core/ledger/ledger-types.ts';
import { someId } from '#test/support/entry-drafts.ts';
import { rebuiltTheSame } from '#test/support/pay-project.ts';
import { box, drawAndSubmit, drawn, photoProject, type PhotoProject } from '#test/support/photo-project.ts';
import { sealedBody } from '#test/support/sealed-body.ts';

const minute = 60_000;

let photos: PhotoProject;
let projectId: ProjectId;
let tasks: TaskId[];

beforeEach(async () => {
  photos = await photoProject(['a.png', 'b.png', 'c.png']);
  projectId = photos.projectId;
  tasks = (await photos.importAll()).map(({ id }) => id);
});
afterEach(() => photos.close());

const call: PhotoProject['core']['call'] = (name, input) => photos.core.call(name, input);

const sendBack = (id: SubmissionId, over: Partial<Input<'returns.open'>> = {}) =>
  call('returns.open', {
    ...{ subject: { type: 'submission', id }, stage: 'reviewer', round: 1, reason: 'loose', ruleCited: null },
    ...{ guidelineId: null, itemised: null, check: null, reviewer: null, deadline: null, deduction: null, view: null },
    ...{ attachments: [], receivedAt: photos.core.clock.instant },
    ...over,
  });

/** Time at work on a task, as it is measured by touches. */
async function work(taskId: TaskId, minutes: number, activity: 'annotating' | 'revising'): Promise<void> {
  await call('time.touch', { taskId, projectId, activity });
  for (let third = 0; third < minutes * 3; third += 1) {
    photos.core.clock.advance(minute / 3);
    await call('time.touch', { taskId, projectId, activity });
  }
  await call('time.leave', {});
}

async function revise(taskId: TaskId, shapes: readonly Shape[], after: number): Promise<SubmissionId> {
  const { length } = await call('drafts.append', { taskId, after, records: [drawn(shapes, 1)] });
  return (await call('tasks.submit', { taskId, journalLength: length })).submissionId;
}

interface Proposed {
  task: TaskId;
  round: number;
  accepted: number;
  corrected: number;
}

/** A sealed submission that tells of proposals: each correction kept half of the object and moved it by four pixels. */
function machineSubmission({ task, round, accepted, corrected }: Proposed): EntryDraft<'submission.sealed'> {
  const corrections = Array.from({ length: corrected }, (_, nth) => ({
    ...{ object: someId() as Shape['id'], iou: 0.5, largest_px: 4, largest_frames: null, label_changed: nth === 0 },
  }));
  const counts = { proposed: accepted + corrected, accepted, corrected, rejected: 0, undecided: 0, by_hand: 0 };
  return {
    kind: 'submission.sealed',
    body: sealedBody({
      ...{ project: projectId, task, round, media_name: 'a.png' },
      machine: { models: [], ...counts, transcripts: null, corrections },
    }),
    occurredStart: photos.core.clock.instant,
    occurredEnd: null,
    source: 'measured',
    subjects: [someId(), task, projectId],
  };
}

describe('returns by class', () => {
  it('take the class from the objects a return names in the sealed annotation', async () => {
    const [car, bus, plain] = [box(2), box(20, 'bus'), box(40, null)];
    const first = await drawAndSubmit(photos.core, tasks[0]!, [car, bus]);
    const second = await drawAndSubmit(photos.core, tasks[1]!, [plain]);
    await sendBack(first.submissionId, { objects: [car.id, bus.id] });
    const one = await sendBack(first.submissionId, { objects: [car.id], round: 2 });
    await sendBack(second.submissionId, { objects: [plain.id] });
    await sendBack(second.submissionId, { objects: [] });
    expect(await call('returns.classes', { projectId })).toEqual({
      naming: 3,
      total: 4,
      classes: [
        { label: 'car', returns: 2, objects: 2 },
        { label: 'bus', returns: 1, objects: 1 },
        { label: null, returns: 1, objects: 1 },
      ],
    });
    const { total, entries } = await call('returns.figureEntries', { of: 'class', label: 'car' });
    expect(total).toBe(2);
    expect(entries).toContain(one.entryId);

    await call('ledger.correct', {
      corrections: [{ type: 'void', entryId: one.entryId as EntryId }],
      reason: 'of another photo',
    });
    const { classes } = await call('returns.classes', {});
    expect(classes.map(({ label, returns }) => [label, returns])).toEqual([
      ['bus', 1],
      ['car', 1],
      [null, 1],
    ]);
  });

  it('reads annotations that lie beside the ledger because they are large', async () => {
    const many = Array.from({ length: 400 }, (_, nth) => box(nth, nth === 399 ? 'bus' : 'car'));
    const sealed = await drawAndSubmit(photos.core, tasks[0]!, many);
    await sendBack(sealed.submissionId, { objects: [many[399]!.id] });
    expect((await call('returns.classes', {})).classes).toEqual([{ label: 'bus', returns: 1, objects: 1 }]);
    await rebuiltTheSame(photos.core);
  });

  it('are no longer known once the annotation is erased, and nothing is returned of what was voided', async () => {
    const [car, bus] = [box(2), box(20, 'bus')];
    const first = await drawAndSubmit(photos.core, tasks[0]!, [car]);
    const second = await drawAndSubmit(photos.core, tasks[1]!, [bus]);
    await sendBack(first.submissionId, { objects: [car.id] });
    await sendBack(second.submissionId, { objects: [bus.id] });
    const labels = async () => (await call('returns.classes', {})).classes.map(({ label }) => label);
    expect(await labels()).toEqual(['bus', 'car']);
    await rebuiltTheSame(photos.core);
    await call('ledger.erase', {
      ...{ id: first.entryId, fields: ['annotation'], reason: 'asked to', rewriteBackups: false },
    });
    expect(await labels()).toEqual(['bus']);
    await call('ledger.correct', { corrections: [{ type: 'void', entryId: second.entryId }], reason: 'of another' });
    expect(await labels()).toEqual([]);
    await rebuiltTheSame(photos.core);
  });
});

describe('works that never came back', () => {
  it('are those of which no sealing was returned, and work done elsewhere', async () => {
    const [a, b] = tasks as [TaskId, TaskId];
    const first = await drawAndSubmit(photos.core, a, [box(2)]);
    const other = await drawAndSubmit(photos.core, b, [box(3)]);
    const batch = { projectId, name: 'batch', count: 5, timeMs: null, attachments: [], note: null };
    await call('elsewhere.log', { ...batch, doneAt: photos.core.clock.instant });
    const never = async () => (await call('returns.figureEntries', { of: 'never', projectId })).entries;
    expect(await never()).toHaveLength(3);
    await sendBack(first.submissionId);
    const second = await revise(a, [box(20)], 1);
    // Its revision is no work of its own.
    expect(second).not.toBe(first.submissionId);
    const left = await never();
    expect(left).toHaveLength(2);
    const { entries } = await call('ledger.list', { filter: { entries: left }, offset: 0, limit: 10 });
    expect(entries.map(({ kind }) => kind).sort()).toEqual(['submission.sealed', 'work.elsewhere']);
    expect(other.entryId).toSatisfy((id) => left.includes(id as EntryId));
  });
});

describe('the cost of further rounds', () => {
  it('is the time on a task after it was first submitted, by round', async () => {
    const [taskId] = tasks as [TaskId];
    await work(taskId, 10, 'annotating');
    const first = await drawAndSubmit(photos.core, taskId, [box(2)]);
    expect((await call('returns.rounds', { projectId })).works).toBe(0);
    await sendBack(first.submissionId);
    await work(taskId, 6, 'revising');
    const second = await revise(taskId, [box(20)], 1);
    await sendBack(second, { round: 2 });
    await work(taskId, 3, 'revising');
    const { works, totalMs, rounds, withoutTaskMs } = await call('returns.rounds', { projectId });
    expect({ works, withoutTaskMs }).toEqual({ works: 1, withoutTaskMs: 0 });
    expect(rounds).toEqual([
      { round: 2, works: 1, ms: 6 * minute, perWorkMs: 6 * minute },
      { round: 3, works: 1, ms: 3 * minute, perWorkMs: 3 * minute },
    ]);
    expect(totalMs).toBe(9 * minute);
    const { entries } = await call('returns.figureEntries', { of: 'round', round: 3 });
    const { entries: found } = await call('ledger.list', { filter: { entries }, offset: 0, limit: 100 });
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['time.spent']));
  });
});

describe('the machine and the worker', () => {
  it('agree so often before, and so often after its answer was seen', async () => {
    const judge = (taskId: TaskId, judgement: string, beforeMachine: boolean, machineAnswer: string | null = null) =>
      call('judgements.seal', { taskId, judgement, beforeMachine, machineAnswer });
    await judge(tasks[0]!, 'a person', true);
    await judge(tasks[0]!, 'a machine', false, 'a machine');
    await judge(tasks[1]!, 'a machine', true, 'a  machine');
    await judge(tasks[2]!, 'a person', true);
    const { agreement, corrections } = await call('machine.summary', { projectId });
    expect(agreement).toEqual({
      before: { of: 1, all: 2 },
      after: { of: 1, all: 1 },
      cameRound: { of: 1, all: 1 },
      final: { of: 0, all: 0 },
    });
    expect(corrections).toMatchObject({ tasks: 0, right: { of: 0, all: 0 } });
    expect((await call('machine.entries', { of: 'judgements' })).total).toBe(4);
    expect((await call('machine.summary', { projectId: tasks[0] as unknown as ProjectId })).agreement.before.all).toBe(
      0,
    );
    await rebuiltTheSame(photos.core);
  });

  it('was right in so many of its proposals, by the last submission of each task', async () => {
    const seal = (task: TaskId, round: number, accepted: number, corrected: number) => {
      const { db, ledger } = photos.core.backend;
      db.transaction((tx) => ledger.append(tx, [machineSubmission({ task, round, accepted, corrected })]));
    };
    seal(tasks[0]!, 1, 10, 30);
    seal(tasks[0]!, 2, 41, 19);
    seal(tasks[1]!, 1, 20, 8);
    const { corrections } = await call('machine.summary', {});
    expect(corrections).toMatchObject({ tasks: 2, right: { of: 61, all: 88 }, labelsChanged: 2 });
    // Each correction kept a half of the object, and moved it by 4 pixels at most.
    expect([corrections.meanIouMillionths, corrections.meanMovedMilliPx]).toEqual([500_000, 4000]);
    expect((await call('machine.entries', { of: 'submissions' })).total).toBe(2);
    await rebuiltTheSame(photos.core);
  });
});
