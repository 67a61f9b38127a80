import type { ServerResponse } from 'node:http';
import type { ChangeListener } from '#electron/core/core-port.ts';

/** The event streams of the windows that are open: how they hear of changes, and how the host knows that they are there. */
export interface ChangeStreams {
  add(response: ServerResponse): void;
  announce: ChangeListener;
  readonly count: number;
  close(): void;
}

const heartbeatMs = 20_000;
/** A window that does not read is cut off; it connects again and fetches everything. */
const longestBacklog = 1_000_000;

/** Keeps the streams; `onCount` hears how many there are whenever that changes. */
export function createChangeStreams(onCount: (count: number) => void): ChangeStreams {
  const streams = new Set<ServerResponse>();
  const write = (text: string) => {
    for (const stream of streams) {
      if (stream.writableLength > longestBacklog) stream.destroy();
      else stream.write(text);
    }
  };
  // Finds windows that are gone without a word.
  const heartbeat = setInterval(() => write(':\n\n'), heartbeatMs);
  heartbeat.unref();
  return {
    add(response) {
      response.write(':\n\n');
      streams.add(response);
      onCount(streams.size);
      response.once('close', () => {
        streams.delete(response);
        onCount(streams.size);
      });
    },
    announce: (topics) => write(`data: ${JSON.stringify({ topics })}\n\n`),
    get count() {
      return streams.size;
    },
    close() {
      clearInterval(heartbeat);
      for (const stream of streams) stream.end();
    },
  };
}
