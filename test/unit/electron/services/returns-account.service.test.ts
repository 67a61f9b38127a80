import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Shape } from '#shared/domain/annotation.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { GuidelineId, ProjectId, ReturnId, SubmissionId, TaskId } from '#shared/domain/ids.ts';
import { box, drawn, photoProject, type PhotoProject } from '#test/support/photo-project.ts';

const minute = 60_000;

let photos: PhotoProject;
let projectId: ProjectId;
let taskId: TaskId;

beforeEach(async () => {
  photos = await photoProject(['a.png', 'b.png']);
  projectId = photos.projectId;
  taskId = (await photos.importAll())[0]!.id;
});
afterEach(() => photos.close());

const call: PhotoProject['core']['call'] = (name, input) => photos.core.call(name, input);

async function work(minutes: number, activity: 'annotating' | 'revising'): Promise<void> {
  await call('time.touch', { taskId, projectId, activity });
  for (let i = 0; i < minutes * 3; i += 1) {
    photos.core.clock.advance(minute / 3);
    await call('time.touch', { taskId, projectId, activity });
  }
}

async function submit(records: Input<'drafts.append'>['records'], after: number): Promise<SubmissionId> {
  const { length } = await call('drafts.append', { taskId, after, records });
  return (await call('tasks.submit', { taskId, journalLength: length })).submissionId;
}

const guideline = async (version: string, effectiveFrom: string): Promise<GuidelineId> =>
  (
    await call('guidelines.add', {
      projectId,
      version,
      text: `text of ${version}`,
      effectiveFrom,
      receivedAt: photos.core.clock.instant,
      channel: null,
      announcedBy: null,
      rules: {},
    })
  ).guidelineId;

async function sendBack(id: SubmissionId, over: Partial<Input<'returns.open'>> = {}): Promise<ReturnId> {
  const { returnId } = await call('returns.open', {
    subject: { type: 'submission', id },
    stage: 'reviewer',
    round: 1,
    reason: 'does not fit',
    ruleCited: null,
    guidelineId: null,
    itemised: null,
    check: null,
    reviewer: null,
    deadline: null,
    deduction: null,
    view: null,
    attachments: [],
    receivedAt: photos.core.clock.instant,
    ...over,
  });
  return returnId;
}

const moved = (before: Shape, by: number): Input<'drafts.append'>['records'] => {
  if (before.geometry.type !== 'box') throw new Error('a box');
  const after = { ...before, geometry: { ...before.geometry, x: before.geometry.x + by } };
  const edits = [{ before, after, indexBefore: 0, indexAfter: 0 }];
  return [{ type: 'do', at: 0, change: { label: 'move', edits } }];
};

describe('what the program knows of a return', () => {
  it('is the guideline in force, the rounds, the time of each, and what the revision changed', async () => {
    const [one, other] = [box(5), box(30)];
    const old = await guideline('1.0', '2026-11-01');
    await work(3, 'annotating');
    const first = await submit([drawn([one, other])], 0);
    photos.core.clock.advance(minute);
    const young = await guideline('2.0', '2026-11-22');
    const returnId = await sendBack(first, { guidelineId: young, objects: [one.id] });
    expect(await call('returns.account', { returnId })).toMatchObject({
      taskId,
      projectId,
      workName: 'a.png',
      guideline: { id: old, version: '1.0' },
      ruleYoungerThanWork: true,
      workMs: 3 * minute,
      revisingMs: 0,
      change: null,
    });
    await work(2, 'revising');
    const second = await submit(moved(one, 2.5), 1);
    const account = await call('returns.account', { returnId });
    expect(account).toMatchObject({
      workMs: 3 * minute,
      revisingMs: 2 * minute,
      change: {
        submissionId: second,
        unchanged: 1,
        objects: [{ what: 'changed', shapeId: one.id, sides: { left: 2.5, top: 0, right: 2.5, bottom: 0 } }],
      },
    });
    expect(account.rounds.map(({ round, timeMs, returns }) => [round, timeMs, returns])).toEqual([
      [1, 3 * minute, 1],
      [2, 2 * minute, 0],
    ]);
    // The sealing and the one stretch of it.
    expect(account.rounds[1]!.entries).toHaveLength(2);
    expect((await call('returns.get', { returnId })).objects).toEqual([one.id]);
  });

  it('is little of work done elsewhere, but names the guideline that was in force then', async () => {
    const { clock } = photos.core;
    const today = (await call('time.state', {})).day;
    const version = await guideline('v1', today);
    const log = async () => {
      const batch = { projectId, name: 'batch', count: 1, timeMs: minute, attachments: [], note: null };
      return (await call('elsewhere.log', { ...batch, doneAt: clock.instant })).taskId;
    };
    clock.advance(minute);
    const id = await log();
    clock.advance(minute);
    // They say it was in force all day; but nobody had got it yet.
    const later = await guideline('v2', today);
    clock.advance(minute);
    await log();
    const returnId = await sendBack('' as SubmissionId, { subject: { type: 'elsewhere', id } });
    expect(await call('returns.account', { returnId })).toMatchObject({
      workName: 'batch',
      guideline: { id: version, version: 'v1' },
      taskId: null,
      rounds: [],
      workMs: minute,
      revisingMs: null,
      change: null,
    });
    const { counts } = await call('guidelines.counts', { projectId });
    expect(counts).toContainEqual({ guidelineId: version, submissions: 1, returns: 1, cited: 0 });
    expect(counts).toContainEqual({ guidelineId: later, submissions: 1, returns: 0, cited: 0 });
    const entries = async (what: 'submissions' | 'returns') =>
      (await call('guidelines.entries', { guidelineId: version, what })).entries;
    expect(await entries('submissions')).toHaveLength(1);
    const { returns } = await call('returns.list', {});
    expect(await entries('returns')).toEqual([returns[0]!.entryId]);
  });
});

describe('returns in figures', () => {
  it('are filtered, counted and summed, and each figure names its entries', async () => {
    const old = await guideline('1.0', '2026-11-01');
    const first = await submit([drawn([box(1)])], 0);
    photos.core.clock.advance(minute);
    const young = await guideline('2.0', '2026-11-23');
    const deduction = { minor: 250, currency: 'CNY' };
    await sendBack(first, { guidelineId: old, ruleCited: '3.2', deduction });
    photos.core.clock.advance(minute);
    const second = await submit([drawn([box(20)], 1)], 1);
    await sendBack(second, { round: 2, stage: 'machine', guidelineId: young, ruleCited: '3.2', deduction });
    const { taskId: elsewhere } = await call('elsewhere.log', {
      projectId,
      name: 'batch',
      count: 4,
      timeMs: null,
      attachments: [],
      note: null,
      doneAt: photos.core.clock.instant,
    });
    await sendBack(first, { subject: { type: 'elsewhere', id: elsewhere } });

    expect(await call('returns.summary', { projectId })).toEqual({
      total: 3,
      pieces: 5,
      neverReturned: 3,
      byStage: [
        { stage: 'reviewer', returns: 2 },
        { stage: 'machine', returns: 1 },
      ],
      byTimes: [
        { times: 1, works: 1 },
        { times: 2, works: 1 },
      ],
      byRule: [{ rule: '3.2', returns: 2 }],
      younger: { younger: 1, told: 2 },
      deductions: [{ minor: 500, currency: 'CNY' }],
    });
    const list = async (filter: Input<'returns.list'>) => {
      const { total, returns } = await call('returns.list', filter);
      const { offset: _offset, limit: _limit, ...same } = filter;
      const { entries } = await call('returns.entries', same);
      expect(entries).toEqual(returns.map(({ entryId }) => entryId));
      expect(total).toBe(returns.length);
      return returns.map(({ round, stage }) => `${stage} ${round}`);
    };
    expect(await list({ stage: 'machine' })).toEqual(['machine 2']);
    expect(await list({ round: 1 })).toEqual(['reviewer 1', 'reviewer 1']);
    expect(await list({ youngerRule: true })).toEqual(['machine 2']);
    expect(await list({ projectId, ruleCited: '3.2' })).toEqual(['machine 2', 'reviewer 1']);
    expect((await call('guidelines.counts', { projectId })).counts.map((c) => Object.values(c).slice(1))).toEqual([
      // Two sealings and the batch, each of which came back.
      [3, 3, 1],
      [0, 0, 1],
    ]);
    const under = await call('guidelines.entries', { guidelineId: old, what: 'returns' });
    expect(under.entries).toHaveLength(3);
  });
});
