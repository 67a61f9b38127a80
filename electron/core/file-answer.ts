import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { parseRange } from './byte-range.ts';

/** A request, reduced to what serving a file needs; every host can make one cheaply. */
export interface FaceRequest {
  method: string;
  /** The path as it stood in the address, still percent-encoded, without query. */
  path: string;
  header(name: string): string | undefined;
}

/** What a host sends back. A stream is to be read to its end or destroyed. */
export interface FaceAnswer {
  status: number;
  headers: Record<string, string>;
  body: Readable | string | null;
}

/** A short answer in plain words. */
export function plainAnswer(status: number, text: string, headers: Readonly<Record<string, string>>): FaceAnswer {
  return { status, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body: text };
}

/** Never waits on a pipe or a device someone put where a photo should be; never follows a link that appeared since the path was resolved. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Opens a regular file, or answers null when there is none. */
async function openFile(path: string): Promise<{ handle: FileHandle; size: number; tag: string } | null> {
  let handle: FileHandle;
  try {
    handle = await open(path, openFlags);
  } catch {
    return null;
  }
  const stat = await handle.stat();
  if (stat.isFile())
    return { handle, size: stat.size, tag: `"${stat.size.toString(36)}-${Math.trunc(stat.mtimeMs).toString(36)}"` };
  await handle.close();
  return null;
}

/**
 * Sends a file or the part of it that was asked for: 200, 206, 304, 416; 404 when there is no such regular file.
 * The bytes come from the file as it was opened, whatever happens to its name meanwhile.
 */
export async function fileAnswer(
  request: FaceRequest,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<FaceAnswer> {
  const file = await openFile(path);
  if (!file) return plainAnswer(404, 'not found', headers);
  const { handle, size, tag } = file;
  const common = { ...headers, 'accept-ranges': 'bytes', etag: tag };
  const end = async (answer: FaceAnswer) => {
    await handle.close();
    return answer;
  };

  if (request.header('if-none-match') === tag) return end({ status: 304, headers: common, body: null });
  const condition = request.header('if-range');
  const wanted = condition === undefined || condition === tag ? request.header('range') : undefined;
  const range = parseRange(wanted, size);
  if (range === 'unsatisfiable') {
    return end({ status: 416, headers: { ...common, 'content-range': `bytes */${size}` }, body: null });
  }
  const { start, end: last } = range ?? { start: 0, end: size - 1 };
  const answer: FaceAnswer = {
    status: range ? 206 : 200,
    headers: { ...common, 'content-length': String(last - start + 1) },
    body: null,
  };
  if (range) answer.headers['content-range'] = `bytes ${start}-${last}/${size}`;
  if (request.method === 'HEAD' || size === 0) return end(answer);
  answer.body = handle.createReadStream({ start, end: last, highWaterMark: 256 * 1024 });
  return answer;
}
