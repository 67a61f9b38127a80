import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { removeDatabase, syncFile, syncFolder } from '#electron/db/files.ts';
import { type OpenDatabase, openDatabase } from '#electron/db/open.ts';
import type { Head } from '#electron/repositories/backups.repository.ts';
import type { OpenLedger } from './ledger.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Where a restored ledger is made ready. What is found there when the program starts was never finished. */
export const draftPath = (path: string): string => `${path}.restoring`;

/** Takes out what a restore left behind that was cut short before it put its file in place. */
export function dropUnfinishedRestore(path: string): void {
  removeDatabase(draftPath(path));
}

/**
 * Makes a copy of a backup ready to take the ledger's place: brought to the newest version, and with the entry in it that says it was
 * restored and which head was left. So there is no moment at which the restored ledger is in place and does not say so.
 */
export function prepareRestore(
  db: Pick<OpenDatabase, 'path'>,
  backup: { path: string; name: string; head: Head },
  deps: { ledger: OpenLedger; left: Head; now: string },
): void {
  const path = draftPath(db.path);
  removeDatabase(path);
  copyFileSync(backup.path, path);
  const draft = openDatabase({ path });
  try {
    if (draft.problem !== null) throw new Error(draft.problem);
    draft.transaction((tx) => {
      deps.ledger.openIfNew(tx);
      deps.ledger.append(tx, [
        {
          kind: 'ledger.restored',
          body: {
            backup: backup.name,
            left_size: deps.left.size,
            left_root: hex(deps.left.root),
            restored_size: backup.head.size,
            restored_root: hex(backup.head.root),
          },
          occurredStart: deps.now,
          occurredEnd: null,
          source: 'measured',
          subjects: [deps.ledger.self(tx)],
        },
      ]);
    });
  } finally {
    // The last connection to close brings the write-ahead log into the file and takes it away.
    draft.close();
  }
  syncFile(path);
}

/**
 * Puts the prepared file in the ledger's place. The ledger is closed. One rename decides: before it the old ledger is whole, after it
 * the new one. The old one's write-ahead log goes first, because SQLite would read it into whatever stands beside it.
 *
 * @param keepDamagedAs a damaged ledger is not deleted but moved here, with what belongs to it
 */
export function exchange(path: string, keepDamagedAs: string | null): void {
  if (keepDamagedAs !== null) {
    for (const ending of ['', '-wal'])
      if (existsSync(path + ending)) copyFileSync(path + ending, keepDamagedAs + ending);
    syncFolder(dirname(keepDamagedAs));
  }
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (log && log.size > 0 && keepDamagedAs === null) throw new Error('the ledger is still being read by others');
  for (const ending of ['-wal', '-shm']) rmSync(path + ending, { force: true });
  renameSync(draftPath(path), path);
  syncFolder(dirname(path));
}
