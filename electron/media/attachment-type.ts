import { shownAs, sniffImage } from './image-format.ts';

/** A screenshot of a whole 8K screen is under it, a film is not. */
export const maxAttachmentBytes = 24 * 1024 * 1024;

const textTypes: ReadonlySet<string> = new Set(['text/plain', 'text/csv', 'text/markdown', 'application/json']);

/**
 * The media type an attachment is kept under: a picture's by its bytes, whatever it was called; a plain kind of text as given,
 * if its bytes are text; else bytes of no kind. Nothing that a window would run (HTML, SVG) is ever called what it is.
 */
export function attachmentType(bytes: Buffer, given: string): string {
  const image = sniffImage(bytes.subarray(0, 4096));
  // A browser shows no TIFF by its address.
  if (image !== null) return (image !== 'tiff' && shownAs[image]) || 'application/octet-stream';
  if (bytes.toString('latin1', 0, 5) === '%PDF-') return 'application/pdf';
  const type = given.split(';')[0]!.trim().toLowerCase();
  return textTypes.has(type) && isText(bytes) ? type : 'application/octet-stream';
}

function isText(bytes: Buffer): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0');
  } catch {
    return false;
  }
}
