/** What marking a segment while it plays needs. */
interface MarkPort {
  /** The frame that is heard now. */
  position(): number;
  /** Frames that pass in the time from hearing something to the key. */
  reaction(): number;
  /** A mark was begun at this frame, or (null) is over. */
  begun(start: number | null): void;
  /** A segment was marked. */
  mark(start: number, end: number): void;
}

/** A key held longer than this ends the segment when it is let go; a shorter press only begins it, and the next one ends it. */
const holdMs = 350;

/** Marks segments with one key: held from the first word to the last, or pressed once at each. */
export function createMarking(
  { position, reaction, begun, mark }: MarkPort,
  now: () => number = () => performance.now(),
) {
  let start: number | null = null;
  let pressedAt: number | null = null;
  const here = () => Math.max(0, Math.round(position() - reaction()));
  const end = () => {
    const from = start;
    start = null;
    pressedAt = null;
    begun(null);
    const to = here();
    if (from !== null && to > from) mark(from, to);
  };
  return {
    press() {
      if (start !== null) {
        end();
        return;
      }
      start = here();
      pressedAt = now();
      begun(start);
    },
    release() {
      if (start === null || pressedAt === null) return;
      const held = now() - pressedAt;
      pressedAt = null;
      if (held >= holdMs) end();
    },
    /** Gives up what was begun. */
    cancel() {
      if (start === null) return;
      start = null;
      pressedAt = null;
      begun(null);
    },
  };
}
