import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  app,
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  protocol,
  session,
  shell,
} from 'electron';
import type { Output } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import { appRoot } from '#electron/core/app-root.ts';
import type { Core } from '#electron/core/core-port.ts';
import { chooseDataDir, makeDataDir } from '#electron/core/data-dir.ts';
import { chooseHostLanguage, createHostText } from '#electron/core/host-text.ts';
import { createHttpFace } from '#electron/core/http-face.ts';
import { type Owned, ownFolder } from '#electron/core/owner.ts';
import { programVersions } from '#electron/core/program-versions.ts';
import { channels } from '#electron/preload/channels.ts';
import { appPage } from './app-origin.ts';
import { carryCalls } from './electron-calls.ts';
import { electronCapabilities } from './electron-capabilities.ts';
import { declareScheme, servePages } from './electron-protocol.ts';
import { confine, hardenSession } from './electron-session.ts';
import { createGlobalKey } from './global-key.ts';
import { createSmallTimer } from './small-timer.ts';

export interface ElectronFlags {
  dataDir: string;
  language: 'zh-CN' | 'en' | null;
}

/** A page that dies again this soon after it was loaded anew would die for ever. */
const reloadPauseMs = 10_000;

/** Reads our flags from among Chromium's own. */
export function readElectronFlags(args: string[]): ElectronFlags {
  const options = { 'data-dir': { type: 'string' }, lang: { type: 'string' } } as const;
  const { values } = parseArgs({ args, options, strict: false, allowPositionals: true });
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const lang = text(values.lang);
  return {
    dataDir: chooseDataDir(text(values['data-dir'])),
    language: lang === 'zh-CN' || lang === 'en' ? lang : null,
  };
}

/** Folders and switches that hold for the whole process; to be set before the app is ready. */
function prepareApp({ dataDir, language }: ElectronFlags): void {
  const chromiumDir = join(dataDir, 'cache', 'electron');
  makeDataDir(dataDir);
  mkdirSync(chromiumDir, { recursive: true, mode: 0o700 });
  app.setPath('userData', dataDir);
  app.setPath('sessionData', chromiumDir);
  declareScheme(protocol);
  // Whatever part of Chromium would like to: no name is looked up, no proxy asked, nothing fetched in the background.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('no-proxy-server');
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'no-pings',
  ]) {
    app.commandLine.appendSwitch(name);
  }
  if (language) app.commandLine.appendSwitch('lang', language);
}

/** A window that can do nothing but show the program's page. */
function confinedWindow(options: BrowserWindowConstructorOptions): BrowserWindow {
  return new BrowserWindow({
    ...options,
    webPreferences: {
      preload: join(appRoot, 'dist', 'node', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
}

/** The one window. */
function openWindow(): BrowserWindow {
  const window = confinedWindow({
    width: 1366,
    height: 768,
    minWidth: 960,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
  });
  window.once('ready-to-show', () => window.show());
  let reloadedAt = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || performance.now() - reloadedAt < reloadPauseMs) return;
    reloadedAt = performance.now();
    window.webContents.reload();
  });
  void window.loadURL(appPage);
  return window;
}

class ElectronHost {
  readonly #flags: ElectronFlags;
  #window: BrowserWindow | null = null;
  #owned: Owned | null = null;
  #closing: 'no' | 'under-way' | 'done' = 'no';
  readonly #timer = createSmallTimer(confinedWindow);
  readonly #globalKey = createGlobalKey(globalShortcut, () => this.#timer.toggle());

  constructor(flags: ElectronFlags) {
    this.#flags = flags;
  }

  /** Brings the window to the front, opening it when there is none. */
  show(): void {
    if (!this.#owned) return;
    if (!this.#window) {
      this.#window = openWindow();
      this.#window.once('closed', () => {
        this.#window = null;
        // The timer is a part of the program's window, not a program of its own.
        this.#timer.hide();
      });
      return;
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.focus();
  }

  /** Answers false when another process has the data folder and showed its window instead. */
  async start(): Promise<boolean> {
    const { dataDir, language } = this.#flags;
    const taken = await ownFolder({
      dataDir,
      host: 'electron',
      capabilities: electronCapabilities({
        dialog,
        shell,
        dataDir,
        language,
        versions: programVersions(),
        window: () => this.#window,
        timer: this.#timer,
        globalKey: this.#globalKey,
      }),
      showWindow: async (request) => {
        if (request === 'open') this.show();
        return { opened: request === 'open', address: null };
      },
    });
    if ('owner' in taken) {
      await taken.owner.showWindow('open');
      await taken.owner.close();
      return false;
    }
    this.#owned = taken.owned;
    const { core } = taken.owned;
    hardenSession(session.defaultSession);
    servePages(protocol, createHttpFace({ rendererDir: join(appRoot, 'dist', 'renderer'), core }));
    carryCalls(ipcMain, core);
    core.onChange((topics) => {
      for (const window of [this.#window, this.#timer.window]) window?.webContents.send(channels.changes, { topics });
    });
    this.show();
    void this.#listenAgain(core);
    await taken.owned.admitGuests();
    return true;
  }

  /** Listens for the key its owner set in an earlier run. One that is refused now stays set: Settings says so. */
  async #listenAgain(core: Pick<Core, 'call'>): Promise<void> {
    const reply = await core.call('settings.get', {});
    const keys = reply.ok ? (reply.value as Output<'settings.get'>).ui['host.globalKey'] : null;
    if (typeof keys === 'string') this.#globalKey.set(keys);
  }

  /** Closes the core before the process ends; `will-quit` is held up until then. */
  holdQuit(event: { preventDefault(): void }): void {
    if (this.#closing === 'done' || !this.#owned) return;
    event.preventDefault();
    if (this.#closing === 'under-way') return;
    this.#closing = 'under-way';
    void this.#owned.close().finally(() => {
      this.#closing = 'done';
      app.quit();
    });
  }
}

/** Copy and paste need a menu on macOS; elsewhere the menu would only offer what a browser does. */
function setMenu(): void {
  const menu = Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]);
  Menu.setApplicationMenu(process.platform === 'darwin' ? menu : null);
}

/** Says why the program cannot start, in words, and ends it. */
function giveUp(error: unknown, { language }: ElectronFlags): void {
  const text = createHostText(chooseHostLanguage(language ?? undefined));
  const sentence = error instanceof AppError ? text(`errors.${error.code}`, error.details) : String(error);
  dialog.showErrorBox('Counterledger', sentence);
  app.exit(1);
}

/** Runs the Electron host: one window over one data folder, until the window is closed. */
export function runElectronHost(args: string[]): void {
  const flags = readElectronFlags(args);
  try {
    prepareApp(flags);
  } catch (error) {
    return giveUp(error, flags);
  }
  if (!app.requestSingleInstanceLock()) return app.quit();
  const host = new ElectronHost(flags);
  app.on('second-instance', () => host.show());
  app.on('activate', () => host.show());
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => host.holdQuit(event));
  app.on('web-contents-created', (_event, contents) => confine(contents));
  process.on('SIGTERM', () => app.quit()).on('SIGINT', () => app.quit());
  void app.whenReady().then(async () => {
    setMenu();
    try {
      if (!(await host.start())) app.quit();
    } catch (error) {
      giveUp(error, flags);
    }
  });
}
