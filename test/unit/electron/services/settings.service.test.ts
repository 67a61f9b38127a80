import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

let core: TestBackend;

beforeEach(async () => {
  core = await openTestBackend();
});

afterEach(() => core.close());

const untouched = { language: null, theme: 'auto', dayStartHour: 4, idleAfterMinutes: 5, ui: {} };

describe('settings', () => {
  it('begin with defaults, the data folder and a first start', async () => {
    expect(await core.call('settings.get', {})).toEqual({ ...untouched, dataDir: core.dir, firstStart: true });
  });

  it('change only what was given, and are there after a restart', async () => {
    expect(await core.call('settings.set', { theme: 'dark' })).toEqual({ ...untouched, theme: 'dark' });
    await core.call('settings.set', { language: 'zh-CN', dayStartHour: 0 });
    await core.reopen();
    expect(await core.call('settings.get', {})).toEqual({
      ...untouched,
      theme: 'dark',
      language: 'zh-CN',
      dayStartHour: 0,
      dataDir: core.dir,
      firstStart: false,
    });
  });

  it('merge what screens remember key by key, whatever the keys are called', async () => {
    await core.call('settings.set', { ui: { zoom: 2, ledger: { columns: ['kind'] } } });
    const { ui } = await core.call('settings.set', { ui: { zoom: null, constructor: 'a', theme: 'b' } });
    expect(ui).toEqual({ zoom: null, ledger: { columns: ['kind'] }, constructor: 'a', theme: 'b' });
    expect((await core.call('settings.get', {})).theme).toBe('auto');
  });

  it('refuse what no schema allows and keep the rest', async () => {
    await expect(core.call('settings.set', { dayStartHour: 24, theme: 'dark' })).rejects.toMatchObject({
      code: 'host/bad-input',
    });
    expect((await core.call('settings.get', {})).theme).toBe('auto');
  });

  it('are announced', async () => {
    const heard: string[][] = [];
    core.backend.onChange((topics) => heard.push([...topics]));
    await core.call('settings.set', { theme: 'light' });
    expect(heard).toEqual([['settings']]);
  });
});
