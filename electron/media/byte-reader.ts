import type { FileHandle } from 'node:fs/promises';

/**
 * Reads pieces of an open file by position. Formats keep what is asked for far apart (a JPEG's size behind a megabyte of
 * colour profile), so the whole file is not read for it; small pieces come from a window kept in memory.
 */
export interface ByteReader {
  readonly size: number;
  /** Up to `length` bytes from `offset`; shorter at the end of the file. The bytes must not be kept. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** Bytes read at a time: a page of small reads costs one system call. */
const windowBytes = 64 * 1024;

export function createByteReader(file: FileHandle, size: number): ByteReader {
  let window: Buffer = Buffer.alloc(0);
  let windowStart = 0;

  async function load(offset: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }

  return {
    size,
    async read(offset, length) {
      if (length > windowBytes) return load(offset, length);
      const end = Math.min(offset + length, size);
      if (offset < windowStart || end > windowStart + window.length) {
        window = await load(offset, windowBytes);
        windowStart = offset;
      }
      return window.subarray(offset - windowStart, Math.max(end - windowStart, offset - windowStart));
    },
  };
}

/** Where some bytes first occur at or after `offset`; -1 when nowhere. Reads a megabyte at a time. */
export async function findBytes(reader: ByteReader, wanted: Buffer, offset: number): Promise<number> {
  const step = 1024 * 1024;
  for (let at = offset; at < reader.size; at += step) {
    // A little more than a step, so that what lies across the edge is found.
    const piece = await reader.read(at, step + wanted.length - 1);
    const found = piece.indexOf(wanted);
    if (found >= 0) return at + found;
  }
  return -1;
}
