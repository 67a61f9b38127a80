import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#shared/contract/errors.ts';
import { type OwnerLock, takeOwnerLock } from '#electron/db/owner-lock.ts';
import { makeDataDir } from './data-dir.ts';
import { connectToOwner, type OwnerConnection } from './owner-connection.ts';
import { readOwnerNote } from './owner-note.ts';

/** Either this process owns the folder now, or this is the way to the one that does. */
export type Taken = { lock: OwnerLock } | { owner: OwnerConnection };

/** How long to wait for an owner that cannot be spoken to: one that is starting, ending, or a cli at work. */
const patienceMs = 10_000;
const pauseMs = 100;

function lock(dataDir: string): OwnerLock | null {
  try {
    return takeOwnerLock(dataDir);
  } catch (error) {
    throw new AppError('data/folder-unusable', { path: dataDir, problem: (error as Error).message });
  }
}

/**
 * Takes the data folder for this process or reaches its owner.
 *
 * @throws AppError `data/folder-unusable`; `host/busy` when the owner neither answers nor goes away
 */
export async function takeFolder(dataDir: string, patience = patienceMs): Promise<Taken> {
  makeDataDir(dataDir);
  const deadline = performance.now() + patience;
  for (;;) {
    const taken = lock(dataDir);
    if (taken) return { lock: taken };
    const owner = await connectToOwner(dataDir);
    if (owner) return { owner };
    if (performance.now() > deadline) {
      const note = readOwnerNote(dataDir);
      throw new AppError('host/busy', { owner: note ? `${note.host}, ${note.pid}` : '?' });
    }
    await sleep(pauseMs);
  }
}
