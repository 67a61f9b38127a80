import { useEffect, useRef, useState } from 'react';
import type { Input, Output } from '#shared/contract/contract.ts';
import type { SheetMapping, SheetReading } from '#shared/domain/sheet-mapping.ts';
import { useJob, type Job } from '#renderer/client/use-job.ts';

export type SheetSource = Input<'sheets.preview'>['source'];
export type Seen = Output<'sheets.preview'>;
export type SheetColumn = Seen['columns'][number];

const found: SheetReading = { encoding: null, delimiter: null, sheet: null, headerRow: null };
/** What is still being typed is not read at every letter. */
const settleMs = 250;

export interface Sheet {
  seen: Seen | null;
  mapping: SheetMapping | null;
  /** The mapping began as what was decided the last time. */
  remembered: boolean;
  /** The result shown is of the mapping as it stands. */
  settled: boolean;
  job: Job<'sheets.preview'>;
  change: (next: Partial<SheetMapping>) => void;
  /** Reads the file another way; its columns may be others then, so the mapping is begun anew. */
  reread: (reading: Partial<SheetReading>) => void;
  lookFor: (ownerColumn: string | null) => void;
}

/** A table being looked over: reads it whenever its source, the way of reading or the mapping changes. */
export function useSheet(source: SheetSource | null): Sheet {
  const job = useJob('sheets.preview');
  const { run, cancel } = job;
  const [asked, setAsked] = useState<{ reading: SheetReading; owner: string | null }>({ reading: found, owner: null });
  const [mapping, setMapping] = useState<SheetMapping | null>(null);
  const [answer, setAnswer] = useState<{ seen: Seen; to: string } | null>(null);
  const key = JSON.stringify([source, asked, mapping]);
  const latest = useRef(key);
  latest.current = key;
  const [remembered, setRemembered] = useState(false);
  /** What was changed since another project was chosen, until the answer that says what was decided for it; null when none was. */
  const sinceProject = useRef<Partial<SheetMapping> | null>(null);

  const sourceKey = JSON.stringify(source);
  useEffect(() => {
    setAsked({ reading: found, owner: null });
    setMapping(null);
    setAnswer(null);
  }, [sourceKey]);

  useEffect(() => {
    if (source === null) return undefined;
    let running = false;
    const timer = setTimeout(() => {
      running = true;
      const reading = mapping?.reading ?? asked.reading;
      void run({ source, reading, mapping, ownerColumn: asked.owner }).then((seen) => {
        running = false;
        if (!seen || latest.current !== key) return;
        setAnswer({ seen, to: key });
        const known = seen.remembered && { ...seen.remembered, reading: mapping?.reading ?? seen.suggested.reading };
        const since = sinceProject.current;
        sinceProject.current = null;
        const isOfProject = since !== null && known !== null && known.project === mapping?.project;
        if (mapping !== null && !isOfProject) return;
        setMapping(changed(known ?? seen.suggested, since ?? {}));
        setRemembered(known !== null);
      });
    }, settleMs);
    return () => {
      clearTimeout(timer);
      if (running) cancel();
    };
    // The key stands for source, reading and mapping.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, run, cancel]);

  return {
    seen: answer?.seen ?? null,
    mapping,
    settled: answer?.to === key,
    job,
    remembered,
    change: (next) => {
      if (next.project !== undefined && next.project !== mapping?.project) sinceProject.current = {};
      else if (sinceProject.current) sinceProject.current = { ...sinceProject.current, ...next };
      setMapping((before) => before && changed(before, next));
    },
    reread: (reading) => {
      setAsked((before) => ({ ...before, reading: { ...before.reading, ...reading } }));
      setMapping(null);
    },
    lookFor: (owner) => setAsked((before) => ({ ...before, owner })),
  };
}

/** What becomes undefined is taken out: the contract knows no members without a value. */
function changed(before: SheetMapping, next: Partial<SheetMapping>): SheetMapping {
  const members = Object.entries({ ...before, ...next }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members) as SheetMapping;
}
