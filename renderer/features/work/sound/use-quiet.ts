import { useEffect, useState } from 'react';
import type { Quiet } from '#shared/sound/silences.ts';
import type { Sound } from '#renderer/sound/sound.ts';
import { quietOf } from './silence-client.ts';

/** Milliseconds of rest before silences are told anew: while the threshold is drawn, and while the recording is gone through. */
const restMs = 120;

/** Whether a recording was gone through to its end, so that its length and all of its levels are known. */
export function isScanned(sound: Sound): boolean {
  return sound.facts.exact && sound.scanned >= sound.facts.frames;
}

/** Where nothing is said, told by a threshold above the noise floor (left out: what the recording has room for); null until the recording was gone through. */
export function useQuiet(sound: Sound | null, silenceDb: number | undefined): Quiet | null {
  const [told, setTold] = useState<{ sound: Sound; quiet: Quiet } | null>(null);
  useEffect(() => {
    if (!sound) return undefined;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const tell = async () => {
      const quiet = await quietOf(sound, silenceDb, abort.signal);
      if (!abort.signal.aborted) setTold({ sound, quiet });
    };
    const look = () => {
      if (!isScanned(sound) || timer !== null) return;
      // Called off, or the worker failed: nothing is then said about silence.
      timer = setTimeout(() => void tell().catch(() => undefined), restMs);
    };
    look();
    const stop = sound.subscribe(look);
    return () => {
      stop();
      abort.abort();
      if (timer !== null) clearTimeout(timer);
    };
  }, [sound, silenceDb]);
  return told && told.sound === sound ? told.quiet : null;
}

/** What is known of a recording, drawn again as it becomes more. */
export function useSoundFacts(sound: Sound): Sound['facts'] & { scanned: number } {
  const [, draw] = useState(0);
  useEffect(() => sound.subscribe(() => draw((count) => count + 1)), [sound]);
  return { ...sound.facts, scanned: sound.scanned };
}
