import type { LedgerWorkers } from '#electron/core/ledger/ledger-workers.ts';
import { verifyWhole } from '#electron/core/ledger/whole-verification.ts';
import { rebuildProjections } from '#electron/core/ledger/projection-check.ts';
import type { OpenLedger } from '#electron/core/ledger/ledger.ts';
import type { LongWrites } from '#electron/core/long-writes.ts';
import type { Clock, Handlers } from '#electron/core/ports.ts';
import type { Database, WriteDb } from '#electron/db/database.ts';
import { keepVerification } from '#electron/repositories/checkpoints.repository.ts';

export interface LedgerVerificationDeps {
  db: Database & { readonly path: string; readonly problem: string | null };
  dataDir: string;
  ledger: OpenLedger;
  workers: LedgerWorkers;
  longWrites: LongWrites;
  clock: Clock;
}

/** The whole ledger checked, and its projections computed anew; both beside other work. */
export function createLedgerVerificationService(
  deps: LedgerVerificationDeps,
): Handlers<'ledger.verify' | 'ledger.rebuild'> {
  const { db, dataDir, ledger, workers, longWrites, clock } = deps;

  return {
    'ledger.verify': async (_input, context) => {
      const started = clock.monotonic();
      const { size, root, problems } = await verifyWhole(workers, { dataDir, path: db.path }, context);
      const ok = problems.length === 0;
      if (db.problem === null) {
        const at = new Date(clock.now()).toISOString();
        db.transaction((tx) => keepVerification(tx, { at, ok: ok ? 1 : 0, size }));
        context.changed('ledger');
      }
      return { ok, size, root, milliseconds: clock.monotonic() - started, problems };
    },

    'ledger.rebuild': async (_input, context) => {
      const started = clock.monotonic();
      const { entries, tables } = await workers.run({ type: 'compare', path: db.path }, context);
      // The rows that are there are right nearly always; then nothing is written and nobody waited.
      if (tables.some(({ differed }) => differed > 0)) {
        const steps = (tx: WriteDb) => rebuildProjections(tx, ledger.engine, context.progress);
        await longWrites.alone('ledger.rebuild', steps, context.signal);
      }
      return { entries, tables, milliseconds: clock.monotonic() - started };
    },
  };
}
