import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AnyReply, type Core, longestCall, refusal } from '#electron/core/core-port.ts';
import type { FaceAnswer } from '#electron/core/file-answer.ts';
import { createHttpFace } from '#electron/core/http-face.ts';
import { commonHeaders } from '#electron/core/security-headers.ts';
import type { Log } from '#electron/core/ports.ts';
import { createChangeStreams } from './change-streams.ts';
import { drain, readBody } from './read-body.ts';
import { cookieName, objectToCall, objectToOrigin, type Objection, sessionIn } from './request-guard.ts';
import { createSessions, type Sessions } from './sessions.ts';

export interface LoopbackServerOptions {
  core: Core;
  rendererDir: string;
  /** 0 for any free one. */
  port: number;
  /** What to tell a browser that has no session. */
  signedOut: string;
  log: Log;
  /** Hears how many windows hold an event stream, whenever that changes. */
  onWindows(count: number): void;
}

export interface LoopbackServer {
  port: number;
  /** A fresh one-time address; `lifeMs` limits how long it can be used. */
  address(lifeMs?: number): string;
  close(): Promise<void>;
}

const jsonHeaders = {
  ...commonHeaders,
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
};

function sendReply(response: ServerResponse, status: number, reply: AnyReply): void {
  const text = JSON.stringify(reply);
  response.writeHead(status, { ...jsonHeaders, 'content-length': Buffer.byteLength(text) }).end(text);
}

function sendAnswer(response: ServerResponse, { status, headers, body }: FaceAnswer, log: Log): void {
  response.writeHead(status, headers);
  if (body === null || typeof body === 'string') return void response.end(body ?? undefined);
  response.once('close', () => body.destroy());
  body.once('error', (error) => {
    log.error('file ended early', { error: error.message });
    response.destroy();
  });
  body.pipe(response);
}

class Loopback {
  readonly #options: LoopbackServerOptions;
  readonly #sessions: Sessions = createSessions();
  readonly #streams;
  readonly #face;
  port = 0;

  constructor(options: LoopbackServerOptions) {
    this.#options = options;
    this.#streams = createChangeStreams(options.onWindows);
    this.#face = createHttpFace({ rendererDir: options.rendererDir, core: options.core });
    options.core.onChange(this.#streams.announce);
  }

  address(lifeMs?: number): string {
    return `http://127.0.0.1:${this.port}/open?t=${this.#sessions.issue(lifeMs)}`;
  }

  close(): void {
    this.#streams.close();
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '/', search = ''] = (request.url ?? '/').split('?', 2);
    const objection = objectToOrigin(request.headers, this.port) ?? this.#objectToStranger(path, request);
    if (objection) return this.#refuse(response, request, objection, path);
    if (path === '/open') return this.#open(request, response, search);
    if (path === '/call') return this.#call(request, response);
    if (path === '/changes') return this.#listen(request, response);
    const answer = await this.#face({
      method: request.method ?? 'GET',
      path,
      header: (name) => {
        const value = request.headers[name];
        return Array.isArray(value) ? value.join(', ') : value;
      },
    });
    sendAnswer(response, answer, this.#options.log);
  }

  #isKnown(request: IncomingMessage): boolean {
    const session = sessionIn(request.headers, this.port);
    return session !== undefined && this.#sessions.has(session);
  }

  #objectToStranger(path: string, request: IncomingMessage): Objection | null {
    return path === '/open' || this.#isKnown(request) ? null : { status: 401, code: 'host/unauthorized' };
  }

  async #refuse(
    response: ServerResponse,
    request: IncomingMessage,
    { status, code }: Objection,
    path: string,
  ): Promise<void> {
    await drain(request);
    if (status === 401 && path === '/') {
      response
        .writeHead(401, { ...commonHeaders, 'content-type': 'text/plain; charset=utf-8' })
        .end(this.#options.signedOut);
    } else {
      const details = code === 'host/bad-input' ? { path: '(request)', problem: 'POST application/json' } : {};
      sendReply(response, status, refusal(code, details));
    }
  }

  /** Turns a one-time token into a session cookie and leaves an address without it in the history. */
  async #open(request: IncomingMessage, response: ServerResponse, search: string): Promise<void> {
    const token = new URLSearchParams(search).get('t') ?? '';
    const session = request.method === 'GET' ? this.#sessions.redeem(token) : null;
    const headers: Record<string, string> = { ...commonHeaders, 'cache-control': 'no-store', location: '/' };
    if (!this.#isKnown(request)) {
      if (!session) return this.#refuse(response, request, { status: 401, code: 'host/unauthorized' }, '/');
      headers['set-cookie'] = `${cookieName(this.port)}=${session}; Path=/; HttpOnly; SameSite=Strict`;
    }
    response.writeHead(303, headers).end();
  }

  async #call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const objection = objectToCall(request.method, request.headers);
    if (objection) return this.#refuse(response, request, objection, '/call');
    const body = await readBody(request, longestCall);
    if (body === null) {
      await drain(request);
      return sendReply(response, 413, refusal('host/too-large', { limit: longestCall }));
    }
    let call: { name?: unknown; input?: unknown } | null;
    try {
      call = JSON.parse(body.toString('utf8')) as typeof call;
    } catch {
      return sendReply(response, 400, refusal('host/bad-input', { path: '(body)', problem: 'not JSON' }));
    }
    if (typeof call?.name !== 'string') {
      return sendReply(response, 400, refusal('host/bad-input', { path: 'name', problem: 'missing' }));
    }
    sendReply(response, 200, await this.#options.core.call(call.name, call.input));
  }

  async #listen(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET') {
      return this.#refuse(response, request, { status: 405, code: 'host/bad-input' }, '/changes');
    }
    response.writeHead(200, { ...commonHeaders, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.#streams.add(response);
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/**
 * Serves the renderer and the contract on 127.0.0.1, to whoever redeemed a one-time address and nobody else.
 *
 * @throws the error of `listen`, such as EADDRINUSE for a port that is taken
 */
export async function startLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const loopback = new Loopback(options);
  const server = createServer((request, response) => {
    loopback.handle(request, response).catch((error: unknown) => {
      options.log.error('request failed', { error: error instanceof Error ? error.stack : String(error) });
      if (response.headersSent) response.destroy();
      else sendReply(response, 500, refusal('host/internal', { operation: '(request)' }));
    });
  });
  // A window keeps its connections; one that Node closes while the window writes to it would lose a call.
  server.keepAliveTimeout = 120_000;
  loopback.port = await listen(server, options.port);
  return {
    port: loopback.port,
    address: (lifeMs) => loopback.address(lifeMs),
    close: () =>
      new Promise((resolve) => {
        loopback.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
