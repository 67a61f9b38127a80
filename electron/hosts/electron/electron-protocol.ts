import { Readable } from 'node:stream';
import type { Protocol } from 'electron';
import type { FaceAnswer } from '#electron/core/file-answer.ts';
import type { HttpFace } from '#electron/core/http-face.ts';
import { appScheme, isOwnAddress } from './app-origin.ts';

/** Makes `app://` a scheme with an origin of its own, from which media can be streamed. To be called before the app is ready. */
export function declareScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

function toResponse({ status, headers, body }: FaceAnswer): Response {
  const web = body instanceof Readable ? (Readable.toWeb(body) as ReadableStream) : body;
  return new Response(web, { status, headers });
}

/** Serves the window its files. */
export function servePages(protocol: Protocol, face: HttpFace): void {
  protocol.handle(appScheme, async (request) => {
    if (!isOwnAddress(request.url)) return new Response('not found', { status: 404 });
    const header = (name: string) => request.headers.get(name) ?? undefined;
    return toResponse(await face({ method: request.method, path: new URL(request.url).pathname, header }));
  });
}
