import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearImport, insertImportedRow, insertImportTaken } from '#electron/repositories/sheets.repository.ts';

/** Tables taken in and the rows of them that became entries. */
export const sheetsProjection: Projection = {
  kinds: ['import.taken'],
  tables: ['import_taken', 'imported_row'],
  clear: clearImport,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'import.taken'> | undefined;
    if (entry === undefined) return;
    const { body } = entry;
    const decided = body.mapping as { header_shape?: string; mapping?: { project?: string | null } } | undefined;
    insertImportTaken(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      project_id: decided?.mapping?.project ?? null,
      file_name: body.file_name ?? null,
      file_hash: body.file_hash ?? null,
      header_shape: decided?.header_shape ?? null,
      mapping: decided?.mapping === undefined ? null : JSON.stringify(decided.mapping),
      rows_taken: body.rows_taken ?? 0,
      taken_at: entry.occurredStart,
    });
    for (const { hash, entity: made } of body.rows ?? []) {
      insertImportedRow(db, { import_id: entity, hash, entry_id: entry.id, entity_id: made });
    }
  },
};
