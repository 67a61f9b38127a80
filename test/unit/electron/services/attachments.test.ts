import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { samplePng } from '#test/support/sample-png.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');

describe('attachments', () => {
  let core: TestBackend;
  beforeEach(async () => {
    core = await openTestBackend();
  });
  afterEach(() => core.close());

  const add = (bytes: Buffer, mediaType = 'image/png') =>
    core.call('attachments.add', { data: bytes.toString('base64'), mediaType, name: 'shot.png' });
  const pathOf = (blob: string) => join(core.dir, 'attachments', blob.slice(0, 2), blob);
  const log = (blob: Awaited<ReturnType<typeof add>>) =>
    core.call('elsewhere.log', {
      projectId: null,
      name: 'batch 7',
      count: 40,
      timeMs: 3_600_000,
      attachments: [blob],
      note: null,
      doneAt: core.clock.instant,
    });

  it('are kept by the hash of their bytes, once', async () => {
    const shot = samplePng(20, 10);
    const first = await add(shot);
    expect(first).toEqual({ blob: sha256(shot), bytes: shot.length, mediaType: 'image/png', name: 'shot.png' });
    expect(readFileSync(pathOf(first.blob))).toEqual(shot);
    expect(await add(shot)).toEqual(first);
    expect(readdirSync(join(core.dir, 'attachments', 'unfinished'))).toEqual([]);
    expect(await core.call('attachments.get', { blob: first.blob })).toEqual({
      url: `/blob/${first.blob}`,
      bytes: shot.length,
    });
    expect(await core.backend.resolveBlob(first.blob)).toEqual({
      path: pathOf(first.blob),
      mediaType: 'image/png',
      bytes: shot.length,
    });
    const none = 'a'.repeat(64);
    await expect(core.call('attachments.get', { blob: none })).rejects.toMatchObject({ code: 'attachments/not-found' });
    expect(await core.backend.resolveBlob(none)).toEqual({ problem: 'missing' });
  });

  it.each([
    ['<!doctype html><script>alert(1)</script>', 'text/html', 'application/octet-stream'],
    ['<!doctype html><script>alert(1)</script>', 'image/png', 'application/octet-stream'],
    ['<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', 'image/svg+xml', 'application/octet-stream'],
    ['a,b\n1,2\n', 'text/csv; charset=utf-8', 'text/csv'],
    ['\0binary', 'text/plain', 'application/octet-stream'],
    ['%PDF-1.7', 'text/html', 'application/pdf'],
  ])('are called what their bytes are: %j as %s', async (text, given, kept) => {
    expect((await add(Buffer.from(text), given)).mediaType).toBe(kept);
  });

  it('refuse what is too large and what is not Base64', async () => {
    await expect(add(Buffer.alloc(24 * 1024 * 1024 + 1))).rejects.toMatchObject({ code: 'attachments/too-large' });
    const asked = { mediaType: 'image/png', name: null };
    for (const data of ['a', 'ab=', 'a-_b', 'AAAA\n']) {
      await expect(core.call('attachments.add', { ...asked, data })).rejects.toMatchObject({ code: 'host/bad-input' });
    }
  });

  it('are swept after a day when no entry names them', async () => {
    const kept = await add(samplePng(1, 1));
    const unused = await add(samplePng(2, 2));
    const fresh = await add(samplePng(3, 3));
    await log(kept);
    const before = new Date(core.clock.now() - 25 * 60 * 60 * 1000);
    for (const { blob } of [kept, unused]) utimesSync(pathOf(blob), before, before);
    writeFileSync(join(core.dir, 'attachments', 'unfinished', 'half'), 'x');
    await core.reopen();
    expect([kept, unused, fresh].map(({ blob }) => existsSync(pathOf(blob)))).toEqual([true, false, true]);
    await expect(core.call('attachments.get', { blob: unused.blob })).rejects.toMatchObject({
      code: 'attachments/not-found',
    });
    expect(readdirSync(join(core.dir, 'attachments', 'unfinished'))).toEqual([]);
  });

  it('stay when they are attached again before they are swept', async () => {
    const again = await add(samplePng(2, 2));
    const before = new Date(core.clock.now() - 25 * 60 * 60 * 1000);
    utimesSync(pathOf(again.blob), before, before);
    await add(samplePng(2, 2));
    await core.reopen();
    expect(existsSync(pathOf(again.blob))).toBe(true);
  });
});

describe('work done elsewhere', () => {
  let core: TestBackend;
  beforeEach(async () => {
    core = await openTestBackend();
  });
  afterEach(() => core.close());

  const work = (more: object = {}) => ({
    projectId: null,
    name: 'segment 12',
    count: 1,
    taskKind: null,
    timeMs: null,
    attachments: [],
    note: null,
    doneAt: core.clock.instant,
    ...more,
  });

  it('is an entry as stated, with what was attached as it was found to be', async () => {
    const shot = samplePng(9, 9);
    const blob = await core.call('attachments.add', {
      data: shot.toString('base64'),
      mediaType: 'image/png',
      name: 'shot.png',
    });
    const { taskId, entryId } = await core.call(
      'elsewhere.log',
      work({ count: 40, timeMs: 60_000, attachments: [{ ...blob, bytes: 1, mediaType: 'text/html' }] }),
    );
    const [entry] = core.backend.ledger.effective(core.backend.db.read, taskId);
    expect(entry).toMatchObject({ id: entryId, kind: 'work.elsewhere', source: 'stated', occurredEnd: null });
    const { tasks, total } = await core.call('elsewhere.list', {});
    expect(total).toBe(1);
    expect(tasks[0]).toEqual({ ...work({ count: 40, timeMs: 60_000, attachments: [blob] }), id: taskId });
  });

  it('is listed newest first, by project', async () => {
    const { projectId } = await core.call('projects.createSample', { language: 'en' });
    const start = core.clock.now();
    const at = (ms: number) => new Date(start - ms).toISOString();
    await core.call('elsewhere.log', work({ name: 'old', doneAt: at(5000), projectId }));
    await core.call('elsewhere.log', work({ name: 'new', doneAt: at(1000), projectId }));
    await core.call('elsewhere.log', work({ name: 'middle', doneAt: at(3000) }));
    const names = async (filter: object) => (await core.call('elsewhere.list', filter)).tasks.map(({ name }) => name);
    expect(await names({})).toEqual(['new', 'middle', 'old']);
    expect(await names({ projectId })).toEqual(['new', 'old']);
    expect(await names({ offset: 1, limit: 1 })).toEqual(['middle']);
  });

  it('refuses what cannot be', async () => {
    const none = '01920000-0000-7000-8000-0000000000aa';
    const blob = { blob: 'a'.repeat(64), bytes: 1, mediaType: 'x', name: null };
    const log = (more: object) => core.call('elsewhere.log', work(more));
    await expect(log({ projectId: none })).rejects.toMatchObject({ code: 'projects/not-found' });
    await expect(log({ attachments: [blob] })).rejects.toMatchObject({ code: 'attachments/not-found' });
    await expect(log({ doneAt: '2030-01-01T00:00:00.000Z' })).rejects.toMatchObject({ code: 'ledger/in-the-future' });
    expect((await core.call('elsewhere.list', {})).total).toBe(0);
  });

  it('follows its amendment and disappears when it is voided', async () => {
    const { entryId } = await core.call('elsewhere.log', work());
    const { db, ledger } = core.backend;
    const values = {
      project: null,
      name: 'segment 13',
      count: 2,
      task_kind: null,
      time_spent_ms: null,
      attachments: [],
      note: 'x',
    };
    const id = entryId as never;
    const [amended] = db.transaction((tx) => ledger.correct(tx, [{ type: 'amend', entryId: id, values }], 'typo'));
    expect((await core.call('elsewhere.list', {})).tasks).toMatchObject([{ name: 'segment 13', count: 2, note: 'x' }]);
    db.transaction((tx) => ledger.correct(tx, [{ type: 'void', entryId: amended!.id }], 'not mine'));
    expect((await core.call('elsewhere.list', {})).tasks).toEqual([]);
  });
});
