import { describe, expect, it } from 'vitest';
import { createSessions } from '#electron/hosts/loopback/sessions.ts';

describe('sessions', () => {
  it('come from tokens, each once', () => {
    const sessions = createSessions();
    const [first, second] = [sessions.issue(), sessions.issue()];
    const session = sessions.redeem(first);
    expect(sessions.has(session ?? '')).toBe(true);
    expect(sessions.redeem(first)).toBeNull();
    expect(sessions.redeem(second)).not.toBe(session);
  });

  it('cannot be guessed, nor made of a token or nothing', () => {
    const sessions = createSessions();
    const token = sessions.issue();
    expect(token).toMatch(/^[\w-]{43}$/);
    for (const guess of ['', 'x', token.slice(1), `${token} `, token.toLowerCase()]) {
      expect(sessions.redeem(guess)).toBeNull();
      expect(sessions.has(guess)).toBe(false);
    }
    expect(sessions.has(token)).toBe(false);
  });

  it('are not given for a token that is too old', () => {
    let now = 0;
    const sessions = createSessions(() => now);
    const [short, long] = [sessions.issue(1000), sessions.issue()];
    now = 1001;
    expect(sessions.redeem(short)).toBeNull();
    expect(sessions.redeem(long)).not.toBeNull();
  });
});
