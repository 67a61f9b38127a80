import { useEffect, useRef, useState } from 'react';
import type { Input, Output } from '#shared/contract/contract.ts';
import type { SheetReading } from '#shared/domain/sheet-mapping.ts';
import type { StatementColumns } from '#shared/domain/pay-statement.ts';
import { useJob, type Job } from '#renderer/client/use-job.ts';

export type StatementSource = Input<'pay.readStatement'>['source'];
export type StatementSeen = Output<'pay.readStatement'>;

const found: SheetReading = { encoding: null, delimiter: null, sheet: null, headerRow: null };
/** What is still being typed is not read at every letter. */
const settleMs = 250;

export interface StatementTable {
  seen: StatementSeen | null;
  /** What is shown is of the source and the columns as they stand. */
  settled: boolean;
  job: Job<'pay.readStatement'>;
  choose: (next: Partial<StatementColumns>) => void;
  chooseSheet: (sheet: string) => void;
}

/**
 * A statement being looked over: read whenever its source, its sheet or the choice of columns changes. Until something is chosen the columns are
 * those that their headers name.
 */
export function useStatement(source: StatementSource | null, currency: string): StatementTable {
  const job = useJob('pay.readStatement');
  const { run, cancel } = job;
  const [reading, setReading] = useState(found);
  const [columns, setColumns] = useState<StatementColumns | null>(null);
  const [answer, setAnswer] = useState<{ seen: StatementSeen; to: string } | null>(null);
  const key = JSON.stringify([source, reading, columns, currency]);
  const latest = useRef(key);
  latest.current = key;

  useEffect(() => {
    if (source === null) return undefined;
    let running = false;
    const timer = setTimeout(() => {
      running = true;
      const asked = columns === null ? null : { ...columns, currency };
      void run({ source, reading, columns: asked, currency }).then((seen) => {
        running = false;
        if (seen && latest.current === key) setAnswer({ seen, to: key });
      });
    }, settleMs);
    return () => {
      clearTimeout(timer);
      if (running) cancel();
    };
    // The key stands for source, reading, columns and currency.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, run, cancel]);

  return {
    seen: answer?.seen ?? null,
    settled: answer?.to === key,
    job,
    choose: (next) => setColumns((before) => ({ ...(before ?? answer!.seen.use), ...next })),
    chooseSheet: (sheet) => {
      setReading({ ...found, sheet });
      setColumns(null);
    },
  };
}
