import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { contract, type OperationName } from '#shared/contract/contract.ts';
import type { Topic } from '#shared/contract/topics.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { cliSubject } from './cli.subject.ts';
import { electronSubject } from './electron.subject.ts';
import { loopbackSubject } from './loopback.subject.ts';
import { socketSubject } from './socket.subject.ts';
import type { Outcome, Subject } from './subject.ts';
import { eventually } from '#test/support/eventually.ts';

vi.mock('electron', async () => (await import('#test/support/fake-electron.ts')).electron);

const codeOf = (outcome: Outcome) => (outcome === 'no answer' ? outcome : outcome.ok ? 'ok' : outcome.error.code);

/** Queries that need nothing to be asked. */
const plainQueries = (Object.keys(contract) as OperationName[]).filter(
  (name) => contract[name].kind === 'query' && contract[name].input.safeParse({}).success,
);

// One suite for every way to the core: what holds in one host holds in all.
describe.each([loopbackSubject, socketSubject, electronSubject, cliSubject])('$name', ({ open, feed }) => {
  const folder = tempDir();
  let subject: Subject;

  beforeAll(async () => {
    subject = await open(folder.path);
  });

  afterAll(async () => {
    await subject.close();
    folder.remove();
  });

  const theme = async () => {
    const reply = await subject.call('settings.get', {});
    return reply.ok ? (reply.value as { theme: string }).theme : reply.error.code;
  };

  it('carries a good call out and answers what it answers', async () => {
    const set = await subject.call('settings.set', { theme: 'light', ui: { 'ä·中': [1.5, null, { a: '\u2028' }] } });
    expect(set).toMatchObject({ ok: true, value: { theme: 'light', ui: { 'ä·中': [1.5, null, { a: '\u2028' }] } } });
    expect(await subject.call('settings.get', {})).toMatchObject({
      ok: true,
      value: { theme: 'light', dataDir: folder.path },
    });
  });

  it('refuses bad input and says where', async () => {
    const reply = await subject.call('settings.set', { theme: 'blue' });
    expect(reply).toMatchObject({ ok: false, error: { code: 'host/bad-input', details: { path: 'theme' } } });
    for (const input of [null, 7, 'x', [], { more: 1 }, undefined]) {
      expect(codeOf(await subject.call('settings.get', input)), JSON.stringify(input)).toBe('host/bad-input');
    }
  });

  it.each([
    'settings.none',
    'settings',
    '',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'x'.repeat(5000),
  ])('knows no operation "%.20s"', async (name) => {
    const reply = await subject.call(name, {});
    expect(reply).toMatchObject({ ok: false, error: { code: 'host/unknown-operation' } });
    expect(JSON.stringify(reply).length).toBeLessThan(500);
  });

  it('turns strangers away before the core hears of them', async () => {
    await subject.call('settings.set', { theme: 'light' });
    for (const stranger of subject.strangers) {
      const outcome = await stranger.make('settings.set', { theme: 'dark' });
      expect(codeOf(outcome), stranger.what).toBe(stranger.refused);
      expect(await theme(), `after ${stranger.what}`).toBe('light');
    }
  });

  it('survives what is no call', async () => {
    await subject.call('settings.set', { theme: 'light' });
    for (const attempt of subject.malformed) {
      expect(codeOf(await attempt.make('', {})), attempt.what).toBe(attempt.refused);
    }
    expect(await theme()).toBe('light');
  });

  it('refuses 50 MB and goes on', async () => {
    await subject.call('settings.set', { theme: 'light' });
    const reply = await subject.call('settings.set', { theme: 'dark', ui: { big: 'x'.repeat(50_000_000) } });
    expect(reply).toMatchObject({ ok: false, error: { code: 'host/too-large', details: { limit: 40_000_000 } } });
    expect(await theme()).toBe('light');
  });

  it('answers many calls at once, each its own', async () => {
    const calls = Array.from({ length: subject.burst }, (_, n) =>
      subject.call('settings.set', { ui: { [`burst-${n}`]: n } }).then((reply) => [n, reply] as const),
    );
    for (const [n, reply] of await Promise.all(calls)) {
      expect(reply).toMatchObject({ ok: true, value: { ui: { [`burst-${n}`]: n } } });
    }
    const after = await subject.call('settings.get', {});
    const kept = Object.keys((after as { value: { ui: object } }).value.ui).filter((key) => key.startsWith('burst-'));
    expect(kept).toHaveLength(subject.burst);
  });

  it('tells of changes and of refusals nothing, where it has a change feed', async () => {
    if (!feed) return expect(subject.watch(() => undefined)).rejects.toThrow('no change feed');
    const heard: Topic[] = [];
    const stop = await subject.watch((topics) => heard.push(...topics));
    await subject.call('settings.set', { theme: 'blue' });
    await subject.call('settings.get', {});
    await subject.call('settings.set', { theme: 'light' });
    await eventually(() => expect(heard).toEqual(['settings']));
    stop();
    await subject.call('settings.set', { theme: 'light' });
    await sleep(100);
    expect(heard).toEqual(['settings']);
  });

  it('answers nothing but JSON', async () => {
    expect(plainQueries.length).toBeGreaterThan(5);
    for (const name of plainQueries) {
      const reply = await subject.call(name, {});
      expect(structuredClone(reply), name).toStrictEqual(JSON.parse(JSON.stringify(reply)));
    }
  });
});
