import type { Settings } from '#shared/contract/settings.contract.ts';
import type { Handlers } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { readSettings, writeSettings } from '#electron/repositories/settings.repository.ts';

export interface SettingsDeps {
  db: Database;
  dataDir: string;
  /** Whether the owner has made any project yet. */
  hasProjects(db: ReadDb): boolean;
}

/** Settings of the data folder. */
export function createSettingsService({
  db,
  dataDir,
  hasProjects,
}: SettingsDeps): Handlers<'settings.get' | 'settings.set'> {
  return {
    'settings.get': () => {
      const now = readSettings(db.read);
      return { ...now, dataDir, firstStart: now.language === null && !hasProjects(db.read) };
    },
    'settings.set': (changed) =>
      db.transaction((write) => {
        writeSettings(write, changed as Partial<Settings>);
        return readSettings(write);
      }),
  };
}
