import type { Quiet, Stretch } from '#shared/sound/silences.ts';

/** Those longer than so many frames, as they are sealed. */
export function longQuiet({ channels, all }: Quiet, frames: number) {
  const long = (stretches: readonly Stretch[]) =>
    stretches.filter(({ start, end }) => end - start > Math.round(frames));
  return { channels: channels.map(long), all: long(all) };
}

/** The edge of a silence nearest to a frame, within reach. */
export function nearestEdge(silences: readonly Stretch[], frame: number, reach: number): number | null {
  let best: number | null = null;
  for (const { start, end } of silences) {
    if (end < frame - reach) continue;
    if (start > frame + reach) break;
    for (const edge of [start, end]) {
      if (Math.abs(edge - frame) <= reach && (best === null || Math.abs(edge - frame) < Math.abs(best - frame)))
        best = edge;
    }
  }
  return best;
}
