import { connect, type Socket } from 'node:net';
import { type AnyReply, type ChangeListener, type Core, longestCall, refusal } from './core-port.ts';
import { openLineChannel } from './line-channel.ts';
import { readOwnerNote } from './owner-note.ts';
import type { FromOwner, ToOwner, WindowAnswer, WindowRequest } from './owner-protocol.ts';

/** The owner of a data folder, as another process of the same user reaches it. */
export interface OwnerConnection extends Pick<Core, 'call' | 'onChange' | 'close'> {
  readonly owner: { host: string; pid: number };
  showWindow(request: WindowRequest): Promise<WindowAnswer>;
}

/** An owner that does not greet within this time is not there. */
const greetingMs = 3_000;

type Answer = AnyReply | WindowAnswer;

/** Speaks to an owner that has greeted. */
function createConnection(
  socket: Socket,
  owner: OwnerConnection['owner'],
  channel: ReturnType<typeof openLineChannel>,
) {
  const pending = new Map<number, (answer: Answer) => void>();
  const listeners = new Set<ChangeListener>();
  let next = 0;
  let open = true;
  const send = (message: ToOwner) => channel.send(message);

  const ask = (message: (id: number) => ToOwner, closed: Answer) =>
    new Promise<Answer>((resolve) => {
      if (!open) return resolve(closed);
      next += 1;
      pending.set(next, resolve);
      send(message(next));
    });

  const connection: OwnerConnection = {
    owner,
    async call(name, input) {
      // Refused here already: the owner would cut the connection, and other calls with it.
      const bytes = Buffer.byteLength(JSON.stringify({ name, input }));
      if (bytes > longestCall) return refusal('host/too-large', { limit: longestCall });
      return (await ask((id) => ({ id, call: { name, input } }), refusal('host/closed'))) as AnyReply;
    },
    showWindow: async (request) =>
      (await ask((id) => ({ id, window: request }), { opened: false, address: null })) as WindowAnswer,
    onChange(listener) {
      if (listeners.size === 0) send({ watch: true });
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve();
        socket.once('close', () => resolve());
        channel.end();
      }),
  };

  const settleAll = (answer: AnyReply) => {
    for (const settle of pending.values()) settle('ok' in answer ? answer : refusal('host/closed'));
    pending.clear();
  };
  const receive = (message: FromOwner) => {
    if ('changes' in message) {
      for (const listener of listeners) listener(message.changes);
    } else if ('reply' in message && message.id === 0) {
      // The owner could not read far enough to know which call it refuses.
      settleAll(message.reply);
    } else if ('id' in message) {
      pending.get(message.id)?.('reply' in message ? message.reply : message.window);
      pending.delete(message.id);
    }
  };
  const ended = () => {
    open = false;
    settleAll(refusal('host/closed'));
  };
  return { connection, receive, ended };
}

/** Reaches the owner of a data folder; null when there is none, or only what a killed one left behind. */
export function connectToOwner(dataDir: string): Promise<OwnerConnection | null> {
  const note = readOwnerNote(dataDir);
  if (!note) return Promise.resolve(null);
  return new Promise((resolve) => {
    const socket = connect(note.socket);
    const timer = setTimeout(() => socket.destroy(), greetingMs);
    let speaker: ReturnType<typeof createConnection> | null = null;
    const channel = openLineChannel(socket, Infinity, {
      message(message) {
        const said = message as FromOwner;
        if (speaker) return speaker.receive(said);
        if (!('hello' in said)) return socket.destroy();
        clearTimeout(timer);
        speaker = createConnection(socket, said.hello, channel);
        resolve(speaker.connection);
      },
      closed() {
        clearTimeout(timer);
        speaker?.ended();
        resolve(null);
      },
    });
    socket.once('connect', () => channel.send({ secret: note.secret } satisfies ToOwner));
  });
}
