import { existsSync, rmSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { EntryRecord } from '#shared/codecs/ledger-lines.codec.ts';
import type { Output } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { BlobRef } from '#shared/domain/blob.ts';
import type { EntityId } from '#shared/domain/ids.ts';
import type { BlobStore } from '#electron/core/blob-store.ts';
import { type EraseHook, type ErasurePlan, planFields } from '#electron/core/ledger/erasure.ts';
import { foundBeside, keepAttachmentsBeside } from '#electron/core/ledger/attachments-beside.ts';
import { type LinesSummary, readLines, summariseLines } from '#electron/core/ledger/lines-file.ts';
import type { OpenLedger } from '#electron/core/ledger/ledger.ts';
import { erasedBy, replayEntry } from '#electron/core/ledger/replaying.ts';
import { draftPath, dropUnfinishedRestore, exchange } from '#electron/core/ledger/restoring.ts';
import type { CallContext, Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { WriteDb } from '#electron/db/database.ts';
import { removeDatabase } from '#electron/db/files.ts';
import { newestVersion, readMigrations } from '#electron/db/migrate.ts';
import { type OpenDatabase, openDatabase } from '#electron/db/open.ts';
import { insertAttachment } from '#electron/repositories/attachments.repository.ts';
import { writeBackup } from '#electron/repositories/backups.repository.ts';
import { entitiesAbout, entryBySeq, isUntouched, ledgerSize } from '#electron/repositories/entries.repository.ts';
import { copySettings } from '#electron/repositories/settings.repository.ts';

export interface LedgerImportsDeps {
  db: OpenDatabase;
  ledger: OpenLedger;
  clock: Clock;
  ids: Ids;
  blobs: BlobStore;
  /** Each feature drops what it kept of a text that is erased. */
  hooks: readonly EraseHook[];
  /** `backups/` of the data folder. */
  folder: string;
  /** What is under way, but for one operation, that must not find another ledger underneath; null when nothing is. */
  busyWith(except?: string): string | null;
  /** Called before and after another ledger lies underneath. */
  beforeRestore(): void;
  afterRestore(): void;
}

type Relation = Output<'ledger.import'>['relation'];
type Context = Pick<CallContext, 'signal' | 'progress'>;

/** Entries written, or entities projected, between two rests. */
const portion = 500;
const mediaType = 'application/jsonl';

/**
 * Taking in what `ledger.export` wrote as JSON Lines.
 *
 * An entry of a ledger has one place: its `seq` under its ledger's root. So there are two things that taking in can mean, and a third that it
 * must not. **Restoring**: into an untouched ledger goes a whole one, which this data folder's then is: every id, time, source, salt and hash
 * stays, the tree has the same root, and an export has the same bytes. The signing key does not travel in a file; before the
 * next checkpoint the ledger names the new one. **Extending**: of a file of this same ledger, grown further elsewhere, the entries after ours are
 * written behind them, again unchanged. Whatever is anything else - another ledger, this one after it went two ways, a part without what came
 * before it - never becomes an entry here, for its entries would need other places, times and a source that is not theirs. Such a file
 * is only **kept apart**, if its owner says so: as an attachment with the bytes it has, named by an `import.taken` entry that took no
 * rows, so that no figure counts it.
 */
export function createLedgerImportsService(
  deps: LedgerImportsDeps,
): Handlers<'ledger.importPreview' | 'ledger.import'> {
  const { db } = deps;
  return {
    'ledger.importPreview': async ({ path }, context) => {
      const { lines, ...standing } = await look(deps, path, context);
      const { kinds, blobs, faults, hash, bytes, first: _first, last: _last, gapless: _gapless, ...rest } = lines;
      const missing = blobs.filter(({ blob }) => !existsSync(deps.blobs.pathOf(blob))).map(({ blob }) => blob);
      return {
        file: { name: basename(path), bytes, hash },
        ...rest,
        ...standing,
        kinds: Array.from(kinds, ([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count),
        attachments: blobs.length,
        attachmentsMissing: missing.length,
        attachmentsBeside: foundBeside(path, missing).length,
        faults: [...faults],
      };
    },

    'ledger.import': async ({ path, keepApart, dryRun }, context) => {
      const { lines, relation, here, missing } = await look(deps, path, context);
      const [fault] = lines.faults;
      if (fault) throw new AppError('ledger/lines-wrong', { file: basename(path), ...fault, count: lines.wrong });
      const told = { relation, read: lines.entries, taken: missing, here, apart: 0 };
      const isApart = relation === 'part' || relation === 'forked' || relation === 'foreign';
      if (isApart && !keepApart) throw new AppError('ledger/not-of-this-ledger', { relation });
      const answer = { ...told, apart: isApart ? lines.entries : 0, attachments: 0 };
      if (dryRun) return answer;
      if (isApart) {
        await keep(deps, path, lines);
        return answer;
      }
      // Before the entries: none of them stands here whose file was refused.
      const addedAt = new Date(deps.clock.now()).toISOString();
      const attachments = await keepAttachmentsBeside(path, lines.blobs, deps.blobs, addedAt, context);
      if (relation === 'restores') await restore(deps, path, lines, context);
      if (relation === 'extends') await extend(deps, path, lines, ledgerSize(db.read), context);
      db.transaction((tx) => attachments.forEach((row) => insertAttachment(tx, row)));
      return { ...answer, attachments: attachments.length };
    },
  };
}

/** Reads the file through and holds it against the ledger. */
async function look(
  { db }: LedgerImportsDeps,
  path: string,
  context: Context,
): Promise<{ lines: LinesSummary; relation: Relation; here: number; missing: number }> {
  if (!isAbsolute(path)) throw new AppError('host/bad-input', { path: 'path', problem: 'not-absolute' });
  const found = await stat(path).catch(() => null);
  if (found && !found.isFile()) throw new AppError('files/unreadable', { path, problem: 'not-a-file' });
  let [here, elsewhere, done] = [0, 0, 0];
  const lines = await summariseLines(path, context, ({ seq, leaf_hash: leaf }) => {
    const own = entryBySeq(db.read, seq);
    if (own !== undefined) {
      if (Buffer.from(own.leaf_hash).toString('hex') === leaf) here += 1;
      else elsewhere += 1;
    }
    done += 1;
    if (done % portion === 0) context.progress(done, null);
  });
  const relation = relationOf(db, lines, here, elsewhere);
  const taking = relation === 'restores' || relation === 'extends';
  return { lines, relation, here, missing: taking ? lines.entries - here : 0 };
}

function relationOf(db: OpenDatabase, lines: LinesSummary, here: number, elsewhere: number): Relation {
  const { first, last, gapless, entries } = lines;
  if (entries > 0 && here === entries) return 'here';
  const size = ledgerSize(db.read);
  const isWhole = first === 0 && gapless;
  if (here === 0) return isWhole && isUntouched(db.read) ? 'restores' : 'foreign';
  if (elsewhere > 0) return 'forked';
  return gapless && first !== null && first <= size && last !== null && last >= size ? 'extends' : 'part';
}

/** @throws AppError `ledger/file-changed` when the file is no longer what was looked at */
function refuseChanged(read: { hash: string }, lines: LinesSummary): void {
  if (read.hash !== lines.hash) throw new AppError('ledger/file-changed');
}

const never = (): never => {
  throw new AppError('ledger/file-changed');
};

/** Makes the ledger of the file ready beside the present one and puts it in its place, as restoring a backup does. */
async function restore(deps: LedgerImportsDeps, path: string, lines: LinesSummary, context: Context): Promise<void> {
  const { db } = deps;
  const draft = draftPath(db.path);
  removeDatabase(draft);
  try {
    await writeDraft(deps, draft, path, lines, context);
    const owner = deps.busyWith('ledger.import');
    if (owner !== null) throw new AppError('host/busy', { owner });
    // Something may have been written down meanwhile.
    if (!isUntouched(db.read)) throw new AppError('ledger/not-of-this-ledger', { relation: 'foreign' });
    deps.beforeRestore();
    try {
      const madeAt = new Date(deps.clock.now()).toISOString();
      const kept = { madeAt, why: 'before-restore', supported: newestVersion(readMigrations()) } as const;
      writeBackup(db.connection, deps.folder, kept);
      db.connection.pragma('wal_checkpoint(TRUNCATE)');
      db.reopen(() => exchange(db.path, null));
    } finally {
      deps.afterRestore();
    }
  } finally {
    dropUnfinishedRestore(db.path);
  }
}

async function writeDraft(
  { db, ledger }: LedgerImportsDeps,
  draft: string,
  path: string,
  lines: LinesSummary,
  context: Context,
): Promise<void> {
  const target = openDatabase({ path: draft });
  try {
    if (target.problem !== null) throw new Error(target.problem);
    let waiting: EntryRecord[] = [];
    let done = 0;
    const flush = () => {
      target.transaction((tx) => waiting.forEach((record) => replayEntry(tx, record)));
      done += waiting.length;
      waiting = [];
      // Reading twice and projecting are about one half each.
      context.progress(done, lines.entries * 2);
    };
    const take = (record: EntryRecord) => {
      waiting.push(record);
      if (waiting.length === portion) flush();
    };
    refuseChanged(await readLines(path, context, take, never), lines);
    flush();
    target.transaction((tx) => copySettings(db.read, tx));
    let after: EntityId = '';
    for (let count = portion; count === portion;) {
      const entities = entitiesAbout(target.read, after, portion);
      target.transaction((tx) => entities.forEach((entity) => ledger.engine.project(tx, entity)));
      after = entities.at(-1) ?? after;
      count = entities.length;
      done += count;
      context.progress(Math.min(done, lines.entries * 2), lines.entries * 2);
      await breathe();
      context.signal.throwIfAborted();
    }
  } finally {
    target.close();
  }
}

/** Writes the entries of a file of this same ledger that come after ours, all or none. */
async function extend(
  { db, ledger, hooks, blobs }: LedgerImportsDeps,
  path: string,
  lines: LinesSummary,
  size: number,
  context: Context,
): Promise<void> {
  const missing: EntryRecord[] = [];
  const take = (record: EntryRecord) => void (record.seq >= size && missing.push(record));
  refuseChanged(await readLines(path, context, take, never), lines);
  const erasures = db.transaction((tx) => {
    // The ledger may have grown while the file was read.
    if (ledgerSize(tx) !== size) throw new AppError('ledger/not-of-this-ledger', { relation: 'forked' });
    // What an erasure among them takes with it is known only before it is carried out.
    const plans: ErasurePlan[] = [];
    const touched = new Set<EntityId>();
    for (const record of missing) {
      const erased = erasedBy(record);
      if (erased.length > 0) plans.push(planFields(tx, erased));
      for (const entity of replayEntry(tx, record)) touched.add(entity);
    }
    for (const entity of touched) ledger.engine.project(tx, entity);
    for (const plan of plans) letGo(tx, plan, hooks);
    return plans;
  });
  for (const hash of erasures.flatMap((plan) => plan.blobs)) rmSync(blobs.pathOf(hash), { force: true });
  // Until now the write-ahead log has the pages of erased fields as they were.
  db.connection.pragma('wal_checkpoint(TRUNCATE)');
}

/** Whatever a feature kept beside the ledger of what was erased goes too. */
function letGo(tx: WriteDb, { chain: [root], fields, blobs }: ErasurePlan, hooks: readonly EraseHook[]): void {
  if (!root) return;
  const { subjects } = JSON.parse(root.header) as { subjects: EntityId[] };
  const names = [...new Set(fields.map(({ name }) => name))];
  for (const hook of hooks) hook(tx, { kind: root.kind, subjects, fields: names, blobs });
}

/** Keeps the file of another ledger as it is, and writes down that it was kept. */
async function keep(deps: LedgerImportsDeps, path: string, lines: LinesSummary): Promise<void> {
  const bytes = await readFile(path);
  const blob = await deps.blobs.put(bytes);
  refuseChanged({ hash: blob }, lines);
  const now = new Date(deps.clock.now()).toISOString();
  const name = basename(path).slice(0, 500);
  const file: BlobRef = { blob, bytes: bytes.length, mediaType, name };
  deps.db.transaction((tx) => {
    insertAttachment(tx, { blob, bytes: bytes.length, media_type: mediaType, added_at: now });
    deps.ledger.append(tx, [
      {
        kind: 'import.taken',
        body: {
          file_name: name,
          file_hash: lines.hash,
          whole_file: file,
          mapping: { format: 'counterledger-entries', origin: lines.origin },
          rows_read: lines.entries,
          rows_taken: 0,
          rows_skipped: { 'kept-apart': lines.entries },
          rows: [],
        },
        occurredStart: now,
        occurredEnd: null,
        source: 'stated',
        subjects: [deps.ids.uuid()],
      },
    ]);
  });
}
