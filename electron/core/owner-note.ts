import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the owner of a data folder tells others of its user: where to reach it. Readable by that user only. */
export interface OwnerNote {
  pid: number;
  host: string;
  startedAt: string;
  /** Path of the socket or name of the pipe. */
  socket: string;
  /** To be sent first, so that reaching the socket alone is not enough. */
  secret: string;
}

const notePath = (dataDir: string) => join(dataDir, 'owner.json');

/** Socket addresses hold about 104 bytes on macOS and 108 on Linux. */
const longestSocketPath = 100;

/** A place for the socket: in the data folder, or where the path is short enough; a pipe on Windows. */
export function chooseSocketPath(dataDir: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\counterledger-${randomBytes(16).toString('hex')}`;
  const inside = join(dataDir, 'owner.sock');
  if (Buffer.byteLength(inside) <= longestSocketPath) return inside;
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `counterledger-${process.getuid?.() ?? ''}-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return join(folder, 'owner.sock');
}

/** Writes the note whole or not at all. */
export function writeOwnerNote(dataDir: string, note: OwnerNote): void {
  const draft = `${notePath(dataDir)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, notePath(dataDir));
}

/** The note, or null when there is none that can be read. It may be left over from a process that was killed. */
export function readOwnerNote(dataDir: string): OwnerNote | null {
  try {
    const note = JSON.parse(readFileSync(notePath(dataDir), 'utf8')) as Partial<OwnerNote>;
    return typeof note.socket === 'string' && typeof note.secret === 'string' ? (note as OwnerNote) : null;
  } catch {
    return null;
  }
}

export function removeOwnerNote(dataDir: string): void {
  rmSync(notePath(dataDir), { force: true });
}
