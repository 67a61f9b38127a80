import { describe, expect, it } from 'vitest';
import { createMarking } from '#renderer/features/work/sound/marking.ts';

/** A recording that plays a thousand frames a second, with a reaction time of 200 ms. */
function playing() {
  let now = 5000;
  const marked: [number, number][] = [];
  const begun: (number | null)[] = [];
  const marking = createMarking(
    {
      position: () => now,
      reaction: () => 200,
      begun: (start) => begun.push(start),
      mark: (start, end) => marked.push([start, end]),
    },
    () => now,
  );
  return { marking, marked, begun, pass: (ms: number) => (now += ms) };
}

describe('marking while it plays', () => {
  it('marks from the press to the release of a key that is held, less the reaction time at both ends', () => {
    const { marking, marked, begun, pass } = playing();
    marking.press();
    pass(3000);
    marking.release();
    expect(marked).toEqual([[4800, 7800]]);
    expect(begun).toEqual([4800, null]);
  });

  it('marks between two short presses', () => {
    const { marking, marked, pass } = playing();
    marking.press();
    pass(90);
    marking.release();
    pass(2000);
    expect(marked).toEqual([]);
    marking.press();
    marking.release();
    expect(marked).toEqual([[4800, 6890]]);
  });

  it('gives up what was begun, and marks nothing that has no length', () => {
    const { marking, marked, begun, pass } = playing();
    marking.press();
    pass(1000);
    marking.cancel();
    marking.release();
    marking.press();
    marking.press();
    expect(marked).toEqual([]);
    expect(begun).toEqual([4800, null, 5800, null]);
  });
});
