import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { entryLine, openingLine } from '#shared/codecs/ledger-lines.codec.ts';
import { csvRow, ledgerColumns } from '#shared/codecs/ledger-table.codec.ts';
import { timeclockLines } from '#shared/codecs/timeclock.codec.ts';
import { canonicalJson } from '#shared/proofs/canonical.ts';
import { entryHeader } from '#shared/domain/entry-header.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Day } from '#shared/domain/time.ts';
import { entryAbout } from '#shared/rules/entry-about.rules.ts';
import { workingDayWindow } from '#shared/rules/working-day.rules.ts';
import { beginExport, type ExportDraft } from '#electron/core/export-file.ts';
import { exportTarget, type ExportTarget } from '#electron/core/export-target.ts';
import { chainOf, foldChain, stateOf } from '#electron/core/ledger/entry-reading.ts';
import type { OpenLedger } from '#electron/core/ledger/ledger.ts';
import type { CallContext, Clock, Handlers } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { entryBySeq, type EntryRow, fieldsOf, ledgerSize } from '#electron/repositories/entries.repository.ts';
import { matchingSeqs } from '#electron/repositories/entries-list.repository.ts';
import { figureSpansIn } from '#electron/repositories/figures.repository.ts';

export interface LedgerExportsDeps {
  dataDir: string;
  db: Database;
  ledger: OpenLedger;
  clock: Clock;
  dayStartHour(db: ReadDb): number;
  /** A project's name as known now; null when erased or not known. */
  projectName(db: ReadDb, projectId: string): string | null;
}

/** Entries between two rests, in which other calls are answered. */
const portion = 500;
/** Formats as `ledger.exported` names them. */
const names = { lines: 'counterledger-entries', csv: 'csv', timeclock: 'hledger-timeclock' } as const;

/** Writing the ledger to files. */
export function createLedgerExportsService(deps: LedgerExportsDeps): Handlers<'ledger.export'> {
  const { db, ledger } = deps;

  return {
    'ledger.export': async ({ format, path: asked, overwrite, from, to }, context) => {
      const path = await exportTarget(deps.dataDir, asked, overwrite);
      const window = { start: edge(deps, from, 'start'), end: edge(deps, to, 'end') };
      const texts = { lines: linesOf, csv: tableOf, timeclock: clockOf }[format](deps, window, context);
      const { draft, entries, bytes, hash } = await writeAll(path, overwrite, texts, context);
      try {
        // The file gets its name last: what left without an entry could not be listed when something is erased.
        db.transaction((tx) => {
          ledger.recordExport(tx, {
            what: from === null && to === null ? 'ledger' : 'part of the ledger',
            format: names[format],
            file_name: basename(path),
            file_hash: hash,
            counts: { entries },
            subjects: [],
          });
          draft.publish();
        });
      } catch (error) {
        draft.discard();
        throw error;
      }
      return { path, entries, bytes };
    },
  };
}

interface Window {
  start: number;
  end: number;
}

/** The beginning or the end of a working day; the ends of time where no day is named. */
function edge({ db, clock, dayStartHour }: LedgerExportsDeps, day: Day | null, which: 'start' | 'end'): number {
  if (day === null) return which === 'start' ? 0 : Date.parse('9999-12-31T00:00:00.000Z');
  return workingDayWindow(day, clock.zone(), dayStartHour(db.read))[which];
}

/** A portion of a file, with the entries it holds. */
interface Portion {
  text: string;
  entries: number;
}

async function writeAll(
  path: ExportTarget,
  overwrite: boolean,
  portions: Iterable<Portion>,
  context: CallContext,
): Promise<{ draft: ExportDraft; entries: number; bytes: number; hash: string }> {
  const writer = beginExport(path, overwrite);
  const hash = createHash('sha256');
  let entries = 0;
  let bytes = 0;
  try {
    for (const next of portions) {
      const data = Buffer.from(next.text);
      hash.update(data);
      writer.write(data);
      entries += next.entries;
      bytes += data.length;
      await breathe();
      context.signal.throwIfAborted();
    }
    return { draft: writer.finish(), entries, bytes, hash: hash.digest('hex') };
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

/** The entries of a window in order of writing, as many as there are when it begins. */
function* entriesIn(
  deps: LedgerExportsDeps,
  window: Window,
  context: CallContext,
  textOf: (row: EntryRow) => string,
): Generator<Portion> {
  const read = deps.db.read;
  const size = ledgerSize(read);
  const occurred = { from: new Date(window.start).toISOString(), to: new Date(window.end).toISOString() };
  const seqs = [...matchingSeqs(read, { occurred }, 0)].map(({ seq }) => seq).filter((seq) => seq < size);
  seqs.sort((a, b) => a - b);
  for (let at = 0; at < seqs.length; at += portion) {
    context.progress(at, seqs.length);
    const rows = seqs.slice(at, at + portion).map((seq) => entryBySeq(read, seq)!);
    yield { text: rows.map(textOf).join(''), entries: rows.length };
  }
  context.progress(seqs.length, seqs.length);
}

function* linesOf(deps: LedgerExportsDeps, window: Window, context: CallContext): Generator<Portion> {
  yield { text: openingLine, entries: 0 };
  yield* entriesIn(deps, window, context, (row) =>
    entryLine({
      seq: row.seq,
      header: entryHeader.parse(JSON.parse(row.header)),
      leaf_hash: hex(row.leaf_hash),
      fields: fieldsOf(deps.db.read, row.seq).map(({ name, value, salt, commitment }) => ({
        name,
        value: value === null ? null : (JSON.parse(value) as Json),
        salt: salt && hex(salt),
        commitment: hex(commitment),
      })),
    }),
  );
}

function* tableOf(deps: LedgerExportsDeps, window: Window, context: CallContext): Generator<Portion> {
  const { ledger } = deps;
  const read = deps.db.read;
  // Spreadsheets take a file for UTF-8 by its byte order mark alone.
  yield { text: `\uFEFF${csvRow(ledgerColumns)}`, entries: 0 };
  yield* entriesIn(deps, window, context, (row) => {
    const chain = chainOf(read, row);
    const { entry } = foldChain(read, chain, ledger.registry);
    const body = Object.fromEntries(Object.entries(entry.body).filter(([, value]) => value !== undefined));
    return csvRow([
      row.seq,
      row.id,
      row.kind,
      row.occurred_start,
      row.occurred_end,
      entry.zone,
      row.recorded_at,
      row.source,
      stateOf(chain.slice(chain.findIndex(({ seq }) => seq === row.seq))),
      row.project_id === null ? null : deps.projectName(read, row.project_id),
      entryAbout(entry.kind, entry.body),
      row.amends,
      row.group_id,
      canonicalJson(body as Json),
    ]);
  });
}

function* clockOf(deps: LedgerExportsDeps, window: Window, context: CallContext): Generator<Portion> {
  const read = deps.db.read;
  const zone = deps.clock.zone();
  const spans = figureSpansIn(read, window);
  for (let at = 0; at < spans.length; at += portion) {
    context.progress(at, spans.length);
    const lines = spans.slice(at, at + portion).map((span) => {
      const project = span.project_id === null ? null : deps.projectName(read, span.project_id);
      return timeclockLines({ ...span, project }, zone);
    });
    yield { text: lines.join(''), entries: lines.filter((line) => line !== '').length };
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
