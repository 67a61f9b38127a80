import { useCallback, useEffect, useMemo, useState } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import type { Player } from '#renderer/sound/player/player.ts';
import type { WaveMark } from '#renderer/wave/wave-view.ts';

/** What was marked so far while it plays, drawn until it is a segment. */
export function useBegunMark(marks: readonly WaveMark[], player: Player) {
  const t = useText();
  const [start, setStart] = useState<number | null>(null);
  const [end, setEnd] = useState(0);
  const onMark = useCallback((at: number | null) => setStart(at), []);
  useEffect(() => {
    if (start === null) return undefined;
    const timer = setInterval(() => setEnd(player.position()), 100);
    return () => clearInterval(timer);
  }, [player, start]);
  const allMarks = useMemo((): readonly WaveMark[] => {
    if (start === null) return marks;
    return [
      ...marks,
      { shape: null, at: { start, end: Math.max(end, start + 1) }, text: t('work.sound.marking'), tone: 'look' },
    ];
  }, [end, marks, start, t]);
  return { begun: start !== null, onMark, allMarks };
}
