import { useEffect, useState } from 'react';
import type { Input, Output } from '#shared/contract/contract.ts';
import { useJob, type Job } from '#renderer/client/use-job.ts';

/** What can be looked over before it is done. */
type PreviewName = 'imports.preview' | 'exports.preview' | 'texts.exportPreview';

/** A path that is still being typed is not looked for at every letter. */
const settleMs = 300;

/** Annotations being looked over before anything of them is taken in or written. */
export interface Preview<N extends PreviewName> {
  /** What was read; undefined until it was read as it is asked for now. */
  seen: Output<N> | undefined;
  /** Its progress, and what went wrong. */
  job: Job<N>;
  /** Reading was called off and did not begin again. */
  stopped: boolean;
  stop: () => void;
  readAgain: () => void;
}

/** Reads whenever what is asked changes; null reads nothing. What was being read for an earlier question ends. */
export function usePreview<N extends PreviewName>(name: N, asked: Omit<Input<N>, 'jobId'> | null): Preview<N> {
  const job = useJob(name);
  const { run, cancel, clear } = job;
  const [answer, setAnswer] = useState<{ seen: Output<N>; to: string } | null>(null);
  const [stoppedAt, setStoppedAt] = useState<string | null>(null);
  const [time, setTime] = useState(0);
  const question = JSON.stringify(asked);
  const key = `${time} ${question}`;

  useEffect(() => {
    clear();
    if (asked === null) return undefined;
    let [running, current] = [false, true];
    const timer = setTimeout(() => {
      running = true;
      void run(asked).then((seen) => {
        running = false;
        if (seen && current) setAnswer({ seen, to: question });
      });
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
      if (running) cancel();
    };
    // The key stands for what is asked, and for how often.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, run, cancel, clear]);

  return {
    seen: answer?.to === question ? answer.seen : undefined,
    job,
    stopped: stoppedAt === key && job.progress === null,
    stop: () => {
      setStoppedAt(key);
      cancel();
    },
    readAgain: () => setTime((before) => before + 1),
  };
}
