import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import { createIds } from '#electron/core/ids.ts';
import { box, drawAndSubmit, photoProject, type PhotoProject } from '#test/support/photo-project.ts';
import { samplePng } from '#test/support/sample-png.ts';

let photos: PhotoProject;
let projectId: ProjectId;

beforeEach(async () => {
  photos = await photoProject([]);
  projectId = photos.projectId;
});
afterEach(() => photos.close());

const call: PhotoProject['core']['call'] = (name, input) => photos.core.call(name, input);
const yuan = (amount: number) => ({ minor: amount * 100, currency: 'CNY' });

async function setRate(effectiveFrom: string, amount: number, project = projectId): Promise<void> {
  const terms = { effectiveFrom, rate: { per: 'piece' as const, amount: yuan(amount) }, note: null };
  await call('projects.setTerms', { projectId: project, terms });
}

async function logWork(count = 1, doneAt = photos.core.clock.instant): Promise<TaskId> {
  const work = { projectId, name: `batch of ${count}`, count, timeMs: null, attachments: [], note: null };
  return (await call('elsewhere.log', { ...work, doneAt })).taskId;
}

type Received = Input<'recalls.receive'>;
const recall = (over: Partial<Received>): Received => ({
  projectId,
  level: 'task',
  segmentId: null,
  works: [],
  pieces: 0,
  stage: 'overseer',
  reason: 'quality',
  ruleCited: null,
  statedLoss: null,
  attachments: [],
  receivedAt: photos.core.clock.instant,
  ...over,
});
const codeOf = (input: Received) =>
  call('recalls.receive', input).then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );

describe('a recall', () => {
  it('of six of eight tasks at 60 yuan loses 360 of 480 and leaves 120: 75 %', async () => {
    await setRate('2026-11-01', 60);
    const works: TaskId[] = [];
    for (let i = 0; i < 8; i += 1) works.push(await logWork());
    const subjects = works.slice(0, 6).map((id) => ({ type: 'elsewhere' as const, id }));
    const { recallId } = await call('recalls.receive', recall({ works: subjects, pieces: 6, statedLoss: yuan(300) }));
    const account = await call('recalls.account', { projectId });
    expect(account).toMatchObject({
      pieces: 8,
      recalled: 6,
      promised: { amounts: [yuan(480)], piecesWithoutRate: 0 },
      lost: { amounts: [yuan(360)], piecesWithoutRate: 0 },
      left: [yuan(120)],
      byLevel: [{ level: 'task', recalls: 1, pieces: 6 }],
    });
    expect(account.recalled / account.pieces).toBe(0.75);
    expect(await call('recalls.account', {})).toEqual(account);
    // The recall and the six works it names.
    expect(account.entries).toHaveLength(7);
    const one = await call('recalls.get', { recallId });
    expect(one).toMatchObject({ worksNamed: 6, loss: { amounts: [yuan(360)] }, statedLoss: yuan(300), differs: true });
    expect(one.works.map(({ name }) => name)).toEqual(Array.from({ length: 6 }, () => 'batch of 1'));
  });

  it('of the worker takes all that was done, each piece at the rate of its day', async () => {
    await setRate('2026-11-01', 60);
    await setRate('2026-11-20', 50);
    await logWork(3, '2026-11-10T03:00:00.000Z');
    await logWork(2, '2026-11-21T03:00:00.000Z');
    await call('recalls.receive', recall({ pieces: 1, receivedAt: '2026-11-21T05:00:00.000Z' }));
    // What one recall took, the next cannot take again.
    expect(await call('recalls.estimate', { projectId, level: 'worker', segmentId: null, works: [] })).toMatchObject({
      pieces: 4,
    });
    const { recallId } = await call('recalls.receive', recall({ level: 'worker', pieces: 5 }));
    const { loss } = await call('recalls.get', { recallId });
    expect(loss).toEqual({ amounts: [yuan(3 * 60 + 2 * 50)], piecesWithoutRate: 0 });
  });

  it('counts pieces without known terms, and none of the rates of another project', async () => {
    const other = await call('projects.create', {
      name: 'night',
      client: null,
      intermediary: null,
      modality: 'elsewhere',
      labels: [],
    });
    await setRate('2026-11-01', 9, other.projectId);
    await logWork(4);
    expect(await call('recalls.estimate', { projectId, level: 'worker', segmentId: null, works: [] })).toEqual({
      pieces: 4,
      loss: { amounts: [], piecesWithoutRate: 4 },
    });
    expect((await call('recalls.list', { projectId: other.projectId })).total).toBe(0);
  });

  it('of a segment takes the pieces of that segment', async () => {
    await setRate('2026-11-01', 2);
    const { segmentId } = await call('segments.create', { projectId, name: 'night' });
    for (const name of ['a.png', 'b.png', 'c.png']) photos.write(name);
    const tasks = await photos.importAll();
    for (const [i, task] of tasks.entries()) {
      const { length } = await call('drafts.append', { taskId: task.id, after: 0, records: [] });
      await call('tasks.submit', { taskId: task.id, journalLength: length, segmentId: i < 2 ? segmentId : null });
    }
    photos.core.clock.advance(1000);
    expect(await call('recalls.estimate', { projectId, level: 'segment', segmentId, works: [] })).toEqual({
      pieces: 2,
      loss: { amounts: [yuan(4)], piecesWithoutRate: 0 },
    });
    await call('recalls.receive', recall({ level: 'segment', segmentId, pieces: 2 }));
    const { recalls } = await call('recalls.list', { level: 'segment' });
    expect(recalls).toMatchObject([{ segmentName: 'night', projectName: 'Street', loss: { amounts: [yuan(4)] } }]);
  });

  it('of two projects is accounted for together where no project is asked of', async () => {
    const { projectId: other } = await call('projects.create', {
      ...{ name: 'Voices', client: null, intermediary: null, modality: 'elsewhere', labels: [] },
    });
    await setRate('2026-11-01', 2);
    await setRate('2026-11-01', 3, other);
    await logWork(4);
    const work = { projectId: other, name: 'voices', count: 10, timeMs: null, attachments: [], note: null };
    await call('elsewhere.log', { ...work, doneAt: photos.core.clock.instant });
    await call('recalls.receive', recall({ pieces: 1 }));
    await call('recalls.receive', recall({ projectId: other, pieces: 2 }));
    await call('recalls.receive', recall({ projectId: other, level: 'worker', pieces: 8 }));
    const account = await call('recalls.account', {});
    expect(account).toMatchObject({
      ...{ pieces: 14, recalled: 11, left: [yuan(6)] },
      promised: { amounts: [yuan(38)] },
      lost: { amounts: [yuan(32)] },
    });
    expect(account.byLevel.map(({ level, recalls, pieces }) => [level, recalls, pieces])).toEqual([
      ['task', 2, 3],
      ['worker', 1, 8],
    ]);
    expect(account.entries).toHaveLength(3);
  });

  it('is refused of what is not there', async () => {
    const id = await logWork();
    const works = [{ type: 'elsewhere' as const, id }];
    const unknown = createIds(photos.core.clock).uuid();
    expect(await codeOf(recall({ projectId: unknown as ProjectId, pieces: 1 }))).toBe('projects/not-found');
    expect(await codeOf(recall({ segmentId: unknown as never, level: 'segment' }))).toBe('segments/not-found');
    expect(await codeOf(recall({ works: [{ type: 'submission', id: unknown as never }], pieces: 1 }))).toBe(
      'returns/subject-not-found',
    );
    expect(await codeOf(recall({ works, pieces: 0 }))).toBe('recalls/pieces-too-few');
    expect(await codeOf(recall({ works, pieces: 1, receivedAt: '2027-01-01T00:00:00.000Z' }))).toBe(
      'ledger/in-the-future',
    );
    const blob = { blob: 'a'.repeat(64), bytes: 1, mediaType: 'image/png', name: null };
    expect(await codeOf(recall({ works, pieces: 1, attachments: [blob] }))).toBe('attachments/not-found');
  });

  it('keeps its place when it is erased, and goes when it is voided', async () => {
    await setRate('2026-11-01', 2);
    const { recallId, entryId } = await call('recalls.receive', recall({ pieces: 3, reason: 'secret words' }));
    const fields = ['reason', 'pieces'];
    await call('ledger.erase', { id: entryId, fields, reason: 'asked to', rewriteBackups: false });
    expect(await call('recalls.get', { recallId })).toMatchObject({ reason: '', pieces: 0, level: 'task' });
    await call('ledger.correct', { corrections: [{ type: 'void', entryId }], reason: 'mistake' });
    expect((await call('recalls.list', {})).total).toBe(0);
  });
});

describe('media that came back', () => {
  it('is known by its bytes, under whichever name and project, with both prices', async () => {
    await setRate('2026-11-01', 3);
    photos.write('a.png');
    photos.write('b.png', samplePng(32, 32));
    const [first, second] = await photos.importAll();
    const { submissionId } = await drawAndSubmit(photos.core, first!.id, [box(1)]);
    await drawAndSubmit(photos.core, second!.id, [box(1)]);
    await call('recalls.receive', recall({ works: [{ type: 'submission', id: submissionId }], pieces: 1 }));
    expect((await call('recalls.cameBack', {})).total).toBe(0);

    const other = await photoProjectBeside('again');
    photos.core.clock.advance(60_000);
    const [again] = (await call('tasks.list', { projectId: other })).tasks;
    await drawAndSubmit(photos.core, again!.id, [box(2)]);
    const { total, media } = await call('recalls.cameBack', {});
    expect(total).toBe(1);
    expect(media).toMatchObject([
      {
        earlier: { taskId: first!.id, projectName: 'Street', rate: { amount: yuan(3) }, recalled: true },
        later: { taskId: again!.id, projectName: 'again', rate: { amount: yuan(2) } },
      },
    ]);
  });
});

/** Another project over the same folder, at a lower price. */
async function photoProjectBeside(name: string): Promise<ProjectId> {
  const made = await call('projects.create', {
    name,
    client: null,
    intermediary: null,
    modality: 'image',
    labels: [{ key: 'car', color: '#ff0000' }],
  });
  await setRate('2026-11-01', 2, made.projectId);
  await call('tasks.importFolder', { projectId: made.projectId, path: photos.photos });
  return made.projectId;
}
