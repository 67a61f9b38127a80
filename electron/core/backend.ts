import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OperationName } from '#shared/contract/contract.ts';
import { workingDayOf } from '#shared/rules/working-day.rules.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { type OpenDatabase, openDatabase } from '#electron/db/open.ts';
import { guidelinesProjection } from '#electron/projections/guidelines.projection.ts';
import { judgementsProjection } from '#electron/projections/judgements.projection.ts';
import { projectsProjection } from '#electron/projections/projects.projection.ts';
import { returnsProjection } from '#electron/projections/returns.projection.ts';
import { rulingsProjection } from '#electron/projections/rulings.projection.ts';
import { segmentsProjection } from '#electron/projections/segments.projection.ts';
import { submittedLabelsProjection } from '#electron/projections/submitted-labels.projection.ts';
import { countTasksByState } from '#electron/repositories/tasks.repository.ts';
import { createGuidelinesService } from '#electron/services/guidelines.service.ts';
import { createMediaResolver, type MediaResolver } from '#electron/media/media-resolver.ts';
import { taskMediaSource } from '#electron/media/media-source.ts';
import { elsewhereProjection } from '#electron/projections/elsewhere.projection.ts';
import { submissionsProjection } from '#electron/projections/submissions.projection.ts';
import { readSettings } from '#electron/repositories/settings.repository.ts';
import { attachmentSource, createAttachmentsService, sweepBlobs } from '#electron/services/attachments.service.ts';
import { createDraftsService } from '#electron/services/drafts.service.ts';
import { createElsewhereService } from '#electron/services/elsewhere.service.ts';
import { createFilesService } from '#electron/services/files.service.ts';
import { createJobsService } from '#electron/services/jobs.service.ts';
import { createJudgementsService } from '#electron/services/judgements.service.ts';
import { createOperationsService } from '#electron/services/operations.service.ts';
import { createPacksService } from '#electron/services/packs.service.ts';
import { createProjectsService } from '#electron/services/projects.service.ts';
import { createReturnsService } from '#electron/services/returns.service.ts';
import { createRulingsService } from '#electron/services/rulings.service.ts';
import { createSegmentsService } from '#electron/services/segments.service.ts';
import { createSettingsService } from '#electron/services/settings.service.ts';
import { createSubmissionsService } from '#electron/services/submissions.service.ts';
import { createTasksImportService, dropUnfinishedImports } from '#electron/services/tasks-import.service.ts';
import { createTasksService } from '#electron/services/tasks.service.ts';
import { type BlobStore, createBlobStore } from './blob-store.ts';
import { createChangeFeed } from './change-feed.ts';
import { systemClock } from './clock.ts';
import type { Core } from './core-port.ts';
import { createDispatch } from './dispatch.ts';
import { createIds } from './ids.ts';
import { createJobs } from './jobs.ts';
import { createLedger, type OpenLedger } from './ledger/ledger.ts';
import type { Projection } from './ledger/ledger-types.ts';
import { openSigningKey } from './ledger/signing-key.ts';
import { createFileLog } from './log.ts';
import type { Clock, Handlers, HostCapabilities, Ids, Log } from './ports.ts';
import { createSealedDoc } from './sealed-doc.ts';

export interface BackendOptions {
  /** The data folder; made for its owner's eyes only when it is not there. */
  dataDir: string;
  clock?: Clock;
  ids?: Ids;
  log?: Log;
  /** Holds outputs against their schemas: tests and development. */
  checkOutput?: boolean;
  /** The `host.*` operations, carried out by the host. */
  capabilities: HostCapabilities;
}

/** The core, composed. `db` and `ledger` are for tests and the composition; hosts see a `Core`. */
export interface Backend extends Core {
  readonly db: OpenDatabase;
  readonly ledger: OpenLedger;
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
}

/** Every feature's projection. The order does not matter: each has tables of its own. */
const projections: readonly Projection[] = [
  submissionsProjection,
  elsewhereProjection,
  projectsProjection,
  segmentsProjection,
  guidelinesProjection,
  rulingsProjection,
  returnsProjection,
  judgementsProjection,
  submittedLabelsProjection,
];

/** Whether any project is there, which tells a first start from a later one. */
const hasProjects = (db: ReadDb) => db.get('SELECT 1 FROM project LIMIT 1') !== undefined;

/** One line a service. */
function compose(parts: Parts, capabilities: HostCapabilities): Handlers<OperationName> {
  const { jobs, db, dataDir, clock } = parts;
  const sealedDoc = createSealedDoc(parts.blobs);
  const today = () => workingDayOf(clock.now(), clock.zone(), readSettings(db.read).dayStartHour);
  return {
    ...capabilities,
    ...createOperationsService(),
    ...createSettingsService({ db, dataDir, hasProjects }),
    ...createJobsService({ jobs }),
    ...createProjectsService({ ...parts, countTasksByState, today }),
    ...createSegmentsService(parts),
    ...createGuidelinesService(parts),
    ...createRulingsService(parts),
    ...createPacksService({ ...parts, today }),
    ...createReturnsService(parts),
    ...createJudgementsService(parts),
    ...createFilesService(),
    ...createTasksService(parts),
    ...createTasksImportService(parts),
    ...createDraftsService({ db, sealedDoc }),
    ...createSubmissionsService({ ...parts, sealedDoc, today, onSubmit: () => {}, taskTimeMs: () => 0 }),
    ...createElsewhereService(parts),
    ...createAttachmentsService(parts),
  } as unknown as Handlers<OperationName>;
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
  const db = openDatabase({ path: join(dataDir, 'ledger.db') });
  const ledger = createLedger({ clock, ids, key: openSigningKey(dataDir), projections });
  const media = createMediaResolver();
  const blobs = createBlobStore(join(dataDir, 'attachments'));
  if (db.problem === null) {
    db.transaction((tx) => ledger.openIfNew(tx));
    await dropUnfinishedImports(db);
    await sweepBlobs({ db, blobs, clock });
  }
  const call = createDispatch({
    handlers: compose({ dataDir, clock, ids, log, db, ledger, jobs, media, blobs }, capabilities),
    log,
    announce: feed.announce,
    openJob: jobs.open,
    checkOutput: options.checkOutput ?? false,
  });

  return {
    db,
    ledger,
    call,
    onChange: feed.subscribe,
    resolveMedia: (taskId) => taskMediaSource(db.read, media, taskId),
    resolveBlob: async (hash) => attachmentSource(db.read, blobs, hash),
    async close() {
      jobs.cancelAll();
      db.close();
    },
  };
}
