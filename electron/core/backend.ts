import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OperationName } from '#shared/contract/contract.ts';
import { peakPartBytes } from '#shared/contract/sounds.contract.ts';
import { calendarDay } from '#shared/rules/working-day.rules.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { type OpenDatabase, openDatabase } from '#electron/db/open.ts';
import { countTasksByState } from '#electron/repositories/tasks.repository.ts';
import { createAccuracyService } from '#electron/services/accuracy.service.ts';
import { createGuidelinesService } from '#electron/services/guidelines.service.ts';
import { createMediaResolver, type MediaResolver } from '#electron/media/media-resolver.ts';
import { taskMediaSource } from '#electron/media/media-source.ts';
import { createPeakStore } from '#electron/media/peak-store.ts';
import { createThumbStore } from '#electron/media/thumb-store.ts';
import { readSettings } from '#electron/repositories/settings.repository.ts';
import { attachmentSource, createAttachmentsService, sweepBlobs } from '#electron/services/attachments.service.ts';
import { createDraftsService } from '#electron/services/drafts.service.ts';
import { createElsewhereService } from '#electron/services/elsewhere.service.ts';
import { createExportsService } from '#electron/services/exchange-exports.service.ts';
import { createImportsService } from '#electron/services/exchange-imports.service.ts';
import { createHolisticService } from '#electron/services/figures-holistic.service.ts';
import { createFiguresService } from '#electron/services/figures.service.ts';
import { createFilesService } from '#electron/services/files.service.ts';
import { newestVersion, readMigrations } from '#electron/db/migrate.ts';
import {
  blobsInBackups,
  dropUnfinishedBackups,
  listBackups,
  writeBackup,
} from '#electron/repositories/backups.repository.ts';
import { type BackupsService, createBackupsService } from '#electron/services/backups.service.ts';
import { createLedgerErasureService } from '#electron/services/ledger-erasure.service.ts';
import { createLedgerExportsService } from '#electron/services/ledger-exports.service.ts';
import { createLedgerImportsService, type LedgerImportsDeps } from '#electron/services/ledger-imports.service.ts';
import { createLedgerVerificationService } from '#electron/services/ledger-verification.service.ts';
import { createLedgerService } from '#electron/services/ledger.service.ts';
import { createJobsService } from '#electron/services/jobs.service.ts';
import { createJudgementsService } from '#electron/services/judgements.service.ts';
import { createNotebookService } from '#electron/services/notebook.service.ts';
import { createNotesService } from '#electron/services/notes.service.ts';
import { createOperationsService } from '#electron/services/operations.service.ts';
import { createPacksService } from '#electron/services/packs.service.ts';
import { createProjectsService } from '#electron/services/projects.service.ts';
import { createProposalsService } from '#electron/services/proposals.service.ts';
import { createRecallsService } from '#electron/services/recalls.service.ts';
import { createReturnsAccountService } from '#electron/services/returns-account.service.ts';
import { createReturnsFiguresService } from '#electron/services/returns-figures.service.ts';
import { createReturnsService } from '#electron/services/returns.service.ts';
import { createRulingsService } from '#electron/services/rulings.service.ts';
import { createSamplesService } from '#electron/services/samples.service.ts';
import { createSegmentsService } from '#electron/services/segments.service.ts';
import { createSettingsService } from '#electron/services/settings.service.ts';
import { createSoundsService } from '#electron/services/sounds.service.ts';
import { createStandingService } from '#electron/services/standing.service.ts';
import { createSheetsService } from '#electron/services/sheets.service.ts';
import { createSubmissionsService } from '#electron/services/submissions.service.ts';
import { createTablesService } from '#electron/services/tables.service.ts';
import { createStatementsService } from '#electron/services/statements.service.ts';
import { createTasksImportService } from '#electron/services/tasks-import.service.ts';
import { dropUnfinishedImports } from './unseen-tasks.ts';
import { createTasksService } from '#electron/services/tasks.service.ts';
import { createTimeService } from '#electron/services/time.service.ts';
import { createClaimsService } from '#electron/services/claims.service.ts';
import { createComparisonsService } from '#electron/services/comparisons.service.ts';
import { createExchangeRatesService } from '#electron/services/exchange-rates.service.ts';
import { createPayService } from '#electron/services/pay.service.ts';
import { createTextsExportService } from '#electron/services/texts-export.service.ts';
import { createTextsImportService } from '#electron/services/texts-import.service.ts';
import { createTextsService } from '#electron/services/texts.service.ts';
import { createThumbnailsService } from '#electron/services/thumbnails.service.ts';
import { createTrainingService } from '#electron/services/training.service.ts';
import { appRoot } from './app-root.ts';
import { type BlobStore, createBlobStore } from './blob-store.ts';
import { createChangeFeed } from './change-feed.ts';
import { systemClock } from './clock.ts';
import type { Core } from './core-port.ts';
import { createDispatch } from './dispatch.ts';
import { featureProjections } from './feature-projections.ts';
import { createIds } from './ids.ts';
import { createJobs } from './jobs.ts';
import { createEraseHooks } from './erase-hooks.ts';
import { createHeldCalls } from './held-calls.ts';
import { createHousekeeping, type Housekeeping } from './housekeeping.ts';
import { createLongWrites, type LongWrites } from './long-writes.ts';
import { createLedgerWorkers, type LedgerWorkers } from './ledger/ledger-workers.ts';
import { createLedger, type OpenLedger } from './ledger/ledger.ts';
import { dropUnfinishedRestore } from './ledger/restoring.ts';
import { refuseWhileReadOnly } from './read-only.ts';
import { openSigningKey } from './ledger/signing-key.ts';
import { createFileLog } from './log.ts';
import type { Clock, Handlers, HostCapabilities, Ids, Log } from './ports.ts';
import { createSealedDoc } from './sealed-doc.ts';
import { createTimeTracker, systemTicker, type Ticker, type TimeTracker } from './time-tracker.ts';

export interface BackendOptions {
  /** The data folder; made for its owner's eyes only when it is not there. */
  dataDir: string;
  clock?: Clock;
  ids?: Ids;
  log?: Log;
  /** Holds outputs against their schemas: tests and development. */
  checkOutput?: boolean;
  /** Drives the measuring of time; tests give one that is driven by hand. */
  ticker?: Ticker;
  /** The `host.*` operations, carried out by the host. */
  capabilities: HostCapabilities;
}

/** The core, composed. Its parts are for tests and the composition; hosts see a `Core`. */
export interface Backend extends Core {
  readonly db: OpenDatabase;
  readonly ledger: OpenLedger;
  readonly tracker: TimeTracker;
  /** Checkpoints and backups that are made by themselves; runs on a timer, and when a test says so. */
  readonly housekeeping: Housekeeping;
}

/** What every service may ask for. */
interface Parts {
  dataDir: string;
  clock: Clock;
  ids: Ids;
  log: Log;
  db: OpenDatabase;
  ledger: OpenLedger;
  jobs: ReturnType<typeof createJobs>;
  media: MediaResolver;
  blobs: BlobStore;
  tracker: TimeTracker;
  workers: LedgerWorkers;
  longWrites: LongWrites;
  backups: BackupsService;
  restoring: Pick<LedgerImportsDeps, 'busyWith' | 'beforeRestore' | 'afterRestore' | 'folder'>;
}

/** Whether any project is there, which tells a first start from a later one. */
const hasProjects = (db: ReadDb) => db.get('SELECT 1 FROM project LIMIT 1') !== undefined;

const projectName = (db: ReadDb, id: string) =>
  db.get<{ name: string | null }>('SELECT name FROM project WHERE id = ?', [id])?.name ?? null;
const dayStartHour = (db: ReadDb) => readSettings(db).dayStartHour;

/** One line a service. */
function compose(parts: Parts, capabilities: HostCapabilities): Handlers<OperationName> {
  const { jobs, db, dataDir, tracker } = parts;
  const sealedDoc = createSealedDoc(parts.blobs);
  const hooks = createEraseHooks(sealedDoc);
  const today = () => tracker.today(db.read);
  const taskTime = { onSubmit: tracker.onSubmit, taskTimeMs: tracker.taskTimeMs };
  return {
    ...capabilities,
    ...createOperationsService(),
    ...createSettingsService({ db, dataDir, hasProjects }),
    ...createJobsService({ jobs }),
    ...createLedgerService({ ...parts, projectName, dayStartHour }),
    ...createLedgerVerificationService(parts),
    ...createLedgerExportsService({ ...parts, projectName, dayStartHour }),
    ...createLedgerImportsService({ ...parts, ...parts.restoring, hooks }),
    ...createLedgerErasureService({ ...parts, backups: join(dataDir, 'backups'), hooks }),
    ...parts.backups,
    ...createProjectsService({ ...parts, countTasksByState, today }),
    ...createSamplesService({ ...parts, appRoot, today }),
    ...createSegmentsService(parts),
    ...createGuidelinesService(parts),
    ...createRulingsService(parts),
    ...createPacksService({ ...parts, today }),
    ...createReturnsService(parts),
    ...createReturnsAccountService({ db, sealedDoc }),
    ...createReturnsFiguresService({ db, sealedDoc }),
    ...createRecallsService({ ...parts, dayStartHour }),
    ...createStandingService(parts),
    ...createAccuracyService({ ...parts, dayStartHour }),
    ...createNotebookService({ ...parts, sealedDoc }),
    ...createNotesService(parts),
    ...createJudgementsService({ ...parts, sealedDoc }),
    ...createFilesService(),
    ...createTasksService({ ...parts, today, dayStartHour }),
    ...createThumbnailsService({ ...parts, thumbs: createThumbStore(join(dataDir, 'cache', 'thumbnails')) }),
    ...createSoundsService({ ...parts, peaks: createPeakStore(join(dataDir, 'cache', 'peaks'), peakPartBytes) }),
    ...createTasksImportService(parts),
    ...createDraftsService({ ...parts, sealedDoc }),
    ...createSubmissionsService({ ...parts, ...taskTime, sealedDoc, today }),
    ...createElsewhereService(parts),
    ...createImportsService({ ...parts, sealedDoc, today }),
    ...createProposalsService({ ...parts, sealedDoc }),
    ...createTextsService({ ...parts, today }),
    ...createTextsImportService({ ...parts, sealedDoc }),
    ...createTextsExportService({ ...parts, sealedDoc }),
    ...createComparisonsService(parts),
    ...createExportsService({ ...parts, sealedDoc, today }),
    ...createAttachmentsService(parts),
    ...createSheetsService(parts),
    ...createStatementsService(parts),
    ...createTablesService(parts),
    ...createTimeService({ ...parts, settings: readSettings }),
    ...createFiguresService({ ...parts, settings: readSettings, projectName }),
    ...createHolisticService({ ...parts, settings: readSettings, projectName }),
    ...createPayService({ ...parts, dayStartHour }),
    ...createClaimsService(parts),
    ...createExchangeRatesService(parts),
    ...createTrainingService({ ...parts, dayStartHour }),
  };
}

/**
 * Opens a data folder and puts the core together: plain constructor calls, nothing found by name at run time.
 *
 * @throws AppError `data/not-a-ledger`, `data/from-newer-version`; a damaged ledger opens for reading instead
 */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  const { dataDir, capabilities } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? createIds(clock);
  const log = options.log ?? createFileLog(dataDir, () => clock.now());
  const feed = createChangeFeed(log);
  const jobs = createJobs({ clock, ids, feed });
  const path = join(dataDir, 'ledger.db');
  const backupFolder = join(dataDir, 'backups');
  dropUnfinishedRestore(path);
  dropUnfinishedBackups(backupFolder);
  const db = openDatabase({
    path,
    newestBackup: () => listBackups(backupFolder)[0]?.name ?? null,
    beforeMigration(connection) {
      const madeAt = new Date(clock.now()).toISOString();
      const supported = newestVersion(readMigrations());
      writeBackup(connection, backupFolder, { madeAt, why: 'before-migration', supported });
    },
  });
  const ledger = createLedger({ clock, ids, key: openSigningKey(dataDir), projections: featureProjections });
  const media = createMediaResolver();
  const blobs = createBlobStore(join(dataDir, 'attachments'));
  if (db.problem === null) {
    db.transaction((tx) => ledger.openIfNew(tx));
    await dropUnfinishedImports(db);
    await sweepBlobs({ db, blobs, clock }, () => blobsInBackups(backupFolder));
  }
  const ticker = options.ticker ?? systemTicker;
  const tracker = createTimeTracker({
    db,
    ledger,
    clock,
    ids,
    log,
    ticker,
    announce: feed.announce,
    settings: readSettings,
  });
  if (db.problem === null) tracker.start();
  const workers = createLedgerWorkers();
  const restoring: Parts['restoring'] = {
    folder: backupFolder,
    busyWith(except) {
      const job = jobs.list().find(({ operation }) => operation !== except);
      return job?.operation ?? (workers.busy > 0 ? 'ledger' : null);
    },
    beforeRestore() {
      if (db.problem === null) tracker.stop();
    },
    afterRestore() {
      if (db.problem === null) tracker.start();
    },
  };
  const heldCalls = createHeldCalls();
  const longWrites = createLongWrites({ db, jobs, holdCalls: () => heldCalls.hold() });
  const backups = createBackupsService({
    db,
    ledger,
    workers,
    clock,
    ...restoring,
    holdCalls: () => heldCalls.hold(),
    dayOf: (instant) => calendarDay(Date.parse(instant), clock.zone()),
  });
  const housekeeping = createHousekeeping({
    db,
    ledger,
    backups,
    clock,
    feed,
    log,
    dayStartHour: () => dayStartHour(db.read),
  });
  housekeeping.start();
  const call = createDispatch({
    handlers: heldCalls.guard(
      refuseWhileReadOnly(
        compose(
          {
            dataDir,
            clock,
            ids,
            log,
            db,
            ledger,
            jobs,
            media,
            blobs,
            tracker,
            workers,
            longWrites,
            backups,
            restoring,
          },
          capabilities,
        ),
        () => db.problem !== null,
      ),
    ),
    log,
    announce: feed.announce,
    openJob: jobs.open,
    checkOutput: options.checkOutput ?? false,
  });

  return {
    db,
    ledger,
    tracker,
    housekeeping,
    call,
    onChange: feed.subscribe,
    resolveMedia: (taskId) => taskMediaSource(db.read, media, taskId),
    resolveBlob: async (hash) => attachmentSource(db.read, blobs, hash),
    async close() {
      jobs.cancelAll();
      await longWrites.settled();
      await housekeeping.stop();
      await workers.close();
      if (db.problem === null) tracker.stop();
      db.close();
    },
  };
}
