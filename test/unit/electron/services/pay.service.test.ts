import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { PayTerms } from '#shared/domain/project.ts';
import { dollars, payProject, rebuiltTheSame, recall, setTerms, work, yuan } from '#test/support/pay-project.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const november = { from: '2026-11-01', to: '2026-11-30' };
const october = { from: '2026-10-01', to: '2026-10-31' };
const penalty: PayTerms['returnPenalty'] = { free: 1, firstPercent: 20, laterPercent: 10, how: 'additive' };

let test: TestBackend;
beforeEach(async () => {
  // The 22nd of November, nine in the morning in Shanghai.
  test = await openTestBackend();
});
afterEach(() => test.close());

const overview = (period: Input<'pay.overview'> = november) => test.call('pay.overview', period);
const works = (...ids: TaskId[]) => ids.map((id) => ({ type: 'elsewhere' as const, id }));

/** A return of a batch done elsewhere, of so many of its pieces. */
const sendBackOf = (id: TaskId, pieces: number | null, round = 1) =>
  test.call('returns.open', {
    subject: { type: 'elsewhere', id },
    stage: 'reviewer',
    round,
    reason: '',
    ruleCited: null,
    guidelineId: null,
    pieces,
    itemised: null,
    check: null,
    reviewer: null,
    deadline: null,
    deduction: null,
    view: null,
    attachments: [],
    receivedAt: test.clock.instant,
  });

async function sendBack(id: TaskId, times: number) {
  for (let round = 1; round <= times; round += 1) await sendBackOf(id, null, round);
}

const receive = (minor: number, more: Partial<Input<'pay.receive'>> = {}) =>
  test.call('pay.receive', {
    projectId: null,
    periodFrom: november.from,
    periodTo: november.to,
    amount: { minor, currency: 'CNY' },
    channel: null,
    note: null,
    attachments: [],
    happenedAt: test.clock.instant,
    ...more,
  });

describe('eight tasks at 60 yuan, six of them recalled', () => {
  it('promise 480, of which 360 are lost and 120 stay', async () => {
    const projectId = await payProject(test, 'street');
    const done: TaskId[] = [];
    for (let n = 1; n <= 8; n += 1) done.push(await work(test, projectId, { name: `task ${n}` }));
    const id = recall(test, projectId, { works: works(...done.slice(0, 6)), pieces: 6 });
    await receive(120_00, { projectId });
    const { total, rows } = await overview();
    expect(total).toMatchObject({
      pieces: 8,
      recalledPieces: 6,
      promised: [yuan(480)],
      lostToRecalls: [yuan(360)],
      lostToReturns: [yuan(0)],
      expected: [yuan(120)],
      received: [yuan(120)],
      difference: [yuan(0)],
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ projectId, projectName: 'street', promised: [yuan(480)] });
    const { entries, total: count } = await test.call('pay.entries', { ...november, figure: 'lostToRecalls' });
    expect(count).toBe(7);
    const { entries: listed } = await test.call('ledger.list', { filter: { entries }, offset: 0, limit: 10 });
    expect(listed.filter(({ kind }) => kind === 'recall.received')).toHaveLength(1);
    expect(id).toBeTruthy();
  });

  it('lose the same when only a number of pieces was given, or some of one batch', async () => {
    const projectId = await payProject(test, 'street');
    const batch = await work(test, projectId, { count: 8 });
    recall(test, projectId, { pieces: 2 });
    expect((await overview()).total).toMatchObject({ recalledPieces: 2, lostToRecalls: [yuan(120)] });
    recall(test, projectId, { pieces: 4, works: works(batch) });
    expect((await overview()).total).toMatchObject({ recalledPieces: 6, expected: [yuan(120)] });
  });

  it('take nothing twice, and a loss that was announced as announced', async () => {
    const projectId = await payProject(test, 'street');
    const batch = await work(test, projectId, { count: 8 });
    recall(test, projectId, { pieces: 8, works: works(batch) });
    recall(test, projectId, { pieces: 8, works: works(batch), level: 'worker' });
    expect((await overview()).total).toMatchObject({ recalledPieces: 8, expected: [yuan(0)] });
    const other = await work(test, projectId, { count: 2 });
    recall(test, projectId, { works: works(other), pieces: 2, stated_loss: yuan(100) });
    expect((await overview()).total).toMatchObject({ expected: [yuan(20)], lostToRecalls: [yuan(580)] });
  });

  it('are lost in the month they were earned in, where the work is named', async () => {
    const projectId = await payProject(test, 'street');
    const old = await work(test, projectId, { day: '2026-10-20', count: 3 });
    recall(test, projectId, { works: works(old), pieces: 3 });
    expect((await overview(october)).total).toMatchObject({ expected: [yuan(0)] });
    expect((await overview()).total.lostToRecalls).toEqual([]);
  });
});

describe('work of several kinds', () => {
  it('is paid by the terms of its kind in force on the day, else by those for all', async () => {
    const projectId = await payProject(test, 'street', { taskKind: 'boxes', rate: { per: 'piece', amount: yuan(2) } });
    const batch = (taskKind: string | null, day = '2026-11-10') => work(test, projectId, { taskKind, day });
    await batch(null);
    // There is but one kind: nobody was asked.
    expect((await overview()).total).toMatchObject({ promised: [yuan(2)], piecesWithoutTerms: 0 });
    await setTerms(test, projectId, { taskKind: 'voice', rate: { per: 'piece', amount: yuan(5) } });
    await batch('boxes');
    await batch('voice');
    await batch('faces');
    expect((await overview()).total).toMatchObject({ promised: [yuan(7)], piecesWithoutTerms: 2 });
    await setTerms(test, projectId, { taskKind: null, rate: { per: 'piece', amount: yuan(1) } });
    const voice = { taskKind: 'voice', effectiveFrom: '2026-11-11', rate: { per: 'piece' as const, amount: yuan(9) } };
    await setTerms(test, projectId, voice);
    await batch('voice', '2026-11-11');
    // 1 without a kind, 2 boxes, 5 and 9 voice, 1 for faces, which no terms name.
    expect((await overview()).total).toMatchObject({ promised: [yuan(18)], piecesWithoutTerms: 0 });
    expect((await overview()).rows[0]!.kinds).toEqual([
      { taskKind: 'boxes', pieces: 1, paidMs: 0, promised: [yuan(2)] },
      { taskKind: 'faces', pieces: 1, paidMs: 0, promised: [yuan(1)] },
      { taskKind: 'voice', pieces: 2, paidMs: 0, promised: [yuan(14)] },
      { taskKind: null, pieces: 1, paidMs: 0, promised: [yuan(1)] },
    ]);
    // Each count of a kind opens its own work, what it was promised the terms as well: two of voice, one after the other.
    const behind = async (figure: 'pieces' | 'promised', taskKind: string | null) =>
      (await test.call('pay.entries', { ...november, figure, projectId, taskKind })).total;
    expect([await behind('pieces', 'voice'), await behind('pieces', null)]).toEqual([2, 1]);
    expect([await behind('promised', 'voice'), await behind('promised', null)]).toEqual([4, 2]);
    expect((await test.call('pay.entries', { ...november, figure: 'pieces' })).total).toBe(5);
    const { promised } = await test.call('figures.period', { from: '2026-11-01', to: '2026-11-30' });
    expect(promised).toEqual([yuan(18)]);
    await rebuiltTheSame(test);
  });

  it('counts by the kind it was amended to', async () => {
    const projectId = await payProject(test, 'street', { rate: { per: 'piece', amount: yuan(1) } });
    await setTerms(test, projectId, { taskKind: 'voice', rate: { per: 'piece', amount: yuan(5) } });
    const taskId = await work(test, projectId, { count: 3 });
    const { entries } = await test.call('ledger.list', { filter: { subject: taskId }, offset: 0, limit: 1 });
    const { fields } = await test.call('ledger.get', { id: entries[0]!.id });
    const values = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    await test.call('ledger.correct', {
      reason: 'wrong kind',
      corrections: [{ type: 'amend', entryId: entries[0]!.id, values: { ...values, task_kind: 'voice' } as never }],
    });
    expect((await overview()).total.promised).toEqual([yuan(15)]);
  });
});

describe('a deduction announced with a return', () => {
  const sent = async (id: TaskId, deduction: { minor: number; currency: string } | null) =>
    test.call('returns.open', {
      ...{ subject: { type: 'elsewhere', id }, stage: 'inspector', round: 1, reason: 'loose', ruleCited: null },
      ...{ guidelineId: null, itemised: null, check: null, reviewer: null, deadline: null, deduction, view: null },
      ...{ attachments: [], receivedAt: test.clock.instant },
    });
  const deduct = (amount: number, returned: string | null) =>
    test.call('pay.deduct', {
      ...{ projectId: null, amount: yuan(amount), reason: 'as announced', work: null, returned: returned as never },
      ...{ attachments: [], happenedAt: test.clock.instant },
    });

  it('is deducted, once, and opens into the return; a recorded deduction of it takes its place', async () => {
    const projectId = await payProject(test, 'street');
    const task = await work(test, projectId);
    const { returnId } = await sent(task, yuan(20));
    await sent(task, null);
    const deducted = async () => (await overview()).total.deducted;
    expect(await deducted()).toEqual([yuan(20)]);
    const behind = async () => {
      const { entries } = await test.call('pay.entries', { ...november, figure: 'deducted' });
      const { entries: listed } = await test.call('ledger.list', { filter: { entries }, offset: 0, limit: 9 });
      return listed.map(({ kind }) => kind).sort();
    };
    expect(await behind()).toEqual(['return.received']);
    expect((await test.call('pay.list', november)).records).toMatchObject([{ kind: 'deducted', amount: yuan(20) }]);
    await deduct(15, null);
    expect(await deducted()).toEqual([yuan(35)]);
    const { entryId } = await deduct(18, returnId);
    expect(await deducted()).toEqual([yuan(33)]);
    expect(await behind()).toEqual(['pay.deducted', 'pay.deducted']);
    expect((await test.call('pay.list', november)).total).toBe(2);
    await test.call('ledger.correct', { reason: 'never came', corrections: [{ type: 'void', entryId }] });
    expect(await deducted()).toEqual([yuan(35)]);
    await rebuiltTheSame(test);
  });

  it('explains nothing that the penalty schedule took already', async () => {
    const projectId = await payProject(test, 'street', { returnPenalty: { ...penalty!, free: 0 } });
    const task = await work(test, projectId);
    await receive(48_00, { projectId });
    await sent(task, yuan(12));
    // 60 less 20 %: what was announced is what was expected.
    expect((await overview()).total).toMatchObject({
      expected: [yuan(48)],
      deducted: [yuan(12)],
      difference: [yuan(0)],
      unexplained: [yuan(0)],
    });
  });
});

describe('the return penalty', () => {
  it('leaves 100, 80, 70 and 60 % after one, two, three and four returns', async () => {
    const projectId = await payProject(test, 'street', { returnPenalty: penalty });
    const left: number[] = [];
    const task = await work(test, projectId);
    for (let returns = 0; returns <= 4; returns += 1) {
      left.push((await overview()).total.expected[0]!.minor / 60);
      await sendBack(task, 1);
    }
    expect(left).toEqual([100, 100, 80, 70, 60]);
    const { total } = await test.call('pay.entries', { ...november, figure: 'lostToReturns' });
    expect(total).toBe(5);
  });

  it('takes only of the pieces of a batch that a return is about, where it says so', async () => {
    const projectId = await payProject(test, 'street', { returnPenalty: { ...penalty, free: 0 } });
    const batch = await work(test, projectId, { count: 40 });
    // 40 pieces at 60; of ten a fifth is gone, and of four of them a tenth more.
    await sendBackOf(batch, 10);
    expect((await overview()).total).toMatchObject({ promised: [yuan(2400)], lostToReturns: [yuan(120)] });
    await sendBackOf(batch, 4, 2);
    expect((await overview()).total.lostToReturns).toEqual([yuan(6 * 12 + 4 * 18)]);
    expect((await test.call('returns.summary', { projectId })).neverReturned).toBe(30);
    const days = await test.call('accuracy.days', { projectId, ...november });
    expect(days.days.flatMap(({ mine }) => mine ?? [])).toMatchObject([{ correct: 30, total: 40 }]);
    const period = await test.call('figures.period', november);
    expect(period.projects).toMatchObject([{ pieces: 40, returned: 10 }]);
    // Nobody said how many: the penalty is announced for the batch, and that one piece came back is all that is known.
    const other = await payProject(test, 'night', { returnPenalty: { ...penalty, free: 0 } });
    const whole = await work(test, other, { count: 5 });
    await sendBackOf(whole, null);
    expect((await overview()).rows.find(({ projectId: id }) => id === other)!.lostToReturns).toEqual([yuan(60)]);
    expect((await test.call('returns.summary', { projectId: other })).neverReturned).toBe(4);
    await expect(sendBackOf(batch, 41)).rejects.toThrow('host/bad-input');
    await rebuiltTheSame(test);
  });

  it('takes nothing where none was announced, nor of what was recalled', async () => {
    const without = await payProject(test, 'free');
    await sendBack(await work(test, without), 4);
    expect((await overview()).total).toMatchObject({ lostToReturns: [yuan(0)], expected: [yuan(60)] });
    const projectId = await payProject(test, 'street', { returnPenalty: penalty });
    const task = await work(test, projectId);
    await sendBack(task, 3);
    recall(test, projectId, { works: works(task), pieces: 1 });
    expect((await overview()).total).toMatchObject({ lostToReturns: [yuan(0)], lostToRecalls: [yuan(60)] });
  });
});

describe('a month of pay', () => {
  it('adds pieces at the rate of their day to time paid by time, and sums projects', async () => {
    const street = await payProject(test, 'street');
    await setTerms(test, street, { effectiveFrom: '2026-11-15', rate: { per: 'piece', amount: yuan(50) } });
    await work(test, street, { day: '2026-11-14' });
    await work(test, street, { day: '2026-11-15' });
    // Before the working day begins at four, it is still the day before.
    await work(test, street, { doneAt: '2026-11-14T19:00:00.000Z' });
    const hourly = await payProject(test, 'voice', { rate: { per: 'hour', amount: dollars(3) } });
    await test.call('time.log', {
      lane: 'activity',
      what: 'annotating',
      start: '2026-11-10T01:00:00.000Z',
      end: '2026-11-10T02:30:00.000Z',
      paid: 'by-time',
      projectId: hourly,
      taskId: null,
      tag: null,
    });
    await work(test, null, { count: 4 });
    const { rows, total } = await overview();
    expect(total).toMatchObject({ pieces: 7, piecesWithoutTerms: 4, promised: [yuan(170), dollars(4.5)] });
    expect(rows.map(({ projectName, expected }) => [projectName, expected])).toEqual([
      ['voice', [dollars(4.5)]],
      ['street', [yuan(170)]],
      [null, []],
    ]);
  });

  it('counts each record in the one month its period ends in', async () => {
    const projectId = await payProject(test, 'street');
    await work(test, projectId, { count: 8 });
    await test.call('pay.announce', {
      projectId,
      periodFrom: november.from,
      periodTo: november.to,
      amount: yuan(480),
      promisedOn: '2026-12-15',
      note: null,
      attachments: [],
      happenedAt: test.clock.instant,
    });
    await receive(384_00, { projectId });
    await receive(10_00, { projectId, periodFrom: null, periodTo: null });
    await receive(99_00, { projectId, periodFrom: '2026-09-20', periodTo: '2026-10-20' });
    await test.call('pay.deduct', {
      projectId,
      amount: yuan(48),
      reason: 'accuracy',
      work: null,
      returned: null,
      attachments: [],
      happenedAt: test.clock.instant,
    });
    expect((await overview()).total).toMatchObject({
      announced: [yuan(480)],
      received: [yuan(394)],
      deducted: [yuan(48)],
      difference: [yuan(-86)],
      unexplained: [yuan(-38)],
    });
    expect((await overview(october)).total.received).toEqual([yuan(99)]);
    const { records, total } = await test.call('pay.list', november);
    expect(total).toBe(4);
    expect(records.find(({ kind }) => kind === 'deducted')).toMatchObject({ note: 'accuracy', amount: yuan(48) });
    const behind = await test.call('pay.entries', { ...november, figure: 'received', projectId });
    expect(behind.total).toBe(2);
  });

  it('expects a bonus only once its owner says that its condition was met, once a period', async () => {
    const bonus = { name: '全勤奖', amount: yuan(200), per: 'month' as const, condition: '不缺勤' };
    const promisedPayment = { after: 'month' as const, days: 15 };
    const projectId = await payProject(test, 'street', { bonuses: [bonus], promisedPayment });
    await work(test, projectId);
    const { rows } = await overview();
    expect(rows[0]).toMatchObject({
      bonuses: [{ ...bonus, met: null }],
      expected: [yuan(60)],
      promisedOn: '2026-12-15',
    });
    const meet = (name = bonus.name) => test.call('pay.meetBonus', { ...november, projectId, name });
    await expect(meet('another')).rejects.toMatchObject({ code: 'pay/no-such-bonus' });
    const { entryId } = await meet();
    await expect(meet()).rejects.toMatchObject({ code: 'pay/bonus-already-met' });
    const { rows: told, total } = await overview();
    expect(told[0]!.bonuses).toEqual([{ ...bonus, met: entryId }]);
    expect(total).toMatchObject({ promised: [yuan(60)], bonusesMet: [yuan(200)], expected: [yuan(260)] });
    expect(await test.call('pay.entries', { ...november, figure: 'bonusesMet' })).toEqual({
      total: 1,
      entries: [entryId],
    });
    expect((await overview(october)).total.bonusesMet).toEqual([]);
    await rebuiltTheSame(test);
    await test.call('ledger.correct', { reason: 'I was ill a day', corrections: [{ type: 'void', entryId }] });
    expect((await overview()).total.expected).toEqual([yuan(60)]);
  });

  it('says how late a promised payment is, until all that is expected has come', async () => {
    const projectId = await payProject(test, 'street', { promisedPayment: { after: 'month', days: 15 } });
    await work(test, projectId, { day: '2026-10-20', count: 2 });
    const late = async () => (await overview(october)).rows[0]!.late;
    // Promised for the 15th of November; it is the 22nd.
    expect(await late()).toEqual({ days: 7, open: true });
    const paid = { projectId, periodFrom: october.from, periodTo: october.to };
    await receive(60_00, { ...paid, happenedAt: '2026-11-10T01:00:00.000Z' });
    expect(await late()).toEqual({ days: 7, open: true });
    await receive(60_00, { ...paid, happenedAt: '2026-11-18T01:00:00.000Z' });
    expect(await late()).toEqual({ days: 3, open: false });
    await receive(60_00, { ...paid, happenedAt: '2026-11-15T01:00:00.000Z' });
    expect(await late()).toBeNull();
    // November's is not due yet.
    await work(test, projectId);
    expect((await overview()).rows[0]!.late).toBeNull();
  });

  it('reads the same after an amendment as had it been entered so', async () => {
    const projectId = await payProject(test, 'street');
    const { entryId } = await receive(100_00, { projectId });
    const { fields } = await test.call('ledger.get', { id: entryId });
    const values = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    await test.call('ledger.correct', {
      reason: 'typed wrong',
      corrections: [{ type: 'amend', entryId, values: { ...values, amount: yuan(80) } as never }],
    });
    expect((await overview()).total.received).toEqual([yuan(80)]);
    await rebuiltTheSame(test);
  });

  it('refuses what cannot be: a period that ends before it begins, unknown projects, returns and files', async () => {
    await expect(overview({ from: '2026-11-02', to: '2026-11-01' })).rejects.toMatchObject({ code: 'host/bad-input' });
    await expect(
      receive(1, { projectId: test.backend.ledger.self(test.backend.db.read) as never }),
    ).rejects.toMatchObject({ code: 'projects/not-found' });
    const backwards = { periodFrom: '2026-11-02', periodTo: '2026-11-01' };
    await expect(receive(1, backwards)).rejects.toMatchObject({ code: 'ledger/ends-before-start' });
    const blob = { blob: 'a'.repeat(64), bytes: 1, mediaType: 'text/plain', name: null };
    await expect(receive(1, { attachments: [blob] })).rejects.toMatchObject({ code: 'attachments/not-found' });
  });
});

describe('exchange rates', () => {
  it('60 yuan are 8.35 dollars at a rate that was entered, and nothing without one', async () => {
    const ask = () => test.call('exchangeRates.convert', { amount: yuan(60), to: 'USD', on: '2026-11-22' });
    await expect(ask()).rejects.toMatchObject({ code: 'rates/none', details: { from: 'CNY', to: 'USD' } });
    const rate = { from: 'CNY', to: 'USD', note: null };
    const { entryId } = await test.call('exchangeRates.set', {
      ...rate,
      rate: '0.1391667',
      effectiveFrom: '2026-01-01',
    });
    await test.call('exchangeRates.set', { ...rate, rate: '0.2', effectiveFrom: '2026-12-01' });
    expect(await ask()).toEqual({ amount: dollars(8.35), entryId });
    const projectId = await payProject(test, 'street');
    await work(test, projectId);
    await receive(30_00);
    const { converted } = await overview({ ...november, currency: 'USD' });
    expect(converted).toEqual({
      currency: 'USD',
      expected: dollars(8.35),
      received: dollars(4.18),
      difference: dollars(-4.17),
      withoutRate: [],
      entries: [entryId],
    });
    const { converted: none } = await overview({ ...november, currency: 'EUR' });
    expect(none).toMatchObject({ expected: null, withoutRate: ['CNY'] });
  });
});

describe('a statement', () => {
  it('is told apart from the ledger row by row', async () => {
    const projectId = await payProject(test, 'street');
    await work(test, projectId, { name: 'batch 1', count: 5 });
    await work(test, projectId, { name: 'batch 2', count: 3 });
    await work(test, projectId, { name: 'batch 3', count: 2 });
    const row = (name: string, count: number) => ({ id: null, name, date: '2026-11-10', count, amount: null });
    const { rows, missing } = await test.call('pay.reconcile', {
      ...november,
      projectId,
      rows: [row('batch 1', 5), { ...row('batch 2', 2), amount: yuan(120) }, row('batch 9', 1)],
    });
    expect(rows.map(({ outcome, differs }) => [outcome, differs])).toEqual([
      ['matched', []],
      ['different', ['count', 'amount']],
      ['extra', []],
    ]);
    expect(rows[1]!.ledger).toEqual({ day: '2026-11-10', count: 3, amounts: [yuan(180)] });
    expect(rows[0]!.entries).toHaveLength(1);
    expect(missing).toMatchObject([{ name: 'batch 3', count: 2, amount: yuan(120) }]);
  });
});

describe('a statement in a spreadsheet', () => {
  const asked = {
    reading: { encoding: null, delimiter: null, sheet: null, headerRow: null },
    columns: null,
    currency: 'CNY',
  };
  const entriesSoFar = () => test.backend.db.read.get<{ n: number }>('SELECT count(*) AS n FROM entry')!.n;

  it('is read straight from the file, my rows alone, and held against the ledger; nothing of it is kept', async () => {
    const projectId = await payProject(test, 'street');
    await work(test, projectId, { name: 'batch 1', count: 5 });
    await work(test, projectId, { name: 'batch 2', count: 3 });
    await work(test, projectId, { name: 'batch 3', count: 2 });
    const sheet = utils.aoa_to_sheet([
      ['十一月结算'],
      ['用户名', '日期', '任务名', '件数', '金额'],
      ['小李', '2026-11-10', 'batch 1', 50, 3000],
      ['小王', '2026-11-10', 'batch 1', 5, 300],
      ['小王', '2026-11-10', 'batch 2', 2, 120],
      ['小王', '2026-11-10', 'batch 9', 1, 60],
    ]);
    const path = join(test.dir, '十一月.xlsx');
    writeFileSync(path, write({ SheetNames: ['结算'], Sheets: { 结算: sheet } }, { type: 'buffer', bookType: 'xlsx' }));
    const before = entriesSoFar();
    const seen = await test.call('pay.readStatement', { source: { path }, ...asked });
    expect(seen).toMatchObject({ sheet: '结算', gaps: [], rows: [], use: { me: { column: '用户名', names: [] } } });
    expect(seen.people).toMatchObject({ total: 2 });
    const columns = { ...seen.use, me: { column: '用户名', names: ['小王'] } };
    const { rows, others, wrong } = await test.call('pay.readStatement', { source: { path }, ...asked, columns });
    expect([rows.length, others, wrong]).toEqual([3, 1, []]);
    const told = await test.call('pay.reconcile', { ...november, projectId, rows });
    expect(told.rows.map(({ outcome, differs }) => [outcome, differs])).toEqual([
      ['matched', []],
      ['different', ['count', 'amount']],
      ['extra', []],
    ]);
    expect(told.missing).toMatchObject([{ name: 'batch 3' }]);
    expect(entriesSoFar()).toBe(before);
  });

  it('is read as it was pasted, and names the place of a cell that does not fit', async () => {
    const pasted = 'date\tname\tpieces\n2026-11-10\tbatch 1\t5\n2026-11-11\tbatch 2\tmany\n2026-11-12\tbatch 3\t2\n';
    const seen = await test.call('pay.readStatement', { source: { pasted, name: 'pasted' }, ...asked });
    expect(seen.use.me).toBeNull();
    expect(seen.rows.map(({ name, count }) => [name, count])).toEqual([
      ['batch 1', 5],
      ['batch 3', 2],
    ]);
    expect(seen.wrong).toEqual([{ place: 'pasted!C3', text: 'many', why: 'count' }]);
  });
});

describe('claims', () => {
  it('grow older until they are closed, once', async () => {
    const projectId = await payProject(test, 'street');
    const { claimId } = await test.call('claims.open', {
      projectId,
      amount: yuan(96),
      whatFor: 'November came up 20 % short',
      madeTo: null,
      attachments: [],
      openedAt: test.clock.instant,
    });
    test.clock.advance(3 * 24 * 3_600_000);
    const list = () => test.call('claims.list', { open: true });
    expect((await list()).claims).toMatchObject([{ id: claimId, ageDays: 3, closed: null, projectName: 'street' }]);
    const close = () =>
      test.call('claims.close', {
        claimId,
        outcome: 'paid-in-part',
        amount: yuan(50),
        note: null,
        closedAt: test.clock.instant,
      });
    await close();
    expect((await list()).total).toBe(0);
    test.clock.advance(24 * 3_600_000);
    const [claim] = (await test.call('claims.list', {})).claims;
    expect(claim).toMatchObject({ ageDays: 3, closed: { outcome: 'paid-in-part', amount: yuan(50) } });
    await expect(close()).rejects.toMatchObject({ code: 'claims/already-closed' });
    await rebuiltTheSame(test);
  });
});
