import { setTimeout as sleep } from 'node:timers/promises';
import { contract, isOperationName, type OperationName } from '#shared/contract/contract.ts';
import type { WriteDb } from '#electron/db/database.ts';
import type { OpenDatabase } from '#electron/db/open.ts';
import type { Job } from './jobs.ts';

/** How often (milliseconds) it is looked whether other long work has ended. */
const LOOK_MS = 100;

/** Much written into the ledger as one transaction that rests on the way, so that it can be watched and called off. */
export interface LongWrites {
  /**
   * Runs `work` of an operation with nobody else in the ledger: it begins once long commands of others have ended, and calls that come in
   * meanwhile wait. Whatever it throws, the signal's reason too, takes everything back.
   */
  alone<T>(operation: OperationName, work: (tx: WriteDb) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Resolves when none is under way. */
  settled(): Promise<void>;
}

interface LongWritesDeps {
  db: Pick<OpenDatabase, 'longTransaction'>;
  jobs: { list(): Job[] };
  /** Has calls wait; what it answers lets them in. */
  holdCalls(): () => void;
}

export function createLongWrites({ db, jobs, holdCalls }: LongWritesDeps): LongWrites {
  let last: Promise<unknown> = Promise.resolve();

  const isBusy = (own: OperationName) =>
    jobs
      .list()
      .some(({ operation: name }) => name !== own && isOperationName(name) && contract[name].kind === 'command');

  const run: LongWrites['alone'] = async (operation, work, signal) => {
    signal.throwIfAborted();
    while (isBusy(operation)) {
      await sleep(LOOK_MS);
      signal.throwIfAborted();
    }
    const letIn = holdCalls();
    try {
      return await db.longTransaction(work);
    } finally {
      letIn();
    }
  };

  return {
    alone(...given) {
      const mine = last.then(() => run(...given));
      last = mine.catch(() => undefined);
      return mine;
    },
    settled: async () => void (await last),
  };
}
