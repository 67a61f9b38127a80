import type { Json } from '../../domain/json.ts';
import { skipReasonOf } from '../../rules/photo-names.rules.ts';
import type { ParseContext } from '../codec.ts';
import { fieldOf, isPlainObject } from '../json-text.ts';
import { plainPath, type Row } from './json-objects.codec.ts';

interface Size {
  width: number;
  height: number;
}

/** What an upload puts before a file's name: eight hexadecimal digits. */
const uploadPrefix = /^[0-9a-f]{8}-(?=.)/;

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const isPhotoName = (path: string): boolean => path.includes('.') && skipReasonOf(baseOf(path)) === null;

/**
 * The photo that a task is about, by the path in its address; null when it is about none.
 *
 * Uploads carry a prefix that the file on disk has not: the name at hand is taken, and where neither is, the one without, if the address is
 * that of an upload.
 * @param sources fields that regions say they lie on (`$image`)
 */
export async function photoOfTask(
  task: Row,
  sources: readonly string[],
  context: ParseContext,
): Promise<{ name: string; size: Size | null } | null> {
  const address = addressOf(task, [...sources, 'image', 'img', 'photo', 'picture'], isPhotoName);
  if (address === null) return null;
  let path = pathOfAddress(address);
  let isUpload = /(?:^|\/)upload\//.test(path);
  const upload = fieldOf(task, 'file_upload');
  if (!isPhotoName(path) && typeof upload === 'string' && isPhotoName(upload))
    [path, isUpload] = [plainPath(upload), true];
  if (path === '') return null;
  const size = await context.imageSize(path);
  const base = baseOf(path);
  if (size !== null || !uploadPrefix.test(base)) return { name: path, size };
  const name = base.replace(uploadPrefix, '');
  const bare = await context.imageSize(name);
  return bare !== null || isUpload ? { name, size: bare } : { name: path, size: null };
}

function addressOf(task: Row, keys: readonly string[], isMedia: (path: string) => boolean): string | null {
  const data = fieldOf(task, 'data');
  if (!isPlainObject(data)) return null;
  const named = keys.map((key) => textOf(fieldOf(data, key)));
  const found = named.find((value) => value !== null);
  if (found !== undefined) return found;
  return (
    Object.values(data)
      .map(textOf)
      .find((value) => value !== null && isMedia(pathOfAddress(value))) ?? null
  );
}

/**
 * The path of what a task is about, as its address has it; null when it is about nothing of that kind.
 * @param keys fields of the task's data that hold the address, the likeliest first
 * @param isMedia whether a path is of that kind, for data whose fields are called otherwise
 */
export function pathOfTask(task: Row, keys: readonly string[], isMedia: (path: string) => boolean): string | null {
  const address = addressOf(task, keys, isMedia);
  const path = address === null ? '' : pathOfAddress(address);
  return isMedia(path) ? path : null;
}

/** An address as text; pictures that lie in the file itself have no name. */
function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' && !value.startsWith('data:') ? value : null;
}

/** The path of an address: `s3://bucket/a/b.jpg?v=1` is `a/b.jpg`, `/data/local-files/?d=a/b.jpg` too. */
function pathOfAddress(address: string): string {
  const local = /\/data\/local-files\/?\?(?:[^#]*&)?d=([^&#]*)/.exec(address);
  if (local) return plainPath(decoded(local[1]!));
  const scheme = /^[a-z][a-z0-9+.-]+:\/\/[^/?#]*/i.exec(address);
  // A bare name may have any character; only an address has a query.
  const isAddress = scheme !== null || address.startsWith('/');
  const path = isAddress ? address.slice(scheme?.[0].length ?? 0).replace(/[?#].*$/s, '') : address;
  return plainPath(isAddress ? decoded(path) : path);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
