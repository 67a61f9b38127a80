import { AppError } from '#shared/contract/errors.ts';
import type { CallContext } from '#electron/core/ports.ts';
import type { LedgerWorkers } from './ledger-workers.ts';
import type { Verified } from './verification.ts';

/**
 * Verifies the whole ledger in two threads at once, which take about as long: the entries one by one and their file, and what lies around
 * them.
 *
 * Each thread sees one state of the ledger; what is written between the two beginnings is checked by the later one only.
 * @throws AppError `jobs/cancelled`
 */
export async function verifyWhole(
  workers: LedgerWorkers,
  ledger: { path: string; dataDir: string },
  { signal, progress }: Pick<CallContext, 'signal' | 'progress'>,
): Promise<Verified> {
  // When one fails the other is ended, and both are gone before anyone hears of it.
  const both = new AbortController();
  const options = (share: 0 | 1) => ({
    signal: AbortSignal.any([signal, both.signal]),
    progress(done: number, total: number | null) {
      shares[share] = total ? done / total : 0;
      progress(Math.round(((shares[0] + shares[1]) / 2) * 1000), 1000);
    },
  });
  const shares: [number, number] = [0, 0];
  const runs = [
    workers.run({ type: 'verify', path: ledger.path }, options(0)),
    workers.run({ type: 'surroundings', ...ledger }, options(1)),
  ] as const;
  for (const run of runs) run.catch(() => both.abort());
  const [entries, around] = await Promise.allSettled(runs);
  if (entries.status === 'rejected' || around.status === 'rejected') {
    const reasons = [entries, around].flatMap((run) => (run.status === 'rejected' ? [run.reason as unknown] : []));
    // The one that failed by itself, not the one that was ended for it.
    throw reasons.find((reason) => !(reason instanceof AppError)) ?? reasons[0];
  }
  return { ...entries.value, problems: [...entries.value.problems, ...around.value] };
}
