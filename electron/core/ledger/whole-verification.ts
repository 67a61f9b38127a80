import { AppError } from '#shared/contract/errors.ts';
import type { CallContext } from '#electron/core/ports.ts';
import type { LedgerWorkers } from './ledger-workers.ts';
import type { Verified } from './verification.ts';

/**
 * Verifies the whole ledger in three threads at once: the entries one by one, their file, and what lies around them. The file takes a third as long as each of
 * the others, so that two processors are done with all of it at about the same time.
 *
 * Each thread sees one state of the ledger; what is written between the first beginning and the last is checked by the later ones only.
 * @throws AppError `jobs/cancelled`
 */
export async function verifyWhole(
  workers: LedgerWorkers,
  ledger: { path: string; dataDir: string },
  { signal, progress }: Pick<CallContext, 'signal' | 'progress'>,
): Promise<Verified> {
  // When one fails the others are ended, and all are gone before anyone hears of it.
  const together = new AbortController();
  const options = (share: 0 | 1) => ({
    signal: AbortSignal.any([signal, together.signal]),
    progress(done: number, total: number | null) {
      shares[share] = total ? done / total : 0;
      progress(Math.round(((shares[0] + shares[1]) / 2) * 1000), 1000);
    },
  });
  const shares: [number, number] = [0, 0];
  const runs = [
    workers.run({ type: 'verify', path: ledger.path }, options(0)),
    workers.run({ type: 'surroundings', ...ledger }, options(1)),
    // SQLite does not tell how far it is.
    workers.run({ type: 'check-file', path: ledger.path }, { ...options(0), progress: () => undefined }),
  ] as const;
  for (const run of runs) run.catch(() => together.abort());
  const [entries, around, file] = await Promise.allSettled(runs);
  if (entries.status === 'rejected' || around.status === 'rejected' || file.status === 'rejected') {
    const reasons = [entries, around, file].flatMap((run) =>
      run.status === 'rejected' ? [run.reason as unknown] : [],
    );
    // The one that failed by itself, not those that were ended for it.
    throw reasons.find((reason) => !(reason instanceof AppError)) ?? reasons[0];
  }
  return { ...entries.value, problems: [...entries.value.problems, ...file.value, ...around.value] };
}
