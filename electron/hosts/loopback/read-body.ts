import type { IncomingMessage } from 'node:http';

/** How much of a body that is too large is read and thrown away, so that the sender gets to read the answer. */
const drainLimit = 256_000_000;
const drainMs = 30_000;

/**
 * Reads what is left of a request without keeping it, and resolves when nothing is: an answer sent before would be lost to a sender that is still
 * writing when the connection closes. Cuts the connection when there is too much.
 */
export function drain(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let seen = 0;
    const timer = setTimeout(() => request.destroy(), drainMs);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    request.on('data', (chunk: Buffer) => {
      seen += chunk.length;
      if (seen > drainLimit) request.destroy();
    });
    request.once('end', done).once('close', done);
    request.resume();
  });
}

/** Reads a body up to `limit` bytes; null when it is longer, of which no more than `limit` was ever in memory. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return null;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) return void chunks.push(chunk);
      request.off('data', take);
      chunks.length = 0;
      resolve(null);
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}
