import type { Proposal } from '#shared/domain/annotation.ts';
import type { ProposeOptions } from '#shared/sound/propose.ts';
import type { Quiet } from '#shared/sound/silences.ts';
import type { Sound } from '#renderer/sound/sound.ts';

/** What is asked of the levels of a recording, one array a channel. */
export type SilenceRequest = { readonly levels: readonly Float32Array[]; readonly rate: number } & (
  | { readonly what: 'quiet'; readonly silenceDb: number | undefined }
  | {
      readonly what: 'propose';
      readonly frames: number;
      readonly wanted: readonly ProposeOptions[];
      /** Whether what is wanted for different channels or tiers may lie at the same time. */
      readonly mayOverlap: boolean;
    }
);

export interface SilenceAnswer {
  readonly quiet: Quiet | null;
  readonly proposals: readonly Omit<Proposal, 'id'>[];
}

/** The quiet stretches of a recording, told where that holds up nothing: of four hours it takes half a second. */
export async function quietOf(sound: Sound, silenceDb: number | undefined, signal: AbortSignal): Promise<Quiet> {
  const { quiet } = await asked({ what: 'quiet', silenceDb, ...levelsOf(sound) }, signal);
  return quiet ?? { channels: [], all: [] };
}

/** Segments of speech, told in the same way. */
export async function proposalsOf(
  sound: Sound,
  { wanted, mayOverlap }: { readonly wanted: readonly ProposeOptions[]; readonly mayOverlap: boolean },
  signal: AbortSignal,
): Promise<SilenceAnswer['proposals']> {
  const { frames } = sound.facts;
  return (await asked({ what: 'propose', frames, wanted, mayOverlap, ...levelsOf(sound) }, signal)).proposals;
}

function levelsOf(sound: Sound) {
  const { channels, rate } = sound.facts;
  return { rate, levels: Array.from({ length: channels }, (_, channel) => sound.levels(channel)) };
}

/** A worker for one question: there are few, and one that is not needed any more is ended at once. */
function asked(request: SilenceRequest, signal: AbortSignal): Promise<SilenceAnswer> {
  const worker = new Worker(new URL('./silence-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<SilenceAnswer>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<SilenceAnswer>) => resolve(data));
    worker.addEventListener('error', () => reject(new Error('the silence worker failed')));
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
