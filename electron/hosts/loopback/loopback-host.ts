import { join } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import { appRoot } from '#electron/core/app-root.ts';
import { chooseDataDir } from '#electron/core/data-dir.ts';
import { createHostText, chooseHostLanguage, type HostText } from '#electron/core/host-text.ts';
import { type Owned, ownFolder } from '#electron/core/owner.ts';
import type { OwnerConnection } from '#electron/core/owner-connection.ts';
import { plainCapabilities } from '#electron/core/plain-capabilities.ts';
import type { WindowAnswer, WindowRequest } from '#electron/core/owner-protocol.ts';
import { type AppWindows, createAppWindows } from './app-window.ts';
import { findBrowser } from './find-browser.ts';
import type { LoopbackFlags } from './loopback-flags.ts';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

/** An address handed to a browser on its command line can be read by others until it is used. */
const commandLineLifeMs = 60_000;

const say = (line: string) => process.stderr.write(`${line}\n`);

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** Another process has the data folder: it is asked for its window, or for an address to it. */
async function visitOwner(owner: OwnerConnection, open: boolean, text: HostText): Promise<void> {
  const answer = await owner.showWindow(open ? 'open' : 'address');
  if (answer.address !== null) process.stdout.write(`ready ${answer.address}\n`);
  say(text('host.alreadyOpen', { host: owner.owner.host, pid: owner.owner.pid }));
  await owner.close();
}

class LoopbackHost {
  readonly #flags: LoopbackFlags;
  readonly #text: HostText;
  readonly #windows: AppWindows;
  #server: LoopbackServer | null = null;
  #owned: Owned | null = null;
  #end: (code: number) => void = () => undefined;
  /** Settles with the exit code when the host has ended. */
  readonly ended: Promise<number>;

  constructor(flags: LoopbackFlags, dataDir: string, text: HostText) {
    this.#flags = flags;
    this.#text = text;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#windows = createAppWindows({
      profileDir: join(dataDir, 'cache', 'browser'),
      language: flags.language,
      uid: process.getuid?.(),
      onClosed: (opened) => {
        if (opened) void this.close();
        else say(text('host.windowFailed'));
      },
    });
  }

  showWindow = async (request: WindowRequest): Promise<WindowAnswer> => {
    if (!this.#server) return { opened: false, address: null };
    if (request === 'open' && this.#openWindow()) return { opened: true, address: null };
    return { opened: false, address: this.#server.address() };
  };

  async run(owned: Owned): Promise<void> {
    this.#owned = owned;
    this.#server = await startLoopbackServer({
      core: owned.core,
      rendererDir: join(appRoot, 'dist', 'renderer'),
      port: this.#flags.port,
      signedOut: ['en', 'zh-CN'].map((each) => createHostText(chooseHostLanguage(each))('host.signedOut')).join('\n'),
      log: owned.log,
      onWindows: (count) => this.#windows.connected(count),
    });
    process.stdout.write(`ready ${this.#server.address()}\n`);
    if (this.#flags.open && !this.#openWindow()) say(this.#text(hasDisplay() ? 'host.noBrowser' : 'host.noDisplay'));
    await owned.admitGuests();
  }

  #openWindow(): boolean {
    const browser = hasDisplay() ? findBrowser() : null;
    if (!browser || !this.#server) return false;
    this.#windows.open(browser, this.#server.address(commandLineLifeMs));
    return true;
  }

  #closing = false;
  async close(code = 0): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    await this.#windows.close();
    await this.#server?.close();
    await this.#owned?.close();
    this.#end(code);
  }
}

/**
 * Runs the loopback host until its window is closed or it is told to end, and answers the exit code. Without a display or a browser it
 * prints the address and stays up. On a data folder that is open already, it brings that window up instead.
 */
export async function runLoopbackHost(flags: LoopbackFlags): Promise<number> {
  const text = createHostText(chooseHostLanguage(flags.language ?? undefined));
  const dataDir = chooseDataDir(flags.dataDir);
  const host = new LoopbackHost(flags, dataDir, text);
  const end = () => void host.close();
  process.on('SIGTERM', end).on('SIGINT', end).on('SIGHUP', end);
  // Not awaited: a signal ends the host in the middle of its start as well.
  void startHost(host, flags, dataDir, text);
  return host.ended;
}

async function startHost(host: LoopbackHost, flags: LoopbackFlags, dataDir: string, text: HostText): Promise<void> {
  try {
    const taken = await ownFolder({
      dataDir,
      host: 'loopback',
      capabilities: plainCapabilities('loopback', flags.language),
      showWindow: host.showWindow,
    });
    if ('owned' in taken) return await host.run(taken.owned);
    await visitOwner(taken.owner, flags.open, text);
    await host.close();
  } catch (error) {
    say(error instanceof AppError ? text(`errors.${error.code}`, error.details) : (error as Error).message);
    await host.close(1);
  }
}
