import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import type { EntryId, GuidelineId, ProjectId, SubmissionId, TaskId } from '#shared/domain/ids.ts';
import { createIds } from '#electron/core/ids.ts';
import { onePixelPng } from '#test/support/one-pixel-png.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const minute = 60_000;

let test: TestBackend;
let folder: ReturnType<typeof tempDir>;
let projectId: ProjectId;
let taskId: TaskId;

beforeEach(async () => {
  // The 22nd of November, nine in the morning in Shanghai.
  test = await openTestBackend();
  folder = tempDir();
  writeFileSync(join(folder.path, 'a.png'), onePixelPng);
  ({ projectId } = await test.call('projects.create', {
    name: 'street',
    client: null,
    intermediary: null,
    modality: 'image',
    labels: [{ key: 'car', color: '#ff0000' }],
  }));
  await test.call('tasks.importFolder', { projectId, path: folder.path });
  taskId = (await test.call('tasks.list', { projectId })).tasks[0]!.id;
});
afterEach(async () => {
  await test.close();
  folder.remove();
});

/** Draws a box and submits after a minute's work; `after` counts what the journal holds already. */
async function submit(after = 0): Promise<SubmissionId> {
  const shape = {
    id: createIds(test.clock).uuid() as never,
    label: 'car',
    geometry: { type: 'box' as const, x: 0, y: 0, w: 1, h: 1 },
    attributes: {},
    origin: 'hand' as const,
  };
  const edits = [{ before: null, after: shape, indexBefore: null, indexAfter: 0 }];
  await test.call('time.touch', { taskId, projectId, activity: 'annotating' });
  for (let i = 0; i < 3; i += 1) {
    test.clock.advance(20_000);
    await test.call('time.touch', { taskId, projectId, activity: 'annotating' });
  }
  const records = [{ type: 'do' as const, at: test.clock.now(), change: { label: 'draw' as const, edits } }];
  const { length } = await test.call('drafts.append', { taskId, after, records });
  return (await test.call('tasks.submit', { taskId, journalLength: length })).submissionId;
}

const state = async () => (await test.call('tasks.get', { taskId })).task.state;

type Opened = Input<'returns.open'>;
const returned = (over: Partial<Opened> & Pick<Opened, 'subject'>): Opened => ({
  stage: 'inspector',
  round: 1,
  reason: 'does not fit',
  ruleCited: null,
  guidelineId: null,
  itemised: false,
  check: 'sample',
  reviewer: 'R2',
  deadline: null,
  deduction: { minor: 1200, currency: 'CNY' },
  view: 'disagree',
  attachments: [],
  receivedAt: test.clock.instant,
  ...over,
});

const guideline = async (effectiveFrom: string, receivedAt: string): Promise<GuidelineId> =>
  (
    await test.call('guidelines.add', {
      projectId,
      version: effectiveFrom,
      text: '',
      effectiveFrom,
      receivedAt,
      channel: null,
      announcedBy: null,
      rules: {},
    })
  ).guidelineId;

describe('returns', () => {
  it('of a submission put its task back, until they are voided', async () => {
    const submissionId = await submit();
    expect(await state()).toBe('submitted');
    const input = returned({ subject: { type: 'submission', id: submissionId } });
    const { returnId, entryId } = await test.call('returns.open', input);
    expect(await state()).toBe('returned');
    expect(await test.call('returns.get', { returnId })).toEqual({ ...input, objects: [], pieces: null, id: returnId });
    const listed = await test.call('returns.list', { projectId });
    expect(listed).toMatchObject({
      total: 1,
      returns: [{ workName: 'a.png', projectName: 'street', ruleYoungerThanWork: null }],
    });
    test.backend.db.transaction((tx) =>
      test.backend.ledger.correct(tx, [{ type: 'void', entryId: entryId as EntryId }], 'mine was meant for another'),
    );
    expect(await state()).toBe('submitted');
    expect((await test.call('returns.list', {})).total).toBe(0);
  });

  it('of work done elsewhere stand beside it', async () => {
    const work = { projectId: null, name: 'batch 7', count: 3, timeMs: null, attachments: [], note: null };
    const { taskId: id } = await test.call('elsewhere.log', { ...work, doneAt: test.clock.instant });
    await test.call('returns.open', returned({ subject: { type: 'elsewhere', id } }));
    const { returns } = await test.call('returns.list', {});
    expect(returns).toMatchObject([
      { workName: 'batch 7', workDoneAt: test.clock.instant, projectName: null, subject: { type: 'elsewhere', id } },
    ]);
  });

  it('may be of any work, however old: found by words of its name, kept when it is chosen', async () => {
    const work = { projectId: null, count: 3, timeMs: null, attachments: [], note: null };
    const log = async (name: string) =>
      (await test.call('elsewhere.log', { ...work, name, doneAt: test.clock.instant })).taskId;
    const old = await log('夜间路口 100%_A 批次');
    await test.call('returns.open', returned({ subject: { type: 'elsewhere', id: old }, round: 4 }));
    test.clock.advance(minute);
    const submissionId = await submit();
    test.clock.advance(minute);
    for (let n = 0; n < 3; n += 1) await log(`batch ${n}`);
    const names = async (input: Input<'returns.works'>) =>
      (await test.call('returns.works', input)).works.map(({ name }) => name);
    expect((await names({ limit: 2 })).every((name) => name?.startsWith('batch'))).toBe(true);
    expect(await names({ search: '批次 路口', limit: 2 })).toEqual(['夜间路口 100%_A 批次']);
    expect(await names({ search: '0%_a' })).toEqual(['夜间路口 100%_A 批次']);
    expect(await names({ search: '1_0' })).toEqual([]);
    expect(await names({ projectId })).toEqual(['a.png']);
    const { works } = await test.call('returns.works', { search: 'a.png', ids: [old, submissionId] });
    expect(works).toMatchObject([
      { subject: { type: 'submission', id: submissionId }, projectId, pieces: 1, round: 1 },
      { subject: { type: 'elsewhere', id: old }, projectId: null, pieces: 3, round: 5 },
    ]);
  });

  it('tell whether the rule cited is younger than the work', async () => {
    // Before the work, and received before it.
    const old = await guideline('2026-11-22', test.clock.instant);
    const tomorrows = await guideline('2026-11-23', test.clock.instant);
    const id = await submit();
    test.clock.advance(2 * minute);
    // In force since October, they say; but nobody had got it when the work was sealed.
    const backdated = await guideline('2026-10-01', test.clock.instant);
    for (const guidelineId of [old, tomorrows, backdated, null]) {
      test.clock.advance(1000);
      await test.call(
        'returns.open',
        returned({ subject: { type: 'submission', id }, guidelineId, receivedAt: test.clock.instant }),
      );
    }
    const { returns } = await test.call('returns.list', { projectId });
    expect(returns.map((item) => [item.guidelineId, item.ruleYoungerThanWork])).toEqual([
      [null, null],
      [backdated, true],
      [tomorrows, true],
      [old, false],
    ]);
    expect((await test.call('returns.list', { offset: 1, limit: 2 })).returns).toHaveLength(2);
  });

  it('refuse what is not there or not yet', async () => {
    const id = await submit();
    const subject = { type: 'submission' as const, id };
    const codeOf = (over: Partial<Opened>) =>
      test.call('returns.open', returned({ subject, ...over })).then(
        () => 'ok',
        (error: { code: string }) => error.code,
      );
    const unknown = createIds(test.clock).uuid();
    expect(await codeOf({ subject: { type: 'elsewhere', id: id } })).toBe('returns/subject-not-found');
    expect(await codeOf({ subject: { type: 'submission', id: unknown } })).toBe('returns/subject-not-found');
    expect(await codeOf({ guidelineId: unknown })).toBe('guidelines/not-found');
    const blob = { blob: 'a'.repeat(64), bytes: 1, mediaType: 'image/png', name: null };
    expect(await codeOf({ attachments: [blob] })).toBe('attachments/not-found');
    expect(await codeOf({ receivedAt: '2027-01-01T00:00:00.000Z' })).toBe('ledger/in-the-future');
    expect(await state()).toBe('submitted');
  });

  it('keep their place when what they say is erased', async () => {
    const id = await submit();
    const { returnId, entryId } = await test.call('returns.open', returned({ subject: { type: 'submission', id } }));
    const fields = ['reason', 'reviewer', 'subject', 'deduction'];
    await test.call('ledger.erase', { id: entryId, fields, reason: 'asked to', rewriteBackups: false });
    expect(await test.call('returns.get', { returnId })).toMatchObject({
      subject: { type: 'submission', id },
      reason: '',
      reviewer: null,
      deduction: null,
      stage: 'inspector',
    });
    expect(await state()).toBe('returned');
  });
});

describe('a submission', () => {
  it('says how long its task took, the stretch under way included', async () => {
    const submissionId = await submit();
    const { timeSpentMs } = await test.call('submissions.get', { submissionId });
    expect(timeSpentMs).toBe(minute);
    const { spans, pieces } = await test.call('time.day', { day: null });
    expect(spans).toMatchObject([{ what: 'annotating', taskId, running: false }]);
    expect(pieces).toBe(1);
  });

  it('of work that came back is no second piece', async () => {
    const id = await submit();
    await test.call('returns.open', returned({ subject: { type: 'submission', id } }));
    test.clock.advance(24 * 60 * minute);
    await submit(1);
    expect(await state()).toBe('submitted');
    const pieces = async (day: string) => (await test.call('time.day', { day })).pieces;
    expect([await pieces('2026-11-22'), await pieces('2026-11-23')]).toEqual([1, 0]);
  });
});
