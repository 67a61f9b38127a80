import type { Socket } from 'node:net';

/** Newline-delimited JSON over a socket, in both directions. */
export interface LineChannel {
  send(message: unknown): void;
  /** Ends the connection after what was sent. */
  end(): void;
}

export interface LineChannelEvents {
  message(message: unknown): void;
  /** Called once, with what was wrong or null for an ordinary end. */
  closed(problem: 'too-large' | 'not-json' | 'broken' | null): void;
}

/** How long the rest of an overlong line is thrown away before the connection is cut. */
const drainMs = 5_000;

/** Carries JSON values, one a line. A line over `limit` bytes or one that is no JSON ends the connection. */
export function openLineChannel(socket: Socket, limit: number, events: LineChannelEvents): LineChannel {
  let parts: Buffer[] = [];
  let held = 0;
  let open = true;

  const close = (problem: 'too-large' | 'not-json' | 'broken' | null) => {
    if (!open) return;
    open = false;
    parts = [];
    events.closed(problem);
    // The rest of a line that is too long is read and thrown away for a while, so that the other side gets to read why.
    if (problem === 'too-large') setTimeout(() => socket.destroy(), drainMs).unref();
    if (problem === null || problem === 'too-large') socket.end();
    else socket.destroySoon();
  };

  const take = (line: Buffer) => {
    let message: unknown;
    try {
      message = JSON.parse(line.toString('utf8'));
    } catch {
      return close('not-json');
    }
    events.message(message);
  };

  socket.on('data', (chunk: Buffer) => {
    let from = 0;
    while (open) {
      const at = chunk.indexOf(10, from);
      const piece = chunk.subarray(from, at < 0 ? undefined : at);
      held += piece.length;
      if (held > limit) return close('too-large');
      if (piece.length > 0) parts.push(piece);
      if (at < 0) return;
      from = at + 1;
      const line = Buffer.concat(parts);
      parts = [];
      held = 0;
      if (line.length > 0) take(line);
    }
  });
  socket.once('error', () => close('broken'));
  socket.once('close', () => close(null));

  return {
    send(message) {
      if (open) socket.write(`${JSON.stringify(message)}\n`);
    },
    end: () => close(null),
  };
}
