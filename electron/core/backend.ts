import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OperationName } from '#shared/contract/contract.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { type OpenDatabase, openDatabase } from '#electron/db/open.ts';
import { createMediaResolver, type MediaResolver } from '#electron/media/media-resolver.ts';
import { taskMediaSource } from '#electron/media/media-source.ts';
import { elsewhereProjection } from '#electron/projections/elsewhere.projection.ts';
import { submissionsProjection } from '#electron/projections/submissions.projection.ts';
import { attachmentSource, createAttachmentsService, sweepBlobs } from '#electron/services/attachments.service.ts';
import { createDraftsService } from '#electron/services/drafts.service.ts';
import { createElsewhereService } from '#electron/services/elsewhere.service.ts';
import { createFilesService } from '#electron/services/files.service.ts';
import { createJobsService } from '#electron/services/jobs.service.ts';
import { createOperationsService } from '#electron/services/operations.service.ts';
import { createSettingsService } from '#electron/services/settings.service.ts';
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
}

/** Every feature's projection. The order does not matter: each has tables of its own. */
const projections: readonly Projection[] = [];

/** Whether any project is there, which tells a first start from a later one. */
const hasProjects = (db: ReadDb) => db.get('SELECT 1 FROM project LIMIT 1') !== undefined;

/** One line a service. */
function compose(parts: Parts, capabilities: HostCapabilities): Handlers<OperationName> {
  const { jobs, db, dataDir } = parts;
  return {
    ...capabilities,
    ...createOperationsService(),
    ...createSettingsService({ db, dataDir, hasProjects }),
    ...createJobsService({ jobs }),
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
  if (db.problem === null) db.transaction((tx) => ledger.openIfNew(tx));
  const call = createDispatch({
    handlers: compose({ dataDir, clock, ids, log, db, ledger, jobs }, capabilities),
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
    resolveMedia: async () => ({ problem: 'missing' }),
    resolveBlob: async () => ({ problem: 'missing' }),
    async close() {
      jobs.cancelAll();
      db.close();
    },
  };
}
