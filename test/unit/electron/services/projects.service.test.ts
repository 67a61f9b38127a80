import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { createIds } from '#electron/core/ids.ts';
import { sealedBody } from '#test/support/sealed-body.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const labels: LabelSet = [
  { key: 'car', color: '#ff0000' },
  { key: 'bus', name: '公交车', color: '#00ff00' },
];
const given = { name: '街景 · 夜间', client: 'Client X', intermediary: null, modality: 'image' as const, labels };
const rate = (minor: number) => ({ per: 'piece' as const, amount: { minor, currency: 'CNY' } });

let test: TestBackend;
beforeEach(async () => {
  test = await openTestBackend();
});
afterEach(() => test.close());

const create = async (name = given.name): Promise<ProjectId> =>
  (await test.call('projects.create', { ...given, name })).projectId;

/** A sealed submission as the ledger has it, without the photo and queue it would come from. */
function sealSubmission(projectId: ProjectId, counts: Record<string, number>): string {
  const { backend, clock } = test;
  const ids = createIds(clock);
  const id = ids.uuid();
  backend.db.transaction((tx) => {
    backend.ledger.append(tx, [
      {
        kind: 'submission.sealed',
        body: sealedBody({
          ...{ project: projectId, task: ids.uuid() as never, object_counts: counts, time_spent_ms: 1000 },
        }),
        occurredStart: clock.instant,
        occurredEnd: null,
        source: 'measured',
        subjects: [id],
      },
    ]);
  });
  return id;
}

describe('projects', () => {
  it('gives back what was given, also after the folder is opened again', async () => {
    const projectId = await create();
    await test.reopen();
    const project = await test.call('projects.get', { projectId });
    expect(project).toEqual({
      ...given,
      id: projectId,
      terms: [],
      bar: null,
      bars: [],
      archived: false,
      createdAt: test.clock.instant,
    });
  });

  it('takes a name once, however it is written, and again when the other is archived', async () => {
    const first = await create('Caf\u00e9  Night');
    await expect(create(' cafe\u0301 night ')).rejects.toMatchObject({ code: 'projects/name-taken' });
    await expect(create('   ')).rejects.toMatchObject({ code: 'host/bad-input' });
    await test.call('projects.change', { projectId: first, archived: true });
    await create('Café Night');
    await expect(test.call('projects.change', { projectId: first, archived: false })).rejects.toMatchObject({
      code: 'projects/name-taken',
    });
    expect((await test.call('projects.list', {})).projects).toHaveLength(1);
    // Those put away stand after the others.
    const all = (await test.call('projects.list', { archived: true })).projects;
    expect(all.map((p) => p.archived)).toEqual([false, true]);
    expect(all[1]?.id).toBe(first);
  });

  it('may keep its own name when it changes, and writes no entry when nothing changes', async () => {
    const projectId = await create();
    await test.call('projects.change', { projectId, name: given.name });
    expect(test.backend.ledger.effective(test.backend.db.read, projectId)).toHaveLength(1);
    await test.call('projects.change', { projectId, client: null });
    expect((await test.call('projects.get', { projectId })).client).toBeNull();
  });

  it('keeps labels that were submitted with, and lets go of the others', async () => {
    const projectId = await create();
    sealSubmission(projectId, { car: 2 });
    const change = (next: LabelSet) => test.call('projects.change', { projectId, labels: next });
    await expect(change([labels[1]!])).rejects.toMatchObject({
      code: 'projects/label-in-use',
      details: { key: 'car' },
    });
    await expect(change([{ ...labels[0]!, key: 'auto' }])).rejects.toMatchObject({ code: 'projects/label-in-use' });
    await change([{ ...labels[0]!, name: 'Auto', color: '#0000ff' }]);
    expect((await test.call('projects.get', { projectId })).labels).toEqual([
      { key: 'car', name: 'Auto', color: '#0000ff' },
    ]);
  });

  it('orders terms by effective day, the later writing of a day in the place of the earlier', async () => {
    const projectId = await create();
    const set = (effectiveFrom: string, minor: number) =>
      test.call('projects.setTerms', { projectId, terms: { effectiveFrom, rate: rate(minor), note: null } });
    await set('2026-11-20', 6000);
    await set('2026-11-01', 5000);
    await set('2026-11-20', 5500);
    const { terms } = await test.call('projects.get', { projectId });
    expect(terms.map((t) => [t.effectiveFrom, t.rate])).toEqual([
      ['2026-11-01', rate(5000)],
      ['2026-11-20', rate(5500)],
    ]);
  });

  it('tells the bar in force today, not one of tomorrow', async () => {
    const projectId = await create();
    const bar = { operator: 'at-least' as const, percent: '95', measuredBy: null };
    await test.call('projects.setBar', { projectId, effectiveFrom: '2026-11-22', bar });
    await test.call('projects.setBar', { projectId, effectiveFrom: '2026-11-23', bar: { ...bar, percent: '99.5' } });
    const project = await test.call('projects.get', { projectId });
    expect(project.bar).toEqual(bar);
    expect(project.bars.map((set) => [set.effectiveFrom, set.bar.percent])).toEqual([
      ['2026-11-22', '95'],
      ['2026-11-23', '99.5'],
    ]);
    test.clock.advance(24 * 3_600_000);
    expect((await test.call('projects.get', { projectId })).bar?.percent).toBe('99.5');
  });

  it('refuses what it does not know', async () => {
    const projectId = (await create()).replace(/.$/, (c) => (c === '0' ? '1' : '0')) as ProjectId;
    const codes = await Promise.all(
      [
        test.call('projects.get', { projectId }),
        test.call('projects.change', { projectId, name: 'x' }),
        test.call('segments.list', { projectId }),
        test.call('segments.create', { projectId, name: 'x' }),
        test.call('guidelines.list', { projectId }),
        test.call('rulings.list', { projectId }),
      ].map((reply) =>
        reply.then(
          () => 'ok',
          (error: { code: string }) => error.code,
        ),
      ),
    );
    expect(new Set(codes)).toEqual(new Set(['projects/not-found']));
  });

  it('shows a mark where the name was erased, and keeps the name free for others', async () => {
    const projectId = await create();
    const [entry] = test.backend.ledger.effective(test.backend.db.read, projectId);
    await test.call('ledger.erase', {
      id: entry!.id,
      fields: ['name', 'client', 'labels'],
      reason: 'asked to',
      rewriteBackups: false,
    });
    const project = await test.call('projects.get', { projectId });
    expect(project).toMatchObject({ name: '—', client: null, labels: [], modality: 'image' });
    await create();
  });
});

describe('segments, guidelines, rulings', () => {
  it('lists guidelines with the newest in force first', async () => {
    const projectId = await create();
    const add = (version: string, effectiveFrom: string, receivedAt: string) =>
      test.call('guidelines.add', {
        projectId,
        version,
        text: `rules ${version}`,
        effectiveFrom,
        receivedAt,
        channel: 'group chat',
        announcedBy: null,
        rules: { fitTolerancePx: 3 },
      });
    await add('2', '2026-11-20', '2026-11-19T08:00:00.000Z');
    await add('3', '2026-12-01', '2026-11-21T08:00:00.000Z');
    await add('1', '2026-11-01', '2026-11-20T08:00:00.000Z');
    const { guidelines } = await test.call('guidelines.list', { projectId });
    expect(guidelines.map((g) => g.version)).toEqual(['3', '2', '1']);
    expect(guidelines[0]).toMatchObject({ text: 'rules 3', rules: { fitTolerancePx: 3 }, channel: 'group chat' });
    await expect(add('4', '2026-11-01', '2026-11-22T01:10:00.000Z')).rejects.toMatchObject({
      code: 'ledger/in-the-future',
    });
  });

  it('keeps the file a guideline came as, and refuses one that nobody added', async () => {
    const projectId = await create();
    const data = Buffer.from('%PDF-1.4 rules').toString('base64');
    const file = await test.call('attachments.add', { data, mediaType: 'application/pdf', name: 'rules.pdf' });
    const version = {
      projectId,
      version: '1',
      text: '',
      effectiveFrom: '2026-11-01',
      channel: null,
      announcedBy: null,
    };
    const add = (attachments: (typeof file)[]) =>
      test.call('guidelines.add', { ...version, rules: {}, receivedAt: '2026-11-20T08:00:00.000Z', attachments });
    await add([file]);
    expect((await test.call('guidelines.list', { projectId })).guidelines[0]?.attachments).toEqual([file]);
    const missing = { ...file, blob: 'a'.repeat(64) as typeof file.blob };
    await expect(add([missing])).rejects.toMatchObject({ code: 'attachments/not-found' });
  });

  it('takes rulings on guidelines of the same project only', async () => {
    const projectId = await create();
    const other = await create('other');
    const { guidelineId } = await test.call('guidelines.add', {
      projectId: other,
      version: '1',
      text: '',
      effectiveFrom: '2026-11-01',
      receivedAt: test.clock.instant,
      channel: null,
      announcedBy: null,
      rules: {},
    });
    const ruling = {
      projectId,
      guidelineId: null,
      question: 'Is a baby in a stroller a pedestrian?',
      answer: 'No.',
      askedOf: 'overseer' as const,
      answeredAt: test.clock.instant,
    };
    const { rulingId } = await test.call('rulings.add', ruling);
    expect((await test.call('rulings.list', { projectId })).rulings).toEqual([{ ...ruling, id: rulingId }]);
    await expect(test.call('rulings.add', { ...ruling, guidelineId })).rejects.toMatchObject({
      code: 'guidelines/not-found',
    });
  });

  it('lists segments in the order they were added', async () => {
    const projectId = await create();
    for (const name of ['b', 'a']) await test.call('segments.create', { projectId, name });
    const { segments } = await test.call('segments.list', { projectId });
    expect(segments.map((s) => s.name)).toEqual(['b', 'a']);
  });
});
