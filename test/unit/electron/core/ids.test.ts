import { expect, it } from 'vitest';
import { z } from 'zod';
import { createIds } from '#electron/core/ids.ts';

it('makes ids that are UUIDv7 of the clock, all different, and sort as they were made', () => {
  let now = Date.parse('2026-11-22T00:00:00.000Z');
  const ids = createIds({ now: () => now });
  const made = Array.from({ length: 10_000 }, (_, n) => {
    if (n % 3000 === 0) now += 1;
    return ids.uuid();
  });
  expect(made.every((id) => z.uuidv7().safeParse(id).success)).toBe(true);
  expect(new Set(made).size).toBe(made.length);
  expect([...made].sort()).toEqual(made);
  expect(parseInt((made[0] ?? '').replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-11-22T00:00:00.001Z'));
});

it('goes on upwards when the clock is set back', () => {
  let now = 1_000_000_000_000;
  const ids = createIds({ now: () => now });
  const first = ids.uuid();
  now -= 3_600_000;
  expect(ids.uuid() > first).toBe(true);
});

it('hands each random byte out once', () => {
  const ids = createIds({ now: () => 0 });
  const made = Array.from({ length: 2000 }, () => Buffer.from(ids.randomBytes(32)).toString('hex'));
  expect(new Set(made).size).toBe(made.length);
  expect(ids.randomBytes(10_000)).toHaveLength(10_000);
  expect(made.some((bytes) => bytes === '00'.repeat(32))).toBe(false);
});
