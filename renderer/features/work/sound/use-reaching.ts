import { useCallback, useEffect } from 'react';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import type { Player } from '#renderer/sound/player/player.ts';
import type { WaveView } from '#renderer/wave/wave-view.ts';
import type { SoundDesk } from './sound-desk.ts';
import type { ProposedSegment } from './sound-proposals.tsx';
import type { Listening } from './use-listening.ts';
import type { SoundSettings } from './use-sound-settings.ts';

interface Parts {
  desk: SoundDesk;
  view: WaveView | null;
  player: Player;
  settings: SoundSettings;
  listening: Listening;
}

/** What happens where one gets to another stretch of the recording: it is seen, the cursor is there, and it is heard where that is set. */
export function useReaching({ desk, view, player, settings, listening }: Parts) {
  const reveal = useCallback((start: number, end: number) => view?.reveal(start, end), [view]);
  const onReached = useCallback(
    (segment: Segment) => {
      reveal(segment.geometry.start, segment.geometry.end);
      desk.setCursor(segment.geometry.start);
      if (settings.plays) listening.hear(segment);
      else player.seek(segment.geometry.start);
    },
    [desk, listening, player, reveal, settings.plays],
  );
  // What is selected is seen, wherever it was selected.
  useEffect(
    () =>
      desk.on('selection', () => {
        const segment = desk.current;
        if (segment && !view?.busy) reveal(segment.geometry.start, segment.geometry.end);
      }),
    [desk, reveal, view],
  );
  const onLook = useCallback(
    ({ geometry }: ProposedSegment) => {
      reveal(geometry.start, geometry.end);
      desk.setCursor(geometry.start);
      if (settings.plays) player.play({ from: geometry.start, to: geometry.end });
    },
    [desk, player, reveal, settings.plays],
  );
  return { reveal, onReached, onLook };
}
