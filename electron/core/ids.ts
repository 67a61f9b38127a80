import { randomFillSync } from 'node:crypto';
import type { Clock, Ids } from './ports.ts';

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');

/** Random bytes are fetched from the system this many at a time, and each is handed out once. */
const POOL = 4096;
const pool = new Uint8Array(POOL);
let used = POOL;

function pooled(bytes: Uint8Array): void {
  if (bytes.length > POOL) return void randomFillSync(bytes);
  if (used + bytes.length > POOL) {
    randomFillSync(pool);
    used = 0;
  }
  bytes.set(pool.subarray(used, used + bytes.length));
  pool.fill(0, used, used + bytes.length);
  used += bytes.length;
}

/**
 * Ids as RFC 9562 section 5.7 has them (UUIDv7), by the given clock: 48 bits of milliseconds, then a 12-bit counter that starts
 * low in each millisecond (section 6.2, method 1), then 62 random bits. Ids of one process therefore sort in the order they
 * were made, even when the wall clock is set back.
 */
export function createIds(clock: Pick<Clock, 'now'>, fill: (bytes: Uint8Array) => void = pooled): Ids {
  let last = 0;
  let counter = 0;

  const randomBytes = (length: number) => {
    const bytes = new Uint8Array(length);
    fill(bytes);
    return bytes;
  };

  const tick = () => {
    const now = Math.max(clock.now(), last);
    counter = now > last ? 0 : counter + 1;
    last = counter > 0xfff ? now + 1 : now;
    if (counter > 0xfff) counter = 0;
  };

  return {
    randomBytes,
    uuid() {
      tick();
      const random = randomBytes(8);
      random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
      const tail = Buffer.from(random.buffer, random.byteOffset, random.length).toString('hex');
      const time = hex(last, 12);
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${tail.slice(0, 4)}-${tail.slice(4)}`;
    },
  };
}
