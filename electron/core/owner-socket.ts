import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { OperationName } from '#shared/contract/contract.ts';
import { type Core, longestCall, refusal } from './core-port.ts';
import { type LineChannel, openLineChannel } from './line-channel.ts';
import { chooseSocketPath, removeOwnerNote, writeOwnerNote } from './owner-note.ts';
import { type FromOwner, longestLine, type ToOwner, type WindowAnswer, type WindowRequest } from './owner-protocol.ts';

export interface OwnerSocketOptions {
  dataDir: string;
  /** Name of the host, for people and for `host/busy`. */
  host: string;
  core: Core;
  showWindow(request: WindowRequest): Promise<WindowAnswer>;
}

/** The open socket of a data folder's owner. */
export interface OwnerSocket {
  close(): Promise<void>;
}

/** What only the owner itself may ask for: it would pull the ledger away from under an open window. */
const ownerOnly: readonly string[] = ['backups.restore' satisfies OperationName];

/** A guest that has not shown the secret by then is turned away. */
const greetingMs = 5_000;

function isSecret(given: unknown, secret: string): boolean {
  if (typeof given !== 'string' || given.length !== secret.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(secret));
}

/** Serves one guest of the data folder. */
function welcome(socket: Socket, secret: string, options: OwnerSocketOptions): void {
  const { core, host } = options;
  let known = false;
  let stopWatching: (() => void) | null = null;
  const greeting = setTimeout(() => socket.destroy(), greetingMs);
  const send = (message: FromOwner) => channel.send(message);

  const greet = (message: ToOwner) => {
    if (!('secret' in message) || !isSecret(message.secret, secret)) {
      socket.destroy();
      return;
    }
    clearTimeout(greeting);
    known = true;
    send({ hello: { host, pid: process.pid } });
  };

  const receive = async (message: ToOwner) => {
    if (message === null || typeof message !== 'object') return channel.end();
    if (!known) return greet(message);
    if ('watch' in message) {
      stopWatching ??= core.onChange((topics) => send({ changes: [...topics] }));
    } else if ('window' in message) {
      send({ id: message.id, window: await options.showWindow(message.window) });
    } else if ('call' in message) {
      const { name, input } = message.call;
      const busy = ownerOnly.some((each) => each === name);
      const reply = busy
        ? refusal('host/busy', { owner: `${host}, ${process.pid}` })
        : await core.call(typeof name === 'string' ? name : '', input);
      send({ id: message.id, reply });
    }
  };

  const channel: LineChannel = openLineChannel(socket, longestLine, {
    message: (message) => void receive(message as ToOwner),
    closed(problem) {
      clearTimeout(greeting);
      stopWatching?.();
      if (problem === 'too-large') tellTooLarge(socket);
    },
  });
}

/** The line that was too long can't be told apart from others any more, so its refusal carries no number. */
function tellTooLarge(socket: Socket): void {
  const message: FromOwner = { id: 0, reply: refusal('host/too-large', { limit: longestCall }) };
  socket.end(`${JSON.stringify(message)}\n`);
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // The socket must never be open to others, not even between making it and chmod.
    const before = process.umask(0o177);
    try {
      server.listen(path, resolve);
    } finally {
      process.umask(before);
    }
  });
}

/**
 * Opens the socket through which others of the same user reach the owner of a data folder, and leaves the note that says where.
 * The caller holds the folder's lock, so a socket or note that lies there already is a dead one's.
 */
export async function openOwnerSocket(options: OwnerSocketOptions): Promise<OwnerSocket> {
  const secret = randomBytes(32).toString('hex');
  const path = chooseSocketPath(options.dataDir);
  const pipe = process.platform === 'win32';
  if (!pipe) rmSync(path, { force: true });
  const guests = new Set<Socket>();
  const server = createServer((socket) => {
    guests.add(socket);
    socket.once('close', () => guests.delete(socket));
    welcome(socket, secret, options);
  });
  await listen(server, path);
  if (!pipe) chmodSync(path, 0o600);
  writeOwnerNote(options.dataDir, {
    pid: process.pid,
    host: options.host,
    startedAt: new Date().toISOString(),
    socket: path,
    secret,
  });
  return {
    close: () =>
      new Promise((resolve) => {
        removeOwnerNote(options.dataDir);
        server.close(() => resolve());
        for (const guest of guests) guest.destroy();
      }),
  };
}
