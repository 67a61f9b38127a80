import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** One-time tokens, and the sessions they are turned into. */
export interface Sessions {
  /** A fresh token; `lifeMs` limits how long it can be used, for one that other users could read off the process list. */
  issue(lifeMs?: number): string;
  /** Turns a token into a session, once; null when it is unknown, used or too old. */
  redeem(token: string): string | null;
  /** Whether this is a session that a token was turned into. */
  has(session: string): boolean;
}

const secret = () => randomBytes(32).toString('base64url');
/** Secrets are compared by digest, so that neither length nor first letters show in the time it takes. */
const digest = (value: string) => createHash('sha256').update(value).digest();

/** Keeps tokens and sessions for as long as the host runs. `now` is monotonic milliseconds. */
export function createSessions(now: () => number = () => performance.now()): Sessions {
  const tokens: { digest: Buffer; until: number }[] = [];
  const sessions: Buffer[] = [];
  return {
    issue(lifeMs = Infinity) {
      const token = secret();
      tokens.push({ digest: digest(token), until: now() + lifeMs });
      return token;
    },
    redeem(token) {
      const given = digest(token);
      const at = tokens.findIndex((each) => timingSafeEqual(each.digest, given));
      const [found] = at < 0 ? [] : tokens.splice(at, 1);
      if (!found || found.until < now()) return null;
      const session = secret();
      sessions.push(digest(session));
      return session;
    },
    has(session) {
      const given = digest(session);
      return sessions.some((each) => timingSafeEqual(each, given));
    },
  };
}
