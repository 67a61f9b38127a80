import { vi } from 'vitest';

/** Waits until `check` no longer throws, and answers what it answers. Patient: a busy machine starts processes slowly. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000, interval: 20 });
}
