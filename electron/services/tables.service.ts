import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { csvOfTable, type WrittenTable, writtenTable } from '#shared/codecs/tables.codec.ts';
import { AppError } from '#shared/contract/errors.ts';
import { draftExport } from '#electron/core/export-file.ts';
import { exportTarget } from '#electron/core/export-target.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { CallContext, Handlers } from '#electron/core/ports.ts';
import type { Database } from '#electron/db/database.ts';
import { writeWorkbook } from '#electron/sheets/table-writer.ts';

export interface TablesDeps {
  dataDir: string;
  db: Database;
  ledger: Ledger;
}

/** Rows handed to the thread that writes at once. */
const portion = 1000;

/** Writing what pages show to files. */
export function createTablesService({ dataDir, db, ledger }: TablesDeps): Handlers<'tables.export' | 'tables.printed'> {
  return {
    'tables.export': async ({ format, path: asked, overwrite, what, tables, subjects }, context) => {
      const path = await exportTarget(dataDir, asked, overwrite);
      const written = tables.map(writtenTable);
      if (format === 'csv' && written.length > 1) {
        throw new AppError('host/bad-input', { path: 'tables', problem: 'one-for-csv' });
      }
      const bytes = format === 'csv' ? Buffer.from(csvOfTable(written[0]!)) : await workbookOf(written, context);
      context.signal.throwIfAborted();
      const rows = written.reduce((sum, table) => sum + table.rows.length, 0);
      const draft = draftExport(path, bytes, overwrite);
      try {
        // The file gets its name last: what left without an entry could not be listed when something is erased.
        db.transaction((tx) => {
          ledger.recordExport(tx, {
            what,
            format,
            file_name: basename(path),
            file_hash: createHash('sha256').update(bytes).digest('hex'),
            counts: { tables: written.length, rows },
            subjects,
          });
          draft.publish();
        });
      } catch (error) {
        draft.discard();
        throw error;
      }
      return { path, rows, bytes: bytes.length };
    },

    // A printer gives no file back: the words are what somebody who holds the paper can be held to.
    'tables.printed': ({ what, text, subjects }) => {
      const hash = createHash('sha256').update(text, 'utf8').digest('hex');
      const made = { what, format: 'print', file_name: what, file_hash: hash, counts: { characters: text.length } };
      db.transaction((tx) => ledger.recordExport(tx, { ...made, subjects }));
      return {};
    },
  };
}

function workbookOf(tables: readonly WrittenTable[], context: CallContext): Promise<Uint8Array> {
  const sheets = tables.map(({ rows, ...table }) => ({ ...table, portions: inPortions(rows) }));
  return writeWorkbook(sheets, context);
}

function* inPortions(rows: WrittenTable['rows']): Generator<WrittenTable['rows']> {
  for (let at = 0; at < rows.length; at += portion) yield rows.slice(at, at + portion);
}
