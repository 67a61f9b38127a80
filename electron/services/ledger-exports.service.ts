import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { entryLine, openingLine } from '#shared/codecs/ledger-lines.codec.ts';
import { journalEntry, journalOpening, type JournalRecord } from '#shared/codecs/hledger-journal.codec.ts';
import { ledgerColumns } from '#shared/codecs/ledger-table.codec.ts';
import { csvRow, timeWithOffset, type WrittenCell } from '#shared/codecs/tables.codec.ts';
import { timeclockLines } from '#shared/codecs/timeclock.codec.ts';
import { canonicalJson } from '#shared/proofs/canonical.ts';
import { entryHeader } from '#shared/domain/entry-header.ts';
import { AppError } from '#shared/contract/errors.ts';
import { blobRefsIn } from '#shared/domain/blob.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Day } from '#shared/domain/time.ts';
import { entryAbout } from '#shared/rules/entry-about.rules.ts';
import { payAccount } from '#shared/metrics/pay-period.metric.ts';
import { type Period, periodBeside, periodOf } from '#shared/rules/periods.rules.ts';
import { calendarDay, workingDayOf, workingDays, workingDayWindow } from '#shared/rules/working-day.rules.ts';
import { attachmentsBeside, draftAttachments } from '#electron/core/ledger/attachments-beside.ts';
import type { BlobStore } from '#electron/core/blob-store.ts';
import type { SetDraft } from '#electron/core/export-set.ts';
import { beginExport, draftExport, type ExportDraft } from '#electron/core/export-file.ts';
import { exportTarget, type ExportTarget } from '#electron/core/export-target.ts';
import { chainOf, foldChain, stateOf } from '#electron/core/ledger/entry-reading.ts';
import { refusalsOf } from '#electron/core/ledger/entry-views.ts';
import type { OpenLedger } from '#electron/core/ledger/ledger.ts';
import type { CallContext, Clock, Handlers } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import {
  entryBySeq,
  type EntryRow,
  fieldsOf,
  ledgerSize,
  occurredReach,
} from '#electron/repositories/entries.repository.ts';
import { matchingSeqs } from '#electron/repositories/entries-list.repository.ts';
import { figureSpansIn } from '#electron/repositories/figures.repository.ts';
import { payPeriodOf } from '#electron/repositories/pay-period.repository.ts';
import { listPayRecords, payRecordFromRow } from '#electron/repositories/pay.repository.ts';
import { writeWorkbook } from '#electron/sheets/table-writer.ts';

export interface LedgerExportsDeps {
  dataDir: string;
  blobs: Pick<BlobStore, 'pathOf'>;
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
const names = {
  lines: 'counterledger-entries',
  csv: 'csv',
  xlsx: 'xlsx',
  timeclock: 'hledger-timeclock',
  journal: 'hledger-journal',
} as const;

/** Writing the ledger to files. */
export function createLedgerExportsService(deps: LedgerExportsDeps): Handlers<'ledger.export'> {
  const { db, ledger } = deps;

  return {
    'ledger.export': async ({ format, path: asked, overwrite, attachments, from, to }, context) => {
      if (attachments && format !== 'lines')
        throw new AppError('host/bad-input', { path: 'attachments', problem: 'format' });
      const path = await exportTarget(deps.dataDir, asked, overwrite);
      const folder = attachments
        ? await exportTarget(deps.dataDir, attachmentsBeside(path), overwrite, 'folder')
        : null;
      const named = new Set<string>();
      const window = { start: edge(deps, from, 'start'), end: edge(deps, to, 'end') };
      const { draft, entries, bytes, hash } =
        format === 'xlsx'
          ? await writeBook(deps, path, overwrite, window, context)
          : await writeAll(path, overwrite, writers[format](deps, window, context, named), context);
      let files: SetDraft | null = null;
      try {
        if (folder !== null && named.size > 0) {
          files = await draftAttachments(folder, [...named], deps.blobs, { overwrite, signal: context.signal });
        }
        const written = files?.files ?? 0;
        // The file gets its name last: what left without an entry could not be listed when something is erased.
        db.transaction((tx) => {
          ledger.recordExport(tx, {
            what: from === null && to === null ? 'ledger' : 'part of the ledger',
            format: names[format],
            file_name: basename(path),
            file_hash: hash,
            counts: folder === null ? { entries } : { entries, attachments: written },
            subjects: [],
          });
          files?.publish();
          draft.publish();
        });
        const attachmentsMissing = folder === null ? 0 : named.size - written;
        return { path, entries, bytes, attachments: written, attachmentsMissing };
      } catch (error) {
        draft.discard();
        await files?.discard();
        throw error;
      }
    },
  };
}

/** Formats that are texts, written as they come. */
const writers = { lines: linesOf, csv: csvOf, timeclock: clockOf, journal: journalOf };

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

/** A workbook of one row an entry. */
async function writeBook(
  deps: LedgerExportsDeps,
  path: ExportTarget,
  overwrite: boolean,
  window: Window,
  context: CallContext,
): Promise<{ draft: ExportDraft; entries: number; bytes: number; hash: string }> {
  let entries = 0;
  const counted = function* () {
    for (const rows of rowsIn(deps, window, context)) {
      entries += rows.length;
      yield rows.map((row) => tableRow(deps, row, timeWithOffset));
    }
  };
  const data = await writeWorkbook([{ name: 'ledger', columns: ledgerColumns, portions: counted() }], context);
  const draft = draftExport(path, data, overwrite);
  return { draft, entries, bytes: data.length, hash: createHash('sha256').update(data).digest('hex') };
}

/** The entries of a window in order of writing, as many as there are when it begins, in portions. */
function* rowsIn({ db: { read } }: LedgerExportsDeps, window: Window, context: CallContext): Generator<EntryRow[]> {
  const size = ledgerSize(read);
  const occurred = { from: new Date(window.start).toISOString(), to: new Date(window.end).toISOString() };
  const seqs = [...matchingSeqs(read, { occurred }, 0)].map(({ seq }) => seq).filter((seq) => seq < size);
  seqs.sort((a, b) => a - b);
  for (let at = 0; at < seqs.length; at += portion) {
    context.progress(at, seqs.length);
    yield seqs.slice(at, at + portion).map((seq) => entryBySeq(read, seq)!);
  }
  context.progress(seqs.length, seqs.length);
}

function* linesOf(
  deps: LedgerExportsDeps,
  window: Window,
  context: CallContext,
  named: Set<string>,
): Generator<Portion> {
  const lineOf = (row: EntryRow) => {
    const fields = fieldsOf(deps.db.read, row.seq).map(({ name, value, salt, commitment }) => ({
      name,
      value: value === null ? null : (JSON.parse(value) as Json),
      salt: salt && hex(salt),
      commitment: hex(commitment),
    }));
    for (const { value } of fields) for (const { blob } of blobRefsIn(value)) named.add(blob);
    return entryLine({
      seq: row.seq,
      header: entryHeader.parse(JSON.parse(row.header)),
      leaf_hash: hex(row.leaf_hash),
      fields,
    });
  };
  yield { text: openingLine, entries: 0 };
  for (const rows of rowsIn(deps, window, context)) yield { text: rows.map(lineOf).join(''), entries: rows.length };
}

function* csvOf(deps: LedgerExportsDeps, window: Window, context: CallContext): Generator<Portion> {
  // Spreadsheets take a file for UTF-8 by its byte order mark alone.
  yield { text: `\uFEFF${csvRow(ledgerColumns.map(({ name }) => name))}`, entries: 0 };
  for (const rows of rowsIn(deps, window, context)) {
    const lines = rows.map((row) => csvRow(tableRow(deps, row, (instant) => instant)));
    yield { text: lines.join(''), entries: rows.length };
  }
}

/** An entry as a row of `ledgerColumns`; `timeOf` says how its times are written, which happened in its zone. */
function tableRow(
  { db: { read }, ledger, projectName }: LedgerExportsDeps,
  row: EntryRow,
  timeOf: (instant: string, zone: string) => string,
): WrittenCell[] {
  const chain = chainOf(read, row);
  const { entry } = foldChain(read, chain, ledger.registry);
  const body = Object.fromEntries(Object.entries(entry.body).filter(([, value]) => value !== undefined));
  const { zone } = entry;
  return [
    row.seq,
    row.id,
    row.kind,
    timeOf(row.occurred_start, zone),
    row.occurred_end && timeOf(row.occurred_end, zone),
    zone,
    timeOf(row.recorded_at, zone),
    row.source,
    stateOf(chain.slice(chain.findIndex(({ seq }) => seq === row.seq))),
    row.project_id === null ? null : projectName(read, row.project_id),
    entryAbout(entry.kind, entry.body, (key) => refusalsOf(read, row)[key] ?? key),
    row.amends,
    row.group_id,
    canonicalJson(body as Json),
  ];
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

/** What happened to pay, and at the end of each month what its work should bring, in order of days. */
function* journalOf(deps: LedgerExportsDeps, window: Window, context: CallContext): Generator<Portion> {
  const days = journalDays(deps, window);
  const records = days === null ? [] : recordedPay(deps, days);
  for (const [at, month] of monthsOf(days).entries()) {
    records.push(...expectedPay(deps, month));
    context.progress(at, null);
    // The file's beginning names every currency, so nothing is written before the last month is known; others have their turn.
    yield { text: '', entries: 0 };
  }
  records.sort((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
  yield { text: journalOpening([...new Set(records.map(({ amount }) => amount.currency))].sort()), entries: 0 };
  for (let at = 0; at < records.length; at += portion) {
    const some = records.slice(at, at + portion);
    yield { text: some.map(journalEntry).join(''), entries: some.length };
  }
}

/** The months of a period; the first and the last as far as they lie in it. */
function monthsOf(days: Period | null): Period[] {
  const months: Period[] = [];
  if (days === null) return months;
  for (
    let { from, to } = periodOf('month', days.from);
    from <= days.to;
    { from, to } = periodBeside('month', from, 1)
  ) {
    months.push({ from: from < days.from ? days.from : from, to: to > days.to ? days.to : to });
  }
  return months;
}

/** Working days from the first to the last that pay can come of, within a window; null where there are none. */
function journalDays(deps: LedgerExportsDeps, window: Window): Period | null {
  const { read } = deps.db;
  const reach = occurredReach(read);
  const zone = deps.clock.zone();
  if (reach === null) return null;
  const dayOf = (at: number) => workingDayOf(at, zone, deps.dayStartHour(read));
  // A window's last moment belongs to the day after it.
  const from = dayOf(Math.max(window.start, Date.parse(reach.first)));
  const to = dayOf(Math.min(window.end - 1, Date.parse(reach.last)));
  return from <= to ? { from, to } : null;
}

/** On the day it happened, whatever period it was for. */
function recordedPay({ db: { read }, clock }: LedgerExportsDeps, days: Period): JournalRecord[] {
  const rows = listPayRecords(read, { from: '0000-01-01', to: '9999-12-31' }, 0, -1).map(payRecordFromRow);
  return rows.reverse().flatMap(({ kind, projectName: project, amount, channel, note, ...row }) => {
    const day = calendarDay(Date.parse(row.happenedAt), clock.zone());
    // What was erased can't be posted.
    if (amount === null || day < days.from || day > days.to) return [];
    const tags: [string, string][] = [
      ['entry', row.entryId],
      ['source', row.source],
    ];
    if (row.periodFrom !== null) tags.push(['period', `${row.periodFrom} ${row.periodTo ?? row.periodFrom}`]);
    if (row.promisedOn !== null) tags.push(['promised', row.promisedOn]);
    return [{ kind, day, project, amount, channel, note, tags }];
  });
}

function expectedPay(
  { db: { read }, clock, dayStartHour, projectName }: LedgerExportsDeps,
  month: Period,
): JournalRecord[] {
  const period = payPeriodOf(read, workingDays(month.from, month.to, clock.zone(), dayStartHour(read)));
  return payAccount(period).projects.flatMap(({ projectId, expected, pieces }) =>
    expected
      .filter(({ minor }) => minor !== 0)
      .map((amount): JournalRecord => ({
        kind: 'expected',
        day: month.to,
        project: projectId === null ? null : projectName(read, projectId),
        amount,
        channel: null,
        note: null,
        tags: [
          ['period', `${month.from} ${month.to}`],
          ['pieces', String(pieces)],
          ['source', 'computed from the terms'],
        ],
      })),
  );
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
