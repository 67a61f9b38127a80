import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntryBody } from '#shared/domain/entry-kinds.ts';
import type { EntityId, EntryId } from '#shared/domain/ids.ts';
import { treeHead } from '#shared/proofs/merkle.ts';
import { headerLeaf, headerText, parseHeader } from '#shared/proofs/header.ts';
import { effectiveEntries } from '#electron/core/ledger/projection-engine.ts';
import { type UpcasterRegistry, upcasters } from '#electron/core/ledger/upcasters.ts';
import { treeHeadOf } from '#electron/core/ledger/checkpoints.ts';
import { zoneOffset } from '#electron/core/ledger/zone-offset.ts';
import { someId, timeSpent } from '#test/support/entry-drafts.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

let test: TestBackend;
beforeEach(async () => {
  test = await openTestBackend();
});
afterEach(() => test.close());

const at = (minute: number) => new Date(Date.parse('2026-11-20T00:00:00.000Z') + minute * 60_000).toISOString();
const append = (...drafts: Parameters<TestBackend['backend']['ledger']['append']>[1]) =>
  test.backend.db.transaction((tx) => test.backend.ledger.append(tx, drafts));
const size = () => treeHeadOf(test.backend.db.read).size;

describe('append', () => {
  it('writes a header that says all and a tree head over the headers', () => {
    const [entry] = append(timeSpent({ start: at(0), end: at(1) }));
    const row = test.backend.db.read.get<{ header: string }>('SELECT header FROM entry WHERE seq = 1');
    expect(JSON.parse(row!.header)).toMatchObject({
      format: 1,
      id: entry!.id,
      kind: 'time.spent',
      version: 1,
      occurred_start: at(0),
      occurred_end: at(1),
      zone: 'Asia/Shanghai',
      offset: 480,
      recorded_at: test.clock.instant,
      source: 'measured',
      amends: null,
      group: null,
    });
    const headers = test.backend.db.read.all<{ header: string }>('SELECT header FROM entry ORDER BY seq');
    const leaves = headers.map(({ header }) => headerLeaf(header));
    expect(treeHead(leaves)).toEqual(new Uint8Array(treeHeadOf(test.backend.db.read).root));
  });

  it('writes every header in its canonical form, and none that is no header', () => {
    const leap = ['2024-02-29T08:00:00.000Z', '2024-02-29T09:00:00.000Z'] as const;
    append(timeSpent({ start: at(0), end: at(1) }));
    append({ ...timeSpent({ start: leap[0], end: leap[1] }), subjects: Array.from({ length: 120 }, someId) as never });
    const headers = test.backend.db.read.all<{ header: string }>('SELECT header FROM entry ORDER BY seq');
    expect(headers).toHaveLength(3);
    for (const { header } of headers) expect(headerText(parseHeader(header))).toBe(header);
    expect(() => append({ ...timeSpent({ start: at(2), end: at(3) }), subjects: ['somebody'] })).toThrow('subjects');
    expect(() => append(timeSpent({ start: '2023-02-29T08:00:00.000Z', end: leap[0] }))).toThrow('occurred_start');
  });

  it('gives every field a salt of its own, so that equal values have different commitments', () => {
    append(timeSpent({ start: at(0), end: at(1) }), timeSpent({ start: at(1), end: at(2) }));
    const fields = test.backend.db.read.all<{ salt: Buffer; commitment: Buffer }>('SELECT salt, commitment FROM field');
    for (const column of ['salt', 'commitment'] as const) {
      expect(new Set(fields.map((field) => field[column].toString('hex'))).size).toBe(fields.length);
    }
  });

  it('makes several drafts a group that stands or falls together', () => {
    const before = size();
    const ids = append(timeSpent({ start: at(0), end: at(1) }), timeSpent({ start: at(1), end: at(2) }));
    const groups = test.backend.db.read.all<{ group_id: string }>('SELECT DISTINCT group_id FROM entry WHERE seq > 0');
    expect(groups).toHaveLength(1);
    expect(groups[0]?.group_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(() => append(timeSpent({ start: at(5), end: at(6) }), timeSpent({ start: at(0), end: at(9) }))).toThrow(
      expect.objectContaining({ code: 'ledger/overlap' }),
    );
    expect(size()).toBe(before + ids.length);
  });

  it('takes a refusal back even when the caller goes on with its transaction', () => {
    const { db, ledger } = test.backend;
    const before = size();
    db.transaction((tx) => {
      expect(() =>
        ledger.append(tx, [timeSpent({ start: at(0), end: at(2) }), timeSpent({ start: at(1), end: at(3) })]),
      ).toThrow('ledger/overlap');
      ledger.append(tx, [timeSpent({ start: at(1), end: at(3) })]);
    });
    expect(size()).toBe(before + 1);
  });

  it('keeps recorded times from going back by the little that clocks are corrected by', () => {
    append(timeSpent({ start: at(0), end: at(1) }));
    const first = test.clock.instant;
    test.clock.jump(-3000);
    append(timeSpent({ start: at(1), end: at(2) }));
    test.clock.jump(-60_000);
    append(timeSpent({ start: at(2), end: at(3) }));
    const recorded = test.backend.db.read.all<{ recorded_at: string }>('SELECT recorded_at FROM entry WHERE seq > 0');
    expect(recorded.map((row) => row.recorded_at)).toEqual([first, first, test.clock.instant]);
  });

  it('holds lanes apart by source, and what is waited for by what it is', () => {
    const wait = (what: EntryBody<'time.spent'>['what'], from: number, to: number) =>
      timeSpent({ start: at(from), end: at(to) }, { lane: 'waiting', what });
    append(timeSpent({ start: at(0), end: at(10) }));
    append(timeSpent({ start: at(0), end: at(10), source: 'stated' }));
    append(timeSpent({ start: at(0), end: at(10), source: 'imported' }));
    append(timeSpent({ start: at(5), end: at(20), source: 'imported' }));
    append(timeSpent({ start: at(0), end: at(10) }, { lane: 'presence', what: 'present' }));
    append(wait('tasks', 0, 10), wait('feedback', 5, 15));
    expect(() => append(wait('tasks', 9, 11))).toThrow(expect.objectContaining({ code: 'ledger/overlap' }));
    expect(() => append(timeSpent({ start: at(9), end: at(11) }))).toThrow(
      expect.objectContaining({ code: 'ledger/overlap', details: { lane: 'activity', start: at(0), end: at(10) } }),
    );
    append(timeSpent({ start: at(10), end: at(11) }));
  });

  it('refuses the future for what is measured or stated', () => {
    const future = (source: 'stated' | 'imported') =>
      timeSpent({ start: at(0), end: new Date(test.clock.now() + 60_000).toISOString(), source });
    expect(() => append(future('stated'))).toThrow(expect.objectContaining({ code: 'ledger/in-the-future' }));
    append(future('imported'));
  });

  it('refuses what has no canonical form', () => {
    expect(() => append(timeSpent({ start: at(0), end: at(1) }, { tag: '\ud800' }))).toThrow(
      expect.objectContaining({ code: 'ledger/values-invalid' }),
    );
  });
});

it('survives the loss of its key: the new one is stated, and both kinds of checkpoint verify', async () => {
  await test.call('ledger.checkpoint', {});
  const { verifierKey } = await test.call('ledger.status', {});
  const { rmSync } = await import('node:fs');
  rmSync(`${test.dir}/ledger.key`);
  await test.reopen();
  await test.call('ledger.checkpoint', {});
  const after = await test.call('ledger.status', {});
  expect(after.verifierKey).not.toBe(verifierKey);
  expect((await test.call('ledger.verify', {})).problems).toEqual([]);
  const { entries } = await test.call('ledger.list', { filter: { kinds: ['ledger.opened'] }, offset: 0, limit: 5 });
  expect(entries).toHaveLength(2);
  const proof = await test.call('ledger.prove', { id: entries[1]!.id, fields: ['origin'] });
  expect(proof.verified).toBe(true);
});

it('reads an old version through its upcaster', () => {
  const id = someId() as EntityId;
  append(timeSpent({ start: at(0), end: at(1), id }, { tag: 'old' }));
  const registry: UpcasterRegistry = {
    newest: (kind) => (kind === 'time.spent' ? 3 : upcasters.newest(kind)),
    steps: {
      'time.spent': {
        1: ({ tag, ...rest }) => ({ ...rest, tags: tag === undefined ? [] : [tag] }),
        2: (body) => ({ ...body, billed: body['paid'] !== 'unpaid' }),
      },
    },
  };
  const [entry] = effectiveEntries(test.backend.db.read, id, registry);
  expect(entry?.body).toMatchObject({ tags: ['old'], billed: false });
  expect(() => effectiveEntries(test.backend.db.read, id, { ...registry, steps: {} })).toThrow(/no upcaster/);
  expect(() => effectiveEntries(test.backend.db.read, id, { ...upcasters, newest: () => 0 })).toThrow(/unknown/);
});

it.each([
  ['Asia/Shanghai', '2026-11-22T00:00:00.000Z', 480],
  ['Asia/Kolkata', '2026-11-22T00:00:00.000Z', 330],
  ['America/New_York', '2026-07-01T00:00:00.000Z', -240],
  ['America/New_York', '2026-12-01T00:00:00.000Z', -300],
  ['Australia/Lord_Howe', '2026-12-01T00:00:00.000Z', 660],
  ['UTC', '2026-12-01T00:00:00.000Z', 0],
])('knows that %s is %s ahead by %i minutes', (zone, instant, minutes) => {
  expect(zoneOffset(zone, Date.parse(instant))).toBe(minutes);
});

describe('after any history', () => {
  /** One step: a stretch of time written, or one that was written before amended or voided. */
  const step = fc.record({
    type: fc.constantFrom('append', 'append', 'append', 'amend', 'void'),
    start: fc.integer({ min: 0, max: 200 }),
    minutes: fc.integer({ min: 0, max: 20 }),
    source: fc.constantFrom('measured' as const, 'stated' as const, 'imported' as const),
    which: fc.nat(30),
    group: fc.integer({ min: 1, max: 3 }),
  });

  it('the rows are those that the entries give, no lane overlaps itself, and the whole verifies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const own = await openTestBackend();
        const { db, ledger } = own.backend;
        const lasts: EntryId[] = [];
        for (const { type, start, minutes, source, which, group } of steps) {
          const target = lasts[which % Math.max(1, lasts.length)];
          try {
            if (type === 'append' || target === undefined) {
              const drafts = Array.from({ length: group }, (_, n) =>
                timeSpent({ start: at(start + n * 25), end: at(start + n * 25 + minutes), source }),
              );
              lasts.push(...db.transaction((tx) => ledger.append(tx, drafts)).map(({ id }) => id));
            } else {
              const { kind: _kind, body } = timeSpent({ start: at(0), end: null }, { tag: `${which}` });
              const times = { occurredStart: at(start), occurredEnd: at(start + minutes) };
              const correction =
                type === 'void'
                  ? { type, entryId: target }
                  : { type: 'amend' as const, entryId: target, values: body, ...times };
              const [entry] = db.transaction((tx) => ledger.correct(tx, [correction as never], 'why'));
              lasts[lasts.indexOf(target)] = entry!.id;
            }
          } catch (error) {
            const { code } = error as { code?: string };
            expect(['ledger/overlap', 'ledger/not-amendable']).toContain(code);
          }
        }
        const spans = db.read.all<{ lane: string; span_start: string; span_end: string }>('SELECT * FROM lane_span');
        for (const a of spans) {
          const over = spans.filter(
            (b) => a !== b && a.lane === b.lane && a.span_start < b.span_end && b.span_start < a.span_end,
          );
          expect(over).toEqual([]);
        }
        // Verifying compares every projection with what the entries give.
        expect((await own.call('ledger.verify', {})).problems).toEqual([]);
        await own.close();
      }),
      { numRuns: 8 },
    );
  });
});
