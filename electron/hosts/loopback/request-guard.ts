import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is turned away before anything looks into it. */
export interface Objection {
  status: 401 | 403 | 405 | 415 | 421;
  code: 'host/unauthorized' | 'host/forbidden-origin' | 'host/bad-input';
}

const wrongOrigin = (status: 403 | 421): Objection => ({ status, code: 'host/forbidden-origin' });

/**
 * Whether a request comes from this host's own page, as far as a browser tells: the name in Host must be the address itself (a foreign
 * name that resolves to it is a rebinding attack), Origin must be our own where there is one, and the browser must not say that
 * another site asked.
 */
export function objectToOrigin(headers: IncomingHttpHeaders, port: number): Objection | null {
  const authority = `127.0.0.1:${port}`;
  if (headers.host !== authority) return wrongOrigin(421);
  const origin = headers.origin;
  if (origin !== undefined && origin !== `http://${authority}`) return wrongOrigin(403);
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return wrongOrigin(403);
  return null;
}

/** Whether a request to carry out an operation has the form only a page of our own can give it. */
export function objectToCall(method: string | undefined, headers: IncomingHttpHeaders): Objection | null {
  if (method !== 'POST') return { status: 405, code: 'host/bad-input' };
  if (headers.origin === undefined) return wrongOrigin(403);
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  return type === 'application/json' ? null : { status: 415, code: 'host/bad-input' };
}

/** Cookies do not tell ports apart, so the name does. */
export const cookieName = (port: number) => `counterledger-${port}`;

/** The session in the Cookie header, or undefined. */
export function sessionIn(headers: IncomingHttpHeaders, port: number): string | undefined {
  const start = `${cookieName(port)}=`;
  const cookies = headers.cookie?.split(';').map((each) => each.trim()) ?? [];
  return cookies.find((each) => each.startsWith(start))?.slice(start.length);
}
