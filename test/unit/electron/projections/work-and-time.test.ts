import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EntryId } from '#shared/domain/ids.ts';
import { clockChangesProjection, timeSpansProjection } from '#electron/projections/time.projection.ts';
import { projectsProjection } from '#electron/projections/projects.projection.ts';
import { rulingsProjection } from '#electron/projections/rulings.projection.ts';
import { segmentsProjection } from '#electron/projections/segments.projection.ts';
import { guidelinesProjection } from '#electron/projections/guidelines.projection.ts';
import { returnsProjection } from '#electron/projections/returns.projection.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const projections = [
  projectsProjection,
  segmentsProjection,
  guidelinesProjection,
  rulingsProjection,
  returnsProjection,
  timeSpansProjection,
  clockChangesProjection,
];
const tables = projections.flatMap((projection) => projection.tables);

let test: TestBackend;
beforeEach(async () => {
  test = await openTestBackend();
});
afterEach(() => test.close());

/** What a table is in order by; a roll-up is of no entry. */
const orderOf = (table: string) => (table === 'time_day' ? 'day' : 'entry_id');
const rows = () =>
  tables.map(
    (table) => [table, test.backend.db.read.all(`SELECT * FROM ${table} ORDER BY ${orderOf(table)}`)] as const,
  );
const entryOf = (table: string): EntryId =>
  test.backend.db.read.get<{ entry_id: EntryId }>(`SELECT entry_id FROM ${table} ORDER BY entry_id LIMIT 1`)!.entry_id;

/** Something of every kind, some of it amended, voided or erased. */
async function fill(): Promise<void> {
  const { call, clock } = test;
  const common = { client: 'X', intermediary: null, modality: 'image' as const, labels: [] };
  const { projectId } = await call('projects.create', { ...common, name: 'street' });
  await call('projects.change', { projectId, name: 'street at night' });
  const rate = { per: 'hour' as const, amount: { minor: 2000, currency: 'CNY' } };
  await call('projects.setTerms', { projectId, terms: { effectiveFrom: '2026-01-01', rate, note: 'n' } });
  const bar = { operator: 'over' as const, percent: '95', measuredBy: null };
  await call('projects.setBar', { projectId, effectiveFrom: '2026-01-01', bar });
  await call('segments.create', { projectId, name: 'A' });
  await call('segments.create', { projectId, name: 'B' });
  const guideline = {
    projectId,
    version: '1',
    text: 't',
    channel: null,
    announcedBy: 'Z',
    rules: { text: { longest: 250 } },
  };
  const { guidelineId } = await call('guidelines.add', {
    ...guideline,
    effectiveFrom: '2026-01-01',
    receivedAt: clock.instant,
  });
  const ruling = { projectId, guidelineId, question: 'q', answer: 'a', askedOf: 'overseer' as const };
  await call('rulings.add', { ...ruling, answeredAt: clock.instant });
  const work = { projectId, name: 'batch', count: 2, timeMs: null, attachments: [], note: null };
  const { taskId } = await call('elsewhere.log', { ...work, doneAt: clock.instant });
  await call('returns.open', {
    subject: { type: 'elsewhere', id: taskId },
    stage: 'machine',
    round: 2,
    reason: 'r',
    ruleCited: null,
    guidelineId,
    itemised: true,
    check: 'full',
    reviewer: null,
    deadline: null,
    deduction: { minor: 1, currency: 'CNY' },
    view: null,
    attachments: [],
    receivedAt: clock.instant,
  });
  await call('time.switch', { activity: 'training', projectId });
  clock.advance(20_000);
  clock.jump(3_600_000);
  await call('time.switch', { activity: null });
  clock.suspend(3_600_000);
  await call('time.clock', { in: true });
  const ago = (minutes: number) => new Date(clock.now() - minutes * 60_000).toISOString();
  const meeting = { lane: 'activity', what: 'meeting', start: ago(600), end: ago(580), paid: 'by-time' } as const;
  await call('time.log', { ...meeting, projectId, taskId: null, tag: null });

  const { ledger, db } = test.backend;
  db.transaction((tx) => ledger.correct(tx, [{ type: 'void', entryId: entryOf('segment') }], 'not ours'));
  for (const [table, fields] of [
    ['project', ['client', 'name']],
    ['pay_terms', ['rate', 'note']],
    ['guideline', ['text', 'announced_by']],
    ['ruling', ['question', 'guideline']],
    ['time_span', ['what', 'project']],
  ] as const) {
    const id = entryOf(table);
    await call('ledger.erase', { id, fields: [...fields], reason: 'asked to', rewriteBackups: false });
  }
}

it('rows of projects, returns and time are what a rebuild from the entries gives, tombstones too', async () => {
  await fill();
  const before = rows();
  for (const [table, found] of before) expect(found, table).not.toEqual([]);
  const { tables: rebuilt } = await test.call('ledger.rebuild', {});
  expect(rebuilt.filter(({ differed }) => differed > 0)).toEqual([]);
  expect(rows()).toEqual(before);
});

it('rows that were tampered with are put right by a rebuild', async () => {
  await fill();
  const before = rows();
  test.backend.db.transaction((tx) =>
    tx.run(`UPDATE time_span SET end_ms = end_ms + 1 WHERE seq = (SELECT min(seq) FROM time_span)`),
  );
  test.backend.db.transaction((tx) => tx.run('DELETE FROM ruling'));
  const { tables: rebuilt } = await test.call('ledger.rebuild', {});
  expect(rebuilt.filter(({ differed }) => differed > 0).map(({ table }) => table)).toEqual(
    expect.arrayContaining(['time_span', 'ruling']),
  );
  expect(rows()).toEqual(before);
});

it('what was erased is still listed, without what it said', async () => {
  await fill();
  const { projects } = await test.call('projects.list', {});
  const projectId = projects[0]!.id;
  expect(projects[0]).toMatchObject({ name: '—', client: null, terms: [] });
  expect((await test.call('guidelines.list', { projectId })).guidelines).toMatchObject([
    { text: '', announcedBy: null },
  ]);
  expect((await test.call('rulings.list', { projectId })).rulings).toMatchObject([{ question: '—', answer: 'a' }]);
  expect((await test.call('segments.list', { projectId })).segments).toMatchObject([{ name: 'B' }]);
  // A stretch of which it is no longer known what it was is in no figure.
  expect((await test.call('time.day', { day: null })).spans.map(({ what }) => what)).not.toContain(undefined);
});
