import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntryId } from '#shared/domain/ids.ts';
import { verifyBundle } from '#shared/proofs/bundle.ts';
import { verifyConsistency } from '#shared/proofs/merkle-verification.ts';
import { verifyNote } from '#shared/proofs/note.ts';
import { someProject, timeSpent } from '#test/support/entry-drafts.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

let test: TestBackend;
beforeEach(async () => {
  test = await openTestBackend();
});
afterEach(() => test.close());

const append = (...drafts: ReturnType<typeof timeSpent>[]) =>
  test.backend.db.transaction((tx) => test.backend.ledger.append(tx, drafts));
const span = (from: string, to: string, ...rest: unknown[]) =>
  timeSpent({ start: `2026-11-22T${from}:00.000Z`, end: `2026-11-22T${to}:00.000Z` }, ...(rest as [object]));

describe('ledger.list', () => {
  it('pages newest first and counts by every filter, also after more was written', async () => {
    const { projectId } = await test.call('projects.create', someProject('Streets'));
    append(span('00:00', '00:10', { project: projectId }));
    append(span('00:10', '00:20'));
    const list = async (filter: object) => {
      const { total, entries } = await test.call('ledger.list', { filter, offset: 0, limit: 10 });
      expect(entries).toHaveLength(Math.min(total, 10));
      return entries.map(({ seq }) => seq);
    };
    const [newest] = await list({});
    expect(newest).toBe(3);
    expect(await list({ kinds: ['time.spent'] })).toEqual([3, 2]);
    expect(await list({ projectId })).toEqual([2, 1]);
    expect(await list({ kinds: ['time.spent'], projectId })).toEqual([2]);
    append(span('00:20', '00:30', { project: projectId }));
    expect(await list({ projectId })).toEqual([4, 2, 1]);
    expect(await list({ subject: projectId })).toEqual([4, 2, 1]);
    expect(await list({ source: 'imported' })).toEqual([]);
    // 08:00 in Shanghai, on a day that began at 04:00 there.
    expect(await list({ day: '2026-11-22', kinds: ['time.spent'] })).toEqual([4, 3, 2]);
    expect(await list({ day: '2026-11-21' })).toEqual([]);
    const page = await test.call('ledger.list', { filter: { projectId }, offset: 1, limit: 1 });
    expect(page).toMatchObject({ total: 3, entries: [{ seq: 2, projectName: 'Streets', about: 'annotating' }] });
  });

  it('answers an empty page beyond the end', async () => {
    expect(await test.call('ledger.list', { filter: {}, offset: 5, limit: 10 })).toEqual({ total: 1, entries: [] });
  });
});

describe('ledger.correct', () => {
  const values = {
    lane: 'activity',
    what: 'revising',
    paid: 'unpaid',
    project: null,
    task: null,
    tag: 'x',
    ended_by: 'stop',
  };

  it('amends, keeps the history, and only takes the last of a chain', async () => {
    const [entry] = append(span('00:00', '00:10'));
    const entryId = entry?.id as EntryId;
    const amend = { type: 'amend' as const, entryId, values };
    const { entries, group } = await test.call('ledger.correct', { corrections: [amend], reason: 'was revising' });
    const detail = await test.call('ledger.get', { id: entryId });
    expect(detail).toMatchObject({
      state: 'amended',
      effective: { what: 'revising', tag: 'x' },
      correct: 'amend-or-void',
    });
    expect(detail.history.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['time.spent', null],
      ['entry.amended', 'was revising'],
    ]);
    const correction = await test.call('ledger.get', { id: entries[0] as EntryId });
    expect(correction).toMatchObject({ group, amends: entryId, source: 'stated', state: 'current', about: 'revising' });
    await expect(test.call('ledger.correct', { corrections: [amend], reason: 'again' })).rejects.toMatchObject({
      code: 'ledger/already-corrected',
      details: { by: entries[0] },
    });
    const last = { type: 'void' as const, entryId: entries[0] as EntryId };
    await test.call('ledger.correct', { corrections: [last], reason: 'did not happen' });
    expect(await test.call('ledger.get', { id: entryId })).toMatchObject({
      state: 'voided',
      effective: null,
      correct: 'never',
    });
  });

  it('refuses what may not be, and leaves nothing behind', async () => {
    const [first, second] = append(span('00:00', '00:10'), span('00:10', '00:20'));
    const { size } = await test.call('ledger.status', {});
    const correct = (...corrections: object[]) =>
      test.call('ledger.correct', { corrections: corrections as never, reason: 'why' });
    const opened = (await test.call('ledger.list', { filter: { kinds: ['ledger.opened'] }, offset: 0, limit: 1 }))
      .entries[0];
    await expect(correct({ type: 'void', entryId: opened?.id })).rejects.toMatchObject({
      code: 'ledger/not-amendable',
    });
    const id = first?.id;
    await expect(correct({ type: 'amend', entryId: id, values: { ...values, lane: 'sleep' } })).rejects.toMatchObject({
      code: 'ledger/values-invalid',
      details: { path: 'lane' },
    });
    const backwards = { occurredStart: '2026-11-22T00:05:00.000Z', occurredEnd: '2026-11-22T00:04:00.000Z' };
    await expect(correct({ type: 'amend', entryId: id, values, ...backwards })).rejects.toMatchObject({
      code: 'ledger/ends-before-start',
    });
    await expect(
      correct({ type: 'amend', entryId: id, values, occurredEnd: '2026-11-22T09:00:00.000Z' }),
    ).rejects.toMatchObject({ code: 'ledger/in-the-future' });
    // Both become stated time, and would lie over each other.
    const over = { occurredStart: '2026-11-22T00:00:00.000Z', occurredEnd: '2026-11-22T00:15:00.000Z' };
    await expect(
      correct({ type: 'amend', entryId: id, values, ...over }, { type: 'amend', entryId: second?.id, values }),
    ).rejects.toMatchObject({ code: 'ledger/overlap', details: { lane: 'activity' } });
    expect((await test.call('ledger.status', {})).size).toBe(size);
  });

  it('holds rules for the state after the whole group: two stretches may change places', async () => {
    const [first, second] = append(
      timeSpent({ start: '2026-11-22T00:00:00.000Z', end: '2026-11-22T00:10:00.000Z', source: 'stated' }),
      timeSpent({ start: '2026-11-22T00:10:00.000Z', end: '2026-11-22T00:20:00.000Z', source: 'stated' }),
    );
    const move = (entryId: EntryId, from: string, to: string) => ({
      type: 'amend' as const,
      entryId,
      values,
      occurredStart: `2026-11-22T${from}:00.000Z`,
      occurredEnd: `2026-11-22T${to}:00.000Z`,
    });
    const corrections = [move(first?.id as EntryId, '00:10', '00:20'), move(second?.id as EntryId, '00:00', '00:10')];
    const { entries } = await test.call('ledger.correct', { corrections, reason: 'the other way round' });
    expect(entries).toHaveLength(2);
  });
});

describe('proofs', () => {
  it('proves an entry to a stranger with the fields chosen and no others', async () => {
    const [entry] = append(span('00:00', '00:10', { tag: 'secret' }));
    const { bundle, checkpoint, verified } = await test.call('ledger.prove', {
      id: entry?.id as EntryId,
      fields: ['what'],
    });
    expect(verified).toBe(true);
    expect(JSON.stringify(bundle)).not.toContain('secret');
    const verdict = verifyBundle(JSON.parse(JSON.stringify(bundle)));
    expect(verdict).toMatchObject({
      ok: true,
      index: 1,
      fields: [{ name: 'what', value: 'annotating' }],
      fieldCount: 7,
    });
    const { verifierKey } = await test.call('ledger.status', {});
    expect(verifyNote(checkpoint.note, verifierKey)).toContain('\n2\n');
    await expect(test.call('ledger.prove', { id: entry?.id as EntryId, fields: ['nothing'] })).rejects.toMatchObject({
      code: 'ledger/field-not-found',
    });
  });

  it('proves that each earlier ledger is the beginning of each later one', async () => {
    for (let minute = 0; minute < 20; minute += 1) append(span(`00:${10 + minute}`, `00:${11 + minute}`));
    const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
    const { size } = await test.call('ledger.status', {});
    for (let second = 0; second <= size; second += 1) {
      for (let first = 0; first <= second; first += 1) {
        const proof = await test.call('ledger.proveConsistency', { first, second });
        const claim = { first, second, firstRoot: bytes(proof.firstRoot), secondRoot: bytes(proof.secondRoot) };
        expect(verifyConsistency({ ...claim, path: proof.path.map(bytes) })).toBe(true);
      }
    }
    await expect(test.call('ledger.proveConsistency', { first: 0, second: size + 1 })).rejects.toMatchObject({
      code: 'ledger/no-checkpoint-that-size',
    });
  });
});

describe('checkpoints', () => {
  it('are listed newest first and closed once a day, and only when something happened', async () => {
    const { db, ledger, housekeeping } = test.backend;
    const made = await test.call('ledger.checkpoint', {});
    expect(await test.call('ledger.checkpoints', {})).toEqual({ checkpoints: [made] });
    append(span('00:00', '00:10'));
    await housekeeping.run();
    expect((await test.call('ledger.checkpoints', {})).checkpoints).toHaveLength(1);
    test.clock.advance(24 * 3_600_000);
    await housekeeping.run();
    await housekeeping.run();
    test.clock.advance(24 * 3_600_000);
    await housekeeping.run();
    const { checkpoints } = await test.call('ledger.checkpoints', {});
    expect(checkpoints.map(({ size }) => size)).toEqual([3, 1]);
    expect(db.transaction((tx) => ledger.closeWorkingDay(tx, test.clock.instant))).toBeNull();
    // The third day's backup would be the second's.
    expect((await test.call('backups.list', {})).backups.map(({ why, size }) => [why, size])).toEqual([
      ['daily', 4],
      ['daily', 3],
    ]);
  });

  it('precede what leaves', async () => {
    const { db, ledger } = test.backend;
    const subjects = [timeSpent({ start: '', end: null }).subjects[0]];
    const body = { what: 'annotations', format: 'coco', file_name: 'a.json', file_hash: 'a'.repeat(64), counts: {} };
    db.transaction((tx) => ledger.recordExport(tx, { ...body, subjects }));
    const kinds = db.read.all<{ kind: string }>('SELECT kind FROM entry ORDER BY seq').map(({ kind }) => kind);
    expect(kinds).toEqual(['ledger.opened', 'ledger.checkpoint', 'ledger.exported']);
  });
});
