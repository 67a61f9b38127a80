import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectToOwner } from '#electron/core/owner-connection.ts';
import { readOwnerNote } from '#electron/core/owner-note.ts';
import { endHost, startLoopbackProcess } from '#test/support/host-process.ts';
import type { Outcome, Subject, SubjectKind } from './subject.ts';

/** Says lines to the owner's socket and answers what it says back until it hangs up. */
async function say(path: string, lines: readonly string[]): Promise<Outcome> {
  const socket = connect(path);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const heard: string[] = [];
  createInterface({ input: socket }).on('line', (line) => heard.push(line));
  socket.write(lines.map((line) => `${line}\n`).join(''));
  const hungUp = once(socket, 'close').then(() => true);
  if (!(await Promise.race([hungUp, sleep(2000, false)]))) throw new Error('the owner did not hang up');
  const replies = heard.map((line) => JSON.parse(line) as { reply?: Outcome });
  return replies.find((each) => each.reply !== undefined)?.reply ?? 'no answer';
}

async function untilNoted(dataDir: string) {
  for (let tries = 0; tries < 100; tries += 1) {
    const note = readOwnerNote(dataDir);
    if (note) return note;
    await sleep(50);
  }
  throw new Error('the owner left no note');
}

/** The owner of a data folder as another process of the same user reaches it: what the cli does while a window is open. */
export const socketSubject: SubjectKind = {
  name: 'owner socket',
  feed: true,
  async open(dataDir): Promise<Subject> {
    const host = startLoopbackProcess(['--data-dir', dataDir, '--no-open']);
    await host.address;
    const note = await untilNoted(dataDir);
    const owner = await connectToOwner(dataDir);
    if (!owner) throw new Error('no owner');
    const secret = JSON.stringify({ secret: note.secret });
    const call = (name: string, input: unknown) => JSON.stringify({ id: 1, call: { name, input } });
    return {
      call: owner.call,
      watch: async (listener) => {
        const stop = owner.onChange(listener);
        // The wish to hear travels ahead of this call on the same line.
        await owner.call('operations.list', {});
        return stop;
      },
      strangers: [
        { what: 'no secret', refused: 'no answer', make: (name, input) => say(note.socket, [call(name, input)]) },
        {
          what: 'a wrong secret',
          refused: 'no answer',
          make: (name, input) => say(note.socket, [JSON.stringify({ secret: 'f'.repeat(64) }), call(name, input)]),
        },
        {
          what: 'a secret that is no text',
          refused: 'no answer',
          make: (name, input) => say(note.socket, ['{"secret":{"length":64}}', call(name, input)]),
        },
      ],
      malformed: ['{', 'null', '7', 'hello'].map((line) => ({
        what: line,
        refused: 'no answer',
        make: () => say(note.socket, [secret, line]),
      })),
      burst: 200,
      async close() {
        await owner.close();
        await endHost(host);
      },
    };
  },
};
