import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import { someId } from '#test/support/entry-drafts.ts';
import { payProject, rebuiltTheSame, sealPiece, setTerms, yuan } from '#test/support/pay-project.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

let test: TestBackend;
beforeEach(async () => {
  test = await openTestBackend();
});
afterEach(() => test.close());

const day = '2026-11-10';
/** An hour of the day in Shanghai. */
const at = (hour: number) => new Date(Date.parse(`${day}T00:00:00.000+08:00`) + hour * 3_600_000).toISOString();

const spend = (projectId: ProjectId, task: string | null, from: number, hours: number, taskKind?: string) =>
  test.call('time.log', {
    ...(taskKind === undefined ? {} : { taskKind }),
    ...{ lane: 'activity', what: 'annotating', paid: 'by-time', projectId, taskId: task as TaskId | null, tag: null },
    ...{ start: at(from), end: at(from + hours) },
  });

/** What three accounts of the same day say it is promised. */
async function promised() {
  const [today, period, pay] = await Promise.all([
    test.call('time.day', { day }),
    test.call('figures.period', { from: day, to: day }),
    test.call('pay.overview', { from: day, to: day }),
  ]);
  expect(period.promised).toEqual(today.promised);
  expect(pay.total.promised).toEqual(today.promised);
  return { promised: today.promised, kinds: pay.rows[0]!.kinds };
}

describe('time paid by the hour', () => {
  it('is paid by the terms of the kind its task was sealed as, before or after the time was written down', async () => {
    const projectId = await payProject(test, 'street', { rate: { per: 'hour', amount: yuan(20) } });
    await setTerms(test, projectId, { rate: { per: 'hour', amount: yuan(30) }, taskKind: '视频 | long' });
    const [first, second] = [someId(), someId()];
    sealPiece(test, projectId, first, Date.parse(at(9)), '视频 | long');
    await spend(projectId, first, 9, 2);
    await spend(projectId, second, 11, 1);
    await spend(projectId, null, 12, 0.5);
    // A task that is not sealed yet has no kind: the terms for all.
    expect((await promised()).promised).toEqual([yuan(60 + 20 + 10)]);
    const sealed = sealPiece(test, projectId, second, Date.parse(at(12)), '视频 | long');
    const both = await promised();
    expect(both.promised).toEqual([yuan(60 + 30 + 10)]);
    expect(both.kinds).toEqual([
      { taskKind: '视频 | long', pieces: 2, paidMs: 3 * 3_600_000, promised: [yuan(90)] },
      { taskKind: null, pieces: 0, paidMs: 1_800_000, promised: [yuan(10)] },
    ]);
    const asked = { from: day, to: day, figure: 'promised' as const };
    expect((await test.call('pay.entries', { ...asked, taskKind: null })).total).toBe(2);
    expect((await test.call('pay.entries', { ...asked, taskKind: '视频 | long' })).total).toBe(5);
    await rebuiltTheSame(test);
    // A kind that was wrong is set right by submitting again.
    sealPiece(test, projectId, second, Date.parse(at(13)), null, sealed);
    expect((await promised()).promised).toEqual([yuan(60 + 20 + 10)]);
    await rebuiltTheSame(test);
  });

  it('follows a task whose submission is voided, and forgets the kind of time that is erased', async () => {
    const projectId = await payProject(test, 'street', { rate: { per: 'hour', amount: yuan(20) } });
    await setTerms(test, projectId, { rate: { per: 'hour', amount: yuan(30) }, taskKind: 'video' });
    const task = someId();
    const { entry } = sealPiece(test, projectId, task, Date.parse(at(9)), 'video');
    const { entryId } = await spend(projectId, task, 9, 1);
    await spend(projectId, task, 10, 1);
    expect((await promised()).promised).toEqual([yuan(60)]);
    await test.call('ledger.erase', { id: entryId, fields: ['task'], reason: 'private', rewriteBackups: false });
    expect((await promised()).promised).toEqual([yuan(50)]);
    await test.call('ledger.correct', { corrections: [{ type: 'void', entryId: entry }], reason: 'not mine' });
    expect((await promised()).promised).toEqual([yuan(40)]);
    await rebuiltTheSame(test);
  });

  it('is paid in a client’s own tool by the terms of the kind that was stated, which can be set right and erased', async () => {
    const projectId = await payProject(test, 'street', { rate: { per: 'hour', amount: yuan(20) } });
    await setTerms(test, projectId, { rate: { per: 'hour', amount: yuan(30) }, taskKind: 'video' });
    const { entryId } = await spend(projectId, null, 9, 2, 'video');
    const plain = await spend(projectId, null, 11, 1);
    const { kinds } = await promised();
    expect(kinds).toEqual([
      { taskKind: 'video', pieces: 0, paidMs: 2 * 3_600_000, promised: [yuan(60)] },
      { taskKind: null, pieces: 0, paidMs: 3_600_000, promised: [yuan(20)] },
    ]);
    const { spans } = await test.call('time.day', { day });
    expect(spans.map(({ taskKind }) => taskKind)).toEqual(['video', null]);
    await rebuiltTheSame(test);

    const { effective } = await test.call('ledger.get', { id: plain.entryId });
    const amended = { type: 'amend' as const, entryId: plain.entryId, values: { ...effective, task_kind: 'video' } };
    await test.call('ledger.correct', { corrections: [amended], reason: 'kind forgotten' });
    expect((await promised()).promised).toEqual([yuan(90)]);
    await test.call('ledger.erase', { id: entryId, fields: ['task_kind'], reason: 'private', rewriteBackups: false });
    expect((await promised()).promised).toEqual([yuan(40 + 30)]);
    await rebuiltTheSame(test);
  });

  it('has the kind that a table was said to be of when it is taken in', async () => {
    const projectId = await payProject(test, 'street', { rate: { per: 'hour', amount: yuan(20) } });
    await setTerms(test, projectId, { rate: { per: 'hour', amount: yuan(30) }, taskKind: 'video' });
    const source = { name: 'hours', pasted: `Start,End,Pieces\n${day} 09:00,${day} 11:00,3\n` };
    const reading = { encoding: null, delimiter: null, sheet: null, headerRow: null };
    const { suggested } = await test.call('sheets.preview', { source, reading, mapping: null });
    const date = 'ymd' as const;
    const taken = await test.call('sheets.apply', {
      ...{ source, keepWholeFile: false, leaveOutRefused: false, dryRun: false },
      mapping: {
        ...suggested,
        ...{
          project: projectId,
          taskKind: 'video',
          zone: 'Asia/Shanghai',
          becomes: ['time', 'work'],
          workName: 'batch',
        },
        time: { lane: 'activity', what: 'annotating', paid: 'by-time' },
        fields: {
          start: { column: 'Start', date },
          end: { column: 'End', date },
          count: { column: 'Pieces', number: 'point' },
          day: { column: 'End', date },
        },
      },
    });
    expect(taken).toMatchObject({ refusedRows: 0 });
    expect((await promised()).kinds).toMatchObject([{ taskKind: 'video', pieces: 3, paidMs: 2 * 3_600_000 }]);
    await rebuiltTheSame(test);
  });
});
