import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { createInterface } from 'node:readline';
import type { ChangeNotice } from '#shared/contract/contract.ts';

/** An answer, whole. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A request as no browser would let a page make it: every header can be set, Host too. */
export function rawRequest(
  port: number,
  options: { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer },
): Promise<Answer> {
  const { method = 'GET', path, headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
      });
      response.once('error', reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** A page of the loopback host: it redeemed the one-time address and sends what a browser sends. */
export interface LoopbackPage {
  port: number;
  /** The session cookie as it is sent. */
  cookie: string;
  /** What the browser adds to a request of this page. */
  headers: Record<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Posts to `/call` as the page's script does; `overrides` replace headers, `''` takes one away. */
  post(body: string | Buffer, overrides?: Record<string, string>): Promise<Answer>;
}

/** Opens a one-time address. */
export async function openPage(address: string): Promise<LoopbackPage> {
  const { port: portText, pathname, search } = new URL(address);
  const port = Number(portText);
  const host = `127.0.0.1:${port}`;
  const opened = await rawRequest(port, { path: pathname + search, headers: { host, 'sec-fetch-site': 'none' } });
  const cookie = opened.headers['set-cookie']?.[0]?.split(';', 1)[0];
  if (opened.status !== 303 || !cookie) throw new Error(`${address} answered ${opened.status}`);
  const headers = { host, cookie, 'sec-fetch-site': 'same-origin' };
  const without = (all: Record<string, string>) => Object.fromEntries(Object.entries(all).filter(([, v]) => v !== ''));
  return {
    port,
    cookie,
    headers,
    get: (path, more = {}) => rawRequest(port, { path, headers: without({ ...headers, ...more }) }),
    post(body, overrides = {}) {
      const own = { ...headers, origin: `http://${host}`, 'content-type': 'application/json' };
      return rawRequest(port, { method: 'POST', path: '/call', headers: without({ ...own, ...overrides }), body });
    },
  };
}

/** Opens the event stream of a page; resolves, once it is open, with the way to close it. */
export function openStream(page: LoopbackPage, listener: (notice: ChangeNotice) => void): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: page.port, path: '/changes', headers: page.headers, agent: false });
    sent.once('error', reject);
    sent.once('response', (response) => {
      const lines = createInterface({ input: response });
      lines.on('line', (line) => {
        if (line.startsWith('data: ')) listener(JSON.parse(line.slice(6)) as ChangeNotice);
      });
      // Hanging up ourselves comes back as an error.
      lines.on('error', () => undefined);
      resolve(() => sent.destroy());
    });
    sent.end();
  });
}
