import { extname, join, resolve, sep } from 'node:path';
import type { MediaProblem } from '#shared/domain/work.ts';
import type { Core, MediaSource } from './core-port.ts';
import { type FaceAnswer, type FaceRequest, fileAnswer, plainAnswer } from './file-answer.ts';
import { commonHeaders, foreignHeaders, pageHeaders } from './security-headers.ts';

export interface HttpFaceOptions {
  /** Folder of the built renderer. */
  rendererDir: string;
  core: Pick<Core, 'resolveMedia' | 'resolveBlob'>;
}

export type HttpFace = (request: FaceRequest) => Promise<FaceAnswer>;

/** Types of the renderer's own files. */
const pageTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/** Pictures and sound a page may show. SVG is a document with scripts and is not among them. */
const shownTypes = /^(?:image\/(?:jpeg|png|apng|gif|webp|avif|bmp|tiff)|(?:audio|video)\/[a-z0-9.+-]{1,40})$/;

const problemStatus: Partial<Record<MediaProblem, number>> = { missing: 404, 'not-allowed': 403 };

/** The decoded path, or null when it is malformed or could mean another file to another system. */
function decodePath(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path);
    return /[\0\\:]/.test(decoded) ? null : decoded;
  } catch {
    return null;
  }
}

async function foreignAnswer(request: FaceRequest, source: MediaSource): Promise<FaceAnswer> {
  if ('problem' in source) {
    return plainAnswer(problemStatus[source.problem] ?? 422, source.problem, foreignHeaders);
  }
  const shown = shownTypes.test(source.mediaType);
  const headers: Record<string, string> = {
    ...foreignHeaders,
    'content-type': shown ? source.mediaType : 'application/octet-stream',
  };
  if (!shown) headers['content-disposition'] = 'attachment';
  return fileAnswer(request, source.path, headers);
}

async function pageAnswer(request: FaceRequest, rendererDir: string, path: string): Promise<FaceAnswer> {
  const root = resolve(rendererDir);
  const file = path === '/' ? join(root, 'index.html') : resolve(root, `.${path}`);
  const type = pageTypes[extname(file)];
  if (!file.startsWith(root + sep) || !type) return plainAnswer(404, 'not found', pageHeaders);
  // Names below assets/ carry a hash of the content.
  const cache = path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache';
  return fileAnswer(request, file, { ...pageHeaders, 'content-type': type, 'cache-control': cache });
}

/**
 * Serves what a window reads by address, the same in every host that has a window: the renderer's files, `/media/<taskId>`,
 * `/media/<taskId>/<number>` for a picture of a text, and `/blob/<sha256>`. Reads only; who may ask is the host's business.
 */
export function createHttpFace({ rendererDir, core }: HttpFaceOptions): HttpFace {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return plainAnswer(405, 'only GET and HEAD', { ...commonHeaders, allow: 'GET, HEAD' });
    }
    const path = decodePath(request.path);
    if (path === null || !path.startsWith('/')) return plainAnswer(400, 'bad path', commonHeaders);
    const media = /^\/media\/([0-9a-f-]{36}(?:\/\d{1,2})?)$/.exec(path)?.[1];
    if (media) return foreignAnswer(request, await core.resolveMedia(media));
    const blob = /^\/blob\/([0-9a-f]{64})$/.exec(path)?.[1];
    if (blob) return foreignAnswer(request, await core.resolveBlob(blob));
    return pageAnswer(request, rendererDir, path);
  };
}
