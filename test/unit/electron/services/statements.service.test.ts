import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import type { EntryId, ProjectId } from '#shared/domain/ids.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { payProject, rebuiltTheSame, recall, work } from '#test/support/pay-project.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const hour = 3_600_000;
let core: TestBackend;
let projectId: ProjectId;

beforeEach(async () => {
  core = await openTestBackend({ clock: new FakeClock('2026-11-23T15:00:00.000Z', 'Asia/Shanghai') });
  projectId = await payProject(core, 'street');
});
afterEach(() => core.close());

const at = (time: string) => new Date(`2026-11-20T${time}:00.000+08:00`).toISOString();
const log = (lane: 'activity' | 'waiting', what: 'annotating' | 'revising' | 'rules', [start, end]: [string, string]) =>
  core.call('time.log', {
    ...{ lane, what, start: at(start), end: at(end), projectId, taskId: null, tag: null },
    paid: what === 'annotating' ? 'by-piece' : 'unpaid',
  } as never);

async function lived(): Promise<void> {
  const bar = (percent: string, effectiveFrom: string) =>
    core.call('projects.setBar', {
      projectId,
      effectiveFrom,
      bar: { operator: 'at-least', percent, measuredBy: null },
    });
  await bar('95', '2026-11-01');
  await bar('98', '2026-11-20');
  const elsewhere = await work(core, projectId, { count: 10 });
  await core.call('returns.open', {
    ...{ subject: { type: 'elsewhere', id: elsewhere }, stage: 'machine', round: 1, reason: 'loose', ruleCited: null },
    ...{ guidelineId: null, itemised: false, check: 'sample', reviewer: null, deadline: null, deduction: null },
    ...{ view: null, attachments: [], receivedAt: at('12:00') },
  });
  recall(core, projectId, { pieces: 4, works: [{ type: 'elsewhere', id: elsewhere }] });
  await core.call('accuracy.report', {
    ...{ projectId, stage: 'inspector', forDay: '2026-11-20', releasedOn: '2026-11-21', percent: '97.5' },
    ...{ correct: null, total: null, note: null, heardAt: at('18:00') },
  });
  await log('activity', 'annotating', ['09:00', '12:00']);
  await log('activity', 'revising', ['13:00', '14:00']);
  await log('waiting', 'rules', ['14:00', '15:30']);
}

describe('a project accuracy statement', () => {
  it('is filled from the ledger', async () => {
    await lived();
    const statement = await core.call('statements.get', { projectId });
    expect(statement.bars.map(({ effectiveFrom, bar }) => [effectiveFrom, bar.percent])).toEqual([
      ['2026-11-01', '95'],
      ['2026-11-20', '98'],
    ]);
    expect(statement.measurement).toEqual({
      // 97.5 % would have met the bar of the day before.
      reports: [{ stage: 'inspector', reports: 1, below: 1 }],
      checks: { sample: 1, full: 0, unknown: 0 },
      itemised: { yes: 0, no: 1, unknown: 0 },
      pieces: 10,
      neverReturned: 9,
    });
    expect(statement.process).toEqual({
      byStage: [{ stage: 'machine', returns: 1 }],
      recalls: [{ level: 'task', recalls: 1, pieces: 4 }],
      standing: [],
    });
    expect(statement.labour).toMatchObject({
      ...{ worked: 5.5 * hour, paid: 3 * hour, unpaid: 2.5 * hour, revising: hour, rounds: 1 },
      unpaidByKind: { revising: hour, rules: 1.5 * hour },
      waiting: { rules: 1.5 * hour },
    });
    const behind = async (of: 'bars' | 'time' | 'recalls', kind?: string) =>
      (await core.call('statements.entries', { projectId, of, ...(kind === undefined ? {} : { kind }) })).total;
    expect([
      await behind('bars'),
      await behind('time'),
      await behind('time', 'rules'),
      await behind('recalls'),
    ]).toEqual([2, 3, 1, 1]);
    const paidSo = async (paid: 'paid' | 'unpaid' | 'unstated', kind?: string) =>
      (await core.call('statements.entries', { projectId, of: 'time', paid, ...(kind && { kind }) })).total;
    expect([
      await paidSo('paid'),
      await paidSo('unpaid'),
      await paidSo('unpaid', 'rules'),
      await paidSo('unstated'),
    ]).toEqual([1, 2, 1, 0]);
  });

  it('opens each count into exactly what it counts', async () => {
    await lived();
    await core.call('accuracy.report', {
      ...{ projectId, stage: 'inspector', forDay: '2026-11-19', releasedOn: '2026-11-21', percent: '97.5' },
      ...{ correct: null, total: null, note: null, heardAt: at('18:00') },
    });
    const { measurement } = await core.call('statements.get', { projectId });
    expect(measurement.reports).toEqual([{ stage: 'inspector', reports: 2, below: 1 }]);
    const entries = async (asked: Omit<Input<'statements.entries'>, 'projectId'>) =>
      (await core.call('statements.entries', { projectId, ...asked })).entries;
    const days = async (asked: { stage: 'inspector' | null; below?: true }) => {
      const found = await entries({ of: 'reports', ...asked });
      const all = await Promise.all(found.map((id) => core.call('ledger.get', { id })));
      return all.map(({ fields }) => fields.find(({ name }) => name === 'for_day')?.value);
    };
    expect(await days({ stage: 'inspector' })).toEqual(['2026-11-19', '2026-11-20']);
    expect(await days({ stage: 'inspector', below: true })).toEqual(['2026-11-20']);
    expect(await days({ stage: null })).toEqual([]);
    const returns = await entries({ of: 'returns' });
    expect(returns).toHaveLength(1);
    expect(await entries({ of: 'returns', check: 'sample' })).toEqual(returns);
    expect(await entries({ of: 'returns', check: 'full' })).toEqual([]);
    expect(await entries({ of: 'returns', itemised: false })).toEqual(returns);
    expect(await entries({ of: 'returns', itemised: null })).toEqual([]);
  });

  it('keeps what the worker writes as notes: the last wording stands, the ones before stay in the ledger', async () => {
    const say = (text: string) => core.call('statements.write', { projectId, part: 'justification', text });
    const first = await say('None was given.');
    const second = await say('None was given, though I asked twice.');
    expect(second.noteId).toBe(first.noteId);
    const written = async () => (await core.call('statements.get', { projectId })).written;
    expect(await written()).toMatchObject([{ part: 'justification', text: 'None was given, though I asked twice.' }]);
    await core.call('ledger.correct', {
      corrections: [{ type: 'void', entryId: second.entryId as EntryId }],
      reason: 'too much said',
    });
    expect(await written()).toMatchObject([{ text: 'None was given.' }]);
    await say('');
    expect(await written()).toEqual([]);
    // They are no notes on the project.
    expect((await core.call('notes.list', { about: projectId })).notes).toEqual([]);
    await rebuiltTheSame(core);
  });

  it('leaves as a Markdown file that is recorded, and replaces none unasked', async () => {
    const folder = tempDir();
    const path = join(folder.path, 'street.md');
    const section = { title: 'Justification', paragraphs: ['None was given.'], facts: [], tables: [] };
    const document = { title: 'Accuracy of street', lead: [], sections: [section] };
    try {
      const { bytes } = await core.call('statements.export', { projectId, document, path, overwrite: false });
      expect(readFileSync(path, 'utf8')).toBe('# Accuracy of street\n\n## Justification\n\nNone was given.\n');
      expect(bytes).toBe(readFileSync(path).length);
      const { entries } = await core.call('ledger.list', {
        filter: { kinds: ['ledger.exported'] },
        offset: 0,
        limit: 5,
      });
      expect(entries).toHaveLength(1);
      writeFileSync(path, 'mine');
      const again = core.call('statements.export', { projectId, document, path, overwrite: false });
      await expect(again).rejects.toMatchObject({ code: 'files/exists' });
      expect(readFileSync(path, 'utf8')).toBe('mine');
    } finally {
      folder.remove();
    }
  });

  it('knows no project that is not there', async () => {
    const projectless = { projectId: '019a0000-0000-7000-8000-000000000000' as ProjectId };
    await expect(core.call('statements.get', projectless)).rejects.toMatchObject({ code: 'projects/not-found' });
  });
});
