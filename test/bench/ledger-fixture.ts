import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { featureProjections } from '#electron/core/feature-projections.ts';
import { createIds } from '#electron/core/ids.ts';
import { createLedger, type OpenLedger } from '#electron/core/ledger/ledger.ts';
import type { AnyEntryDraft } from '#electron/core/ledger/ledger-types.ts';
import { openSigningKey } from '#electron/core/ledger/signing-key.ts';
import type { Ids } from '#electron/core/ports.ts';
import { newestVersion, readMigrations } from '#electron/db/migrate.ts';
import { type OpenDatabase, openDatabase } from '#electron/db/open.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

export interface LedgerFixture {
  db: OpenDatabase;
  ledger: OpenLedger;
  clock: FakeClock;
  ids: Ids;
  projectId: string;
}

const minute = 60_000;

export function openFixture(dataDir: string, start = '2018-01-01T00:00:00.000Z'): LedgerFixture {
  mkdirSync(dataDir, { recursive: true });
  const clock = new FakeClock(start);
  const ids = createIds(clock);
  const db = openDatabase({ path: join(dataDir, 'ledger.db') });
  const ledger = createLedger({ clock, ids, key: openSigningKey(dataDir), projections: featureProjections });
  const projectId = ids.uuid();
  return { db, ledger, clock, ids, projectId };
}

/** The stretch of time that ends now, as measuring it writes it: the most frequent entry of all. */
export function stretch({ clock, ids, projectId }: LedgerFixture): AnyEntryDraft {
  const start = clock.instant;
  clock.advance(minute);
  return {
    kind: 'time.spent',
    body: {
      lane: 'activity',
      what: 'annotating',
      paid: 'by-piece',
      project: projectId as never,
      task: ids.uuid() as never,
      tag: null,
      ended_by: 'switch',
    },
    occurredStart: start,
    occurredEnd: clock.instant,
    source: 'measured',
    subjects: [ids.uuid()],
  };
}

/** What a photo of three boxes seals. */
export function submission({ clock, ids, projectId }: LedgerFixture, n: number): AnyEntryDraft {
  const [id, task] = [ids.uuid(), ids.uuid()];
  const shapes = [0, 1, 2].map((box) => ({
    id: ids.uuid(),
    label: 'car',
    geometry: { type: 'box', x: 10.5 * box, y: 20.25, w: 100, h: 50.5 },
    attributes: {},
    origin: 'hand',
  }));
  return {
    kind: 'submission.sealed',
    body: {
      project: projectId,
      task,
      segment: null,
      round: 1,
      media_name: `street/${n}.jpg`,
      media_hash: 'ab'.repeat(32),
      media_bytes: 240_000,
      media_size: { width: 1920, height: 1080 },
      media_sound: null,
      text: null,
      history: null,
      media_likeness: '0123456789abcdef',
      annotation: { version: 1, shapes },
      annotation_hash: 'cd'.repeat(32),
      object_counts: { car: 3 },
      guideline: null,
      guideline_version: null,
      task_kind: null,
      breaches: null,
      machine: null,
      time_spent_ms: 60_000,
    },
    occurredStart: clock.instant,
    occurredEnd: null,
    source: 'measured',
    subjects: [id, task, projectId],
  } as unknown as AnyEntryDraft;
}

/**
 * A ledger of so many entries, written through the ledger itself: nine stretches of time to each submission, a checkpoint every
 * 5,000 entries. Kept in the system's temporary folder by version of the schema, because writing a million takes minutes.
 */
export function largeLedger(size: number, say: (line: string) => void): string {
  const dataDir = join(tmpdir(), `counterledger-bench-${size}-${newestVersion(readMigrations())}`);
  if (existsSync(dataDir)) return dataDir;
  const draft = `${dataDir}-${process.pid}`;
  const fixture = openFixture(draft);
  const { db, ledger } = fixture;
  db.transaction((tx) => ledger.openIfNew(tx));
  for (let written = 1; written < size;) {
    const until = Math.min(size - 1, written + 5000);
    db.transaction((tx) => {
      for (; written < until; written += 1) {
        ledger.append(tx, [written % 10 === 0 ? submission(fixture, written) : stretch(fixture)]);
      }
      ledger.checkpoint(tx);
      written += 1;
    });
    if (written % 100_000 < 5001) say(`writing ${size} entries: ${written}`);
  }
  db.connection.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  rmSync(dataDir, { recursive: true, force: true });
  renameSync(draft, dataDir);
  return dataDir;
}
