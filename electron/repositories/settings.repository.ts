import { type Settings, settings } from '#shared/contract/settings.contract.ts';
import type { Json } from '#shared/domain/json.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

interface SettingRow {
  key: string;
  value: string;
}

/** What holds until the owner says otherwise. A working day begins at four, so that a night's work belongs to one day. */
const defaults: Settings = { language: null, theme: 'auto', dayStartHour: 4, idleAfterMinutes: 5, ui: {} };

const uiPrefix = 'ui:';

type PlainKey = Exclude<keyof Settings, 'ui'>;
const plainKeys = Object.keys(defaults).filter((key): key is PlainKey => key !== 'ui');

function toRows(changed: Partial<Settings>): SettingRow[] {
  const plain = plainKeys
    .filter((key) => changed[key] !== undefined)
    .map((key) => ({ key, value: JSON.stringify(changed[key]) }));
  const ui = Object.entries(changed.ui ?? {}).map(([key, value]) => ({
    key: uiPrefix + key,
    value: JSON.stringify(value),
  }));
  return [...plain, ...ui];
}

/** A value another version wrote and this one does not know counts as never set. */
function fromRows(rows: readonly SettingRow[]): Settings {
  const values = new Map(rows.map((row) => [row.key, JSON.parse(row.value) as Json]));
  const plain = plainKeys.map((key) => {
    const read = settings.shape[key].safeParse(values.get(key));
    return [key, read.success ? read.data : defaults[key]];
  });
  const ui = [...values].filter(([key]) => key.startsWith(uiPrefix));
  return {
    ...(Object.fromEntries(plain) as Omit<Settings, 'ui'>),
    ui: Object.fromEntries(ui.map(([key, value]) => [key.slice(uiPrefix.length), value])),
  };
}

/** All settings, with defaults where the owner said nothing. */
export function readSettings(db: ReadDb): Settings {
  return fromRows(db.all<SettingRow>('SELECT key, value FROM setting'));
}

/** Writes the settings given and leaves the others; `ui` key by key. */
export function writeSettings(db: WriteDb, changed: Partial<Settings>): void {
  for (const { key, value } of toRows(changed)) {
    db.run('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [
      key,
      value,
    ]);
  }
}

/** Writes every setting of one database into another. */
export function copySettings(from: ReadDb, into: WriteDb): void {
  writeSettings(into, readSettings(from));
}
