import { existsSync } from 'node:fs';
import { EventEmitter } from 'node:events';
import { isAbsolute } from 'node:path';
import type { BrowserWindowConstructorOptions, OnBeforeRequestListenerDetails } from 'electron';

/**
 * A stand-in for the `electron` module, with what the Electron host uses and nothing else: reading any member it does not know throws, so
 * that a call into Electron nobody has thought about here fails a test instead of passing it. It keeps Electron's own rules where
 * breaking them would only show in a real window: what must happen before the app is ready, values cloned between processes,
 * one handler a channel.
 */
function strict<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, key, receiver) {
      if (typeof key === 'string' && !(key in target)) throw new Error(`the stand-in knows no ${name}.${key}`);
      return Reflect.get(target, key, receiver) as unknown;
    },
    set(_target, key) {
      throw new Error(`nothing may set ${name}.${String(key)}`);
    },
  });
}

type Listener = Parameters<EventEmitter['on']>[1];
type Handler = (event: unknown, ...args: unknown[]) => unknown;

interface Event {
  defaultPrevented: boolean;
  preventDefault(): void;
}

function makeEvent<T extends object>(more: T): Event & T {
  const event = { ...more, defaultPrevented: false, preventDefault: () => void (event.defaultPrevented = true) };
  return event;
}

/** A frame of a page, as the main process sees it. */
export interface FakeFrame {
  url: string;
}

/** A page and what the host has set upon it. */
export class FakePage extends EventEmitter {
  readonly mainFrame: FakeFrame = { url: '' };
  /** What was sent to the page, as the page would receive it. */
  readonly received: { channel: string; args: unknown[] }[] = [];
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  reloads = 0;
  /** Listeners the preload script added. */
  readonly heard = new EventEmitter();

  readonly contents = strict('webContents', {
    mainFrame: this.mainFrame,
    on: (event: string, listener: Listener) => void this.on(event, listener),
    getURL: () => this.mainFrame.url,
    setWindowOpenHandler: (handler: NonNullable<FakePage['openHandler']>) => void (this.openHandler = handler),
    reload: () => void (this.reloads += 1),
    send: (channel: string, ...args: unknown[]) => {
      const cloned = structuredClone(args);
      this.received.push({ channel, args: cloned });
      this.heard.emit(channel, {}, ...cloned);
    },
  });

  /** Lets something happen on the page and answers whether the host prevented it. */
  attempt(event: string, details: object = {}): boolean {
    const made = makeEvent(details);
    this.emit(event, made, details);
    return made.defaultPrevented;
  }
}

/** Everything the host did to its surroundings, and ways to act as the user and the system would. */
class Desktop {
  ready = false;
  quitting = false;
  exitCode: number | null = null;
  firstInstance = true;
  paths: Record<string, string> = {};
  switches: Record<string, string> = {};
  privileged: { scheme: string; privileges: object }[] = [];
  schemes = new Map<string, (request: Request) => Response | Promise<Response>>();
  handlers = new Map<string, Handler>();
  windows: FakeWindow[] = [];
  menu: unknown = undefined;
  errorBoxes: string[] = [];
  /** What the next dialog answers. */
  openAnswer: { canceled: boolean; filePaths: string[] } = { canceled: true, filePaths: [] };
  saveAnswer: { canceled: boolean; filePath: string } = { canceled: true, filePath: '' };
  dialogs: unknown[] = [];
  revealed: string[] = [];
  /** What the host listens for while other programs are in front. */
  globalKeys = new Map<string, () => void>();
  /** Keys another program has taken. */
  takenKeys = new Set<string>();
  session = {
    permissionRequest: null as ((contents: unknown, permission: string, answer: (ok: boolean) => void) => void) | null,
    permissionCheck: null as ((contents: unknown, permission: string) => boolean) | null,
    device: null as (() => boolean) | null,
    spellCheck: true,
    dictionaries: 'https://the.default.example/',
    beforeRequest: null as
      ((details: OnBeforeRequestListenerDetails, answer: (verdict: { cancel?: boolean }) => void) => void) | null,
  };
  app = new EventEmitter();
  #whenReady = Promise.withResolvers<void>();
  #whenGone = Promise.withResolvers<number>();

  whenReady = () => this.#whenReady.promise;
  /** Settles with the exit code when the app has ended. */
  whenGone = () => this.#whenGone.promise;

  makeReady(): void {
    this.ready = true;
    this.#whenReady.resolve();
  }

  exit(code: number): void {
    this.exitCode ??= code;
    this.#whenGone.resolve(this.exitCode);
  }

  quit(): void {
    const event = makeEvent({});
    this.app.emit('will-quit', event);
    if (!event.defaultPrevented) this.exit(0);
  }

  /** Calls the host as the page in `frame` would: values are cloned on the way in and out. */
  async invoke(page: FakePage, frame: FakeFrame | null, channel: string, ...args: unknown[]): Promise<unknown> {
    const handler = this.handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const cloned = structuredClone(args);
    return structuredClone(await handler({ sender: page.contents, senderFrame: frame }, ...cloned));
  }

  /** Whether the window may load an address. */
  mayLoad(url: string): boolean {
    let cancelled = false;
    this.session.beforeRequest?.(
      { url } as OnBeforeRequestListenerDetails,
      ({ cancel }) => (cancelled = cancel ?? false),
    );
    return !cancelled;
  }
}

/** The desktop of the test under way. */
export let desktop = new Desktop();

/** Begins again on a clean desktop. */
export function resetDesktop(): Desktop {
  desktop = new Desktop();
  return desktop;
}

class FakeWindow {
  readonly options: BrowserWindowConstructorOptions;
  readonly page = new FakePage();
  readonly events = new EventEmitter();
  readonly acts: string[] = [];
  loaded: string | null = null;
  minimized = false;
  focused = false;
  readonly face: object;

  constructor(options: BrowserWindowConstructorOptions) {
    if (!desktop.ready) throw new Error('Cannot create BrowserWindow before app is ready');
    this.options = options;
    const act = (name: string) => () => void this.acts.push(name);
    this.face = strict('BrowserWindow', {
      webContents: this.page.contents,
      once: (event: string, listener: Listener) => void this.events.once(event, listener),
      isMinimized: () => this.minimized,
      show: act('show'),
      restore: act('restore'),
      focus: act('focus'),
      isFocused: () => this.focused,
      close: () => this.close(),
      loadURL: (url: string) => this.#load(url),
    });
    desktop.windows.push(this);
    desktop.app.emit('web-contents-created', {}, this.page.contents);
  }

  async #load(url: string): Promise<void> {
    this.loaded = url;
    const handler = desktop.schemes.get(new URL(url).protocol.slice(0, -1));
    const response = await handler?.(new Request(url));
    if (!response?.ok) throw new Error(`${url}: ${response?.status ?? 'no such scheme'}`);
    this.page.mainFrame.url = url;
    this.events.emit('ready-to-show');
  }

  /** As the user closes it. */
  close(): void {
    desktop.windows = desktop.windows.filter((each) => each !== this);
    this.events.emit('closed');
    if (desktop.windows.length === 0) desktop.app.emit('window-all-closed');
  }
}

function beforeReady(what: string): void {
  if (desktop.ready) throw new Error(`${what} must be called before the app is ready`);
}

const app = strict('app', {
  on: (event: string, listener: Listener) => void desktop.app.on(event, listener),
  whenReady: () => desktop.whenReady(),
  requestSingleInstanceLock: () => desktop.firstInstance,
  quit: () => desktop.quit(),
  exit: (code: number) => desktop.exit(code),
  setPath(name: string, path: string) {
    if (!['userData', 'sessionData'].includes(name)) throw new Error(`Failed to set path '${name}'`);
    if (!isAbsolute(path) || !existsSync(path)) throw new Error(`Path must be an absolute folder that exists: ${path}`);
    beforeReady('setPath');
    desktop.paths[name] = path;
  },
  commandLine: strict('app.commandLine', {
    appendSwitch(name: string, value = '') {
      beforeReady('appendSwitch');
      desktop.switches[name] = value;
    },
  }),
});

const session = strict('session', {
  get defaultSession() {
    if (!desktop.ready) throw new Error('Session can only be received when app is ready');
    const set = desktop.session;
    return strict('session.defaultSession', {
      setPermissionRequestHandler: (handler: typeof set.permissionRequest) => void (set.permissionRequest = handler),
      setPermissionCheckHandler: (handler: typeof set.permissionCheck) => void (set.permissionCheck = handler),
      setDevicePermissionHandler: (handler: typeof set.device) => void (set.device = handler),
      setSpellCheckerEnabled: (on: boolean) => void (set.spellCheck = on),
      setSpellCheckerDictionaryDownloadURL: (url: string) => void (set.dictionaries = url),
      webRequest: strict('webRequest', {
        onBeforeRequest: (listener: typeof set.beforeRequest) => void (set.beforeRequest = listener),
      }),
    });
  },
});

const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: Desktop['privileged']) {
    beforeReady('registerSchemesAsPrivileged');
    desktop.privileged.push(...schemes);
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>) {
    if (desktop.schemes.has(scheme)) throw new Error(`The scheme ${scheme} has been registered already`);
    desktop.schemes.set(scheme, handler);
  },
});

const ipcMain = strict('ipcMain', {
  handle(channel: string, handler: Handler) {
    if (desktop.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    desktop.handlers.set(channel, handler);
  },
});

const dialog = strict('dialog', {
  async showOpenDialog(...args: unknown[]) {
    desktop.dialogs.push(args.at(-1));
    return desktop.openAnswer;
  },
  async showSaveDialog(...args: unknown[]) {
    desktop.dialogs.push(args.at(-1));
    return desktop.saveAnswer;
  },
  showErrorBox: (_title: string, text: string) => void desktop.errorBoxes.push(text),
});

const shell = strict('shell', { showItemInFolder: (path: string) => void desktop.revealed.push(path) });

const globalShortcut = strict('globalShortcut', {
  register(keys: string, run: () => void) {
    if (!desktop.ready) throw new Error('globalShortcut cannot be used before the app is ready');
    if (desktop.takenKeys.has(keys)) return false;
    desktop.globalKeys.set(keys, run);
    return true;
  },
  unregister: (keys: string) => void desktop.globalKeys.delete(keys),
});

const Menu = strict('Menu', {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => void (desktop.menu = menu),
});

/** What `import ... from 'electron'` gives; a name that is not here fails the import. */
export const electron = {
  app,
  session,
  protocol,
  ipcMain,
  dialog,
  shell,
  Menu,
  globalShortcut,
  // A constructor may answer another object, here the strict one.
  BrowserWindow: function BrowserWindow(options: BrowserWindowConstructorOptions) {
    return new FakeWindow(options).face;
  } as unknown as new (options: BrowserWindowConstructorOptions) => object,
};
