import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import { contract, isOperationName, type OperationName } from '#shared/contract/contract.ts';
import type { WriteDb } from '#electron/db/database.ts';
import type { OpenDatabase } from '#electron/db/open.ts';
import type { Job } from './jobs.ts';

/** How often (milliseconds) it is looked whether other long work has ended. */
const LOOK_MS = 100;

/** Does all steps and rests after each, so that others are heard. @throws the signal's reason, once it is given */
export async function resting<T>(steps: Generator<void, T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await breathe();
    signal.throwIfAborted();
  }
}

/** Much written into the ledger as one transaction that rests on the way, so that it can be watched and called off. */
export interface LongWrites {
  /**
   * Takes the steps of an operation with nobody else in the ledger: it begins once long commands of others have ended, and calls that come in
   * meanwhile wait. Whatever it throws, the signal's reason too, takes everything back.
   */
  alone<T>(operation: OperationName, steps: (tx: WriteDb) => Generator<void, T>, signal: AbortSignal): Promise<T>;
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
  // Those that write, or wait for their turn to: they are not waited for, or two would wait for each other.
  const inLine: OperationName[] = [];

  const isBusy = () =>
    jobs
      .list()
      .some(
        ({ operation: name }) => isOperationName(name) && !inLine.includes(name) && contract[name].kind === 'command',
      );

  const run = async <T>(steps: (tx: WriteDb) => Generator<void, T>, signal: AbortSignal): Promise<T> => {
    signal.throwIfAborted();
    while (isBusy()) {
      await sleep(LOOK_MS);
      signal.throwIfAborted();
    }
    const letIn = holdCalls();
    try {
      return await db.longTransaction((tx) => resting(steps(tx), signal));
    } finally {
      letIn();
    }
  };

  return {
    alone(operation, steps, signal) {
      inLine.push(operation);
      const mine = last.then(() => run(steps, signal)).finally(() => inLine.splice(inLine.indexOf(operation), 1));
      last = mine.catch(() => undefined);
      return mine;
    },
    settled: async () => void (await last),
  };
}
