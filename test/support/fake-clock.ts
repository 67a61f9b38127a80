import type { Clock } from '#electron/core/ports.ts';

/** A clock that moves only when told. All clocks start where real ones might. */
export class FakeClock implements Clock {
  #wall: number;
  #monotonic = 12_345.5;
  #sinceBoot = 98_765;
  #zone: string;

  constructor(start = '2026-11-22T01:00:00.000Z', zone = 'Asia/Shanghai') {
    this.#wall = Date.parse(start);
    this.#zone = zone;
  }

  now(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  sinceBoot(): number {
    return this.#sinceBoot;
  }

  zone(): string {
    return this.#zone;
  }

  /** The wall clock as an instant. */
  get instant(): string {
    return new Date(this.#wall).toISOString();
  }

  /** Time passes: all clocks move. */
  advance(ms: number): void {
    this.#wall += ms;
    this.#monotonic += ms;
    this.#sinceBoot += ms;
  }

  /** Somebody sets the wall clock. */
  jump(ms: number): void {
    this.#wall += ms;
  }

  /** The machine sleeps: the wall clock moves, the monotonic one stands still, as on Linux. */
  suspend(ms: number): void {
    this.#wall += ms;
    this.#sinceBoot += ms;
  }

  setZone(zone: string): void {
    this.#zone = zone;
  }
}
