import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnyReply } from '#electron/core/core-port.ts';
import { connectToOwner } from '#electron/core/owner-connection.ts';
import { isLongerThan } from '#electron/hosts/electron/electron-calls.ts';
import { readElectronFlags, runElectronHost } from '#electron/hosts/electron/electron-host.ts';
import { channels } from '#electron/preload/channels.ts';
import { electron, FakePage, resetDesktop } from '#test/support/fake-electron.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { endHost, startLoopbackProcess } from '#test/support/host-process.ts';
import { eventually } from '#test/support/eventually.ts';

vi.mock('electron', async () => (await import('#test/support/fake-electron.ts')).electron);

// Each host of this file listens for signals as if it were alone.
process.setMaxListeners(100);

let folder: ReturnType<typeof tempDir>;
let desktop: ReturnType<typeof resetDesktop>;

beforeEach(() => {
  folder = tempDir();
  desktop = resetDesktop();
});

afterEach(async () => {
  if (desktop.ready && desktop.exitCode === null) {
    electron.app.quit();
    await desktop.whenGone();
  }
  folder.remove();
});

/** Starts the host and waits for its window. */
async function startWindow(...flags: string[]) {
  runElectronHost(['.', '--data-dir', folder.path, ...flags]);
  desktop.makeReady();
  return eventually(() => {
    const window = desktop.windows[0];
    if (!window) throw new Error(`no window: ${desktop.errorBoxes.join()}`);
    if (window.page.mainFrame.url === '') throw new Error('its page is not there yet');
    return window;
  });
}

async function call(name: string, input: unknown): Promise<AnyReply> {
  const page = desktop.windows[0]?.page;
  if (!page) throw new Error('no window');
  return (await desktop.invoke(page, page.mainFrame, channels.call, name, input)) as AnyReply;
}

describe('the stand-in', () => {
  it('fails on whatever it does not know', () => {
    expect(() => (electron.app as unknown as { relaunch(): void }).relaunch()).toThrow('knows no app.relaunch');
    expect(() => (electron.dialog as unknown as Record<string, unknown>)['showMessageBox']).toThrow('knows no');
    expect(() => new electron.BrowserWindow({})).toThrow('before app is ready');
    expect(() => electron.session.defaultSession).toThrow('when app is ready');
  });
});

describe('readElectronFlags', () => {
  it('finds our flags among those of Chromium', () => {
    const flags = readElectronFlags([
      '/program',
      '--no-sandbox',
      '--data-dir',
      '/d',
      '--lang=zh-CN',
      '--ozone-platform=x11',
    ]);
    expect(flags).toEqual({ dataDir: '/d', language: 'zh-CN' });
    expect(readElectronFlags(['--data-dir=/d', '--lang', 'fr'])).toEqual({ dataDir: '/d', language: null });
  });
});

describe('the window', () => {
  it('is sandboxed and has the program’s page in it', async () => {
    const { options, loaded, acts } = await startWindow();
    expect(options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    });
    expect(options.webPreferences?.preload).toMatch(/dist.node.preload\.cjs$/);
    expect(loaded).toBe('app://counterledger/');
    await eventually(() => expect(acts).toEqual(['show']));
    expect(desktop.privileged).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    ]);
  });

  it('stays on that page: no other pages, windows, frames or web views', async () => {
    const { page } = await startWindow();
    expect(page.attempt('will-navigate', { url: 'https://example.org/' })).toBe(true);
    expect(page.attempt('will-navigate', { url: 'app://counterledger/media/x' })).toBe(true);
    expect(page.attempt('will-navigate', { url: 'app://counterledger/' })).toBe(false);
    expect(page.attempt('will-frame-navigate', { isMainFrame: false, url: 'app://counterledger/' })).toBe(true);
    expect(page.attempt('will-redirect', { url: 'app://counterledger/' })).toBe(true);
    expect(page.attempt('will-attach-webview')).toBe(true);
    expect(page.openHandler?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
  });

  it('reaches nothing but the program and what it made itself', async () => {
    await startWindow();
    for (const url of [
      'https://example.org/',
      'http://127.0.0.1/',
      'wss://example.org/',
      'ftp://a/',
      'file:///etc/passwd',
    ]) {
      expect(desktop.mayLoad(url), url).toBe(false);
    }
    for (const url of ['app://counterledger/x.js', 'blob:app://counterledger/1', 'data:,x', 'devtools://devtools/x']) {
      expect(desktop.mayLoad(url), url).toBe(true);
    }
    expect(desktop.mayLoad('app://other/')).toBe(false);
    expect(desktop.switches).toMatchObject({ 'host-resolver-rules': 'MAP * ~NOTFOUND', 'no-proxy-server': '' });
    expect(desktop.session).toMatchObject({ spellCheck: false });
    expect(desktop.mayLoad(desktop.session.dictionaries)).toBe(true);
  });

  it('has no permissions but to fill the clipboard', async () => {
    const { page } = await startWindow();
    await eventually(() => expect(page.mainFrame.url).toBe('app://counterledger/'));
    const { permissionCheck, permissionRequest, device } = desktop.session;
    const asked = (permission: string, from = page) => {
      let granted: boolean | null = null;
      permissionRequest?.(from.contents, permission, (ok) => (granted = ok));
      return [granted, permissionCheck?.(from.contents, permission)];
    };
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'fileSystem',
      'openExternal',
      'usb',
    ]) {
      expect(asked(permission), permission).toEqual([false, false]);
    }
    expect(asked('clipboard-sanitized-write')).toEqual([true, true]);
    const stranger = new FakePage();
    stranger.mainFrame.url = 'https://example.org/';
    expect(asked('clipboard-sanitized-write', stranger)).toEqual([false, false]);
    expect(permissionCheck?.(null, 'clipboard-sanitized-write')).toBe(false);
    expect(device?.()).toBe(false);
  });

  it('is served the renderer and media in parts, and nothing under another name', async () => {
    await startWindow();
    const serve = desktop.schemes.get('app');
    const index = await serve?.(new Request('app://counterledger/'));
    expect(index?.status).toBe(200);
    expect(index?.headers.get('content-security-policy')).toContain("default-src 'none'");
    const part = await serve?.(new Request('app://counterledger/', { headers: { range: 'bytes=0-4' } }));
    expect(part?.status).toBe(206);
    expect((await part?.text())?.length).toBe(5);
    const media = '/media/01920000-0000-7000-8000-000000000001';
    expect((await serve?.(new Request(`app://counterledger${media}`)))?.status).toBe(404);
    expect((await serve?.(new Request('app://other/')))?.status).toBe(404);
    expect((await serve?.(new Request('app://counterledger/', { method: 'POST' })))?.status).toBe(405);
  });

  it('whose page died is loaded anew, once in a while', async () => {
    const { page } = await startWindow();
    page.emit('render-process-gone', {}, { reason: 'crashed' });
    page.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(page.reloads).toBe(1);
  });
});

describe('the app', () => {
  it('keeps Chromium’s own files in the cache of the data folder', async () => {
    await startWindow();
    expect(desktop.paths).toEqual({ userData: folder.path, sessionData: join(folder.path, 'cache', 'electron') });
  });

  it('closes the core before it ends with its window', async () => {
    const window = await startWindow();
    await call('settings.set', { theme: 'dark' });
    window.close();
    expect(await desktop.whenGone()).toBe(0);
    expect(await connectToOwner(folder.path)).toBeNull();
    desktop = resetDesktop();
    await startWindow();
    expect(await call('settings.get', {})).toMatchObject({ ok: true, value: { theme: 'dark' } });
  });

  it('lets a second instance end and brings its window to the front', async () => {
    const window = await startWindow();
    window.minimized = true;
    desktop.app.emit('second-instance');
    expect(window.acts.slice(-2)).toEqual(['restore', 'focus']);
    const owner = await eventually(async () => {
      const found = await connectToOwner(folder.path);
      expect(found).not.toBeNull();
      return found;
    });
    window.minimized = false;
    expect(await owner?.showWindow('open')).toEqual({ opened: true, address: null });
    expect(window.acts.at(-1)).toBe('focus');
    expect(owner?.owner.host).toBe('electron');
    await owner?.close();
  });

  it('is such a second instance where another holds the lock', () => {
    desktop.firstInstance = false;
    runElectronHost(['--data-dir', folder.path]);
    expect(desktop.exitCode).toBe(0);
  });

  it('leaves a folder that the loopback host has open to it', async () => {
    const other = startLoopbackProcess(['--data-dir', folder.path, '--no-open']);
    await other.address;
    runElectronHost(['--data-dir', folder.path]);
    desktop.makeReady();
    expect(await desktop.whenGone()).toBe(0);
    expect(desktop.windows).toEqual([]);
    await endHost(other);
  });

  it('says why it cannot start', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    runElectronHost(['--data-dir', join(file, 'below'), '--lang', 'en']);
    desktop.makeReady();
    expect(await desktop.whenGone()).toBe(1);
    expect(desktop.errorBoxes.join()).toContain(file);
  });

  it('answers what it can do, with the language asked for', async () => {
    await startWindow('--lang', 'zh-CN');
    expect(await call('host.capabilities', {})).toMatchObject({
      ok: true,
      value: { host: 'electron', chooseFolder: true, chooseSaveFile: true, revealFile: true, language: 'zh-CN' },
    });
    expect(desktop.switches['lang']).toBe('zh-CN');
  });
});

describe('dialogs', () => {
  it('answer what was chosen, or null', async () => {
    await startWindow();
    desktop.openAnswer = { canceled: false, filePaths: ['/photos'] };
    desktop.saveAnswer = { canceled: false, filePath: '/out.json' };
    expect(await call('host.chooseFolder', { title: 'T' })).toEqual({ ok: true, value: { path: '/photos' } });
    const save = { title: 'S', suggestedName: 'coco.json' };
    expect(await call('host.chooseSaveFile', save)).toEqual({ ok: true, value: { path: '/out.json' } });
    expect(desktop.dialogs).toEqual([
      { title: 'T', properties: ['openDirectory'] },
      { title: 'S', defaultPath: 'coco.json' },
    ]);
    desktop.openAnswer = { canceled: true, filePaths: [] };
    desktop.saveAnswer = { canceled: true, filePath: '' };
    expect(await call('host.chooseFolder', { title: 'T' })).toEqual({ ok: true, value: { path: null } });
    expect(await call('host.chooseSaveFile', save)).toEqual({ ok: true, value: { path: null } });
  });

  it('show a file of the data folder or one just saved, and no other', async () => {
    const outside = tempDir();
    await startWindow();
    const saved = join(outside.path, 'coco.json');
    const other = join(outside.path, 'other');
    const backup = join(folder.path, 'backups');
    mkdirSync(backup, { recursive: true });
    writeFileSync(saved, '');
    writeFileSync(other, '');
    const refused = (code: string) => ({ ok: false, error: { code } });
    expect(await call('host.revealFile', { path: saved })).toMatchObject(refused('files/not-allowed'));
    desktop.saveAnswer = { canceled: false, filePath: saved };
    await call('host.chooseSaveFile', { title: 'S', suggestedName: 'coco.json' });
    for (const path of [saved, folder.path, backup]) {
      expect(await call('host.revealFile', { path })).toEqual({ ok: true, value: {} });
    }
    const climbing = `${folder.path}/../${outside.path.split('/').at(-1)}/other`;
    for (const path of [other, climbing]) {
      expect(await call('host.revealFile', { path })).toMatchObject(refused('files/not-allowed'));
    }
    expect(await call('host.revealFile', { path: '/none' })).toMatchObject(refused('files/not-found'));
    expect(desktop.revealed).toEqual([saved, folder.path, backup].map((path) => realpathSync(path)));
    outside.remove();
  });
});

describe('the small timer', () => {
  const timerWindow = () =>
    eventually(() => {
      const timer = desktop.windows.find(({ loaded }) => loaded === 'app://counterledger/#timer');
      if (!timer || timer.page.mainFrame.url === '') throw new Error('no timer');
      return timer;
    });

  it('is a window of the same confinement, small and in front, and hears what changes', async () => {
    await startWindow();
    expect(await call('host.capabilities', {})).toMatchObject({ value: { smallTimer: true, globalKey: true } });
    await call('host.showSmallTimer', { open: true });
    const timer = await timerWindow();
    expect(timer.options).toMatchObject({ alwaysOnTop: true, resizable: false, width: 300 });
    expect(timer.options.webPreferences).toEqual(desktop.windows[0]?.options.webPreferences);
    await eventually(() => expect(timer.acts).toEqual(['show']));
    expect(timer.page.attempt('will-navigate', { url: 'https://example.org/' })).toBe(true);
    expect(timer.page.openHandler?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
    const asked = await desktop.invoke(timer.page, timer.page.mainFrame, channels.call, 'time.switch', {
      activity: 'meeting',
    });
    expect(asked).toMatchObject({ ok: true });
    await eventually(() => expect(timer.page.received.map(({ channel }) => channel)).toContain(channels.changes));
    // Asked for again, it comes to the front instead of twice.
    await call('host.showSmallTimer', { open: true });
    expect(desktop.windows).toHaveLength(2);
    expect(timer.acts).toEqual(['show', 'show', 'focus']);
    await call('host.showSmallTimer', { open: false });
    expect(desktop.windows).toHaveLength(1);
  });

  it('goes with the window it belongs to', async () => {
    const window = await startWindow();
    await call('host.showSmallTimer', { open: true });
    await timerWindow();
    window.close();
    expect(desktop.windows).toEqual([]);
    expect(await desktop.whenGone()).toBe(0);
  });

  it('is opened and closed by the key its owner set, which the next start hears again', async () => {
    await startWindow();
    expect(desktop.globalKeys.size).toBe(0);
    desktop.takenKeys.add('Alt+X');
    expect(await call('host.setGlobalKey', { keys: 'Alt+X' })).toMatchObject({
      error: { code: 'host/key-refused', details: { keys: 'Alt+X' } },
    });
    expect(await call('host.setGlobalKey', { keys: 'Ctrl+Alt+T' })).toEqual({ ok: true, value: {} });
    await call('settings.set', { ui: { 'host.globalKey': 'Ctrl+Alt+T' } });
    const press = () => desktop.globalKeys.get('CommandOrControl+Alt+T')?.();
    press();
    const timer = await timerWindow();
    timer.focused = true;
    press();
    expect(desktop.windows).toHaveLength(1);

    electron.app.quit();
    await desktop.whenGone();
    desktop = resetDesktop();
    await startWindow();
    await eventually(() => expect([...desktop.globalKeys.keys()]).toEqual(['CommandOrControl+Alt+T']));
    await call('host.setGlobalKey', { keys: null });
    expect(desktop.globalKeys.size).toBe(0);
  });
});

describe('isLongerThan', () => {
  it('counts roughly what JSON would take', () => {
    const value = { a: ['x'.repeat(100), 1, null, true], b: { c: 'y'.repeat(50) } };
    const length = JSON.stringify(value).length;
    expect(isLongerThan(value, length * 2)).toBe(false);
    expect(isLongerThan(value, 150)).toBe(true);
    expect(isLongerThan(new Uint8Array(1000), 900)).toBe(true);
    expect(isLongerThan(null, 10)).toBe(false);
  });

  it('ends for a value that contains itself', () => {
    const round: Record<string, unknown> = {};
    round['again'] = round;
    expect(isLongerThan(round, 1_000_000)).toBe(true);
  });
});
