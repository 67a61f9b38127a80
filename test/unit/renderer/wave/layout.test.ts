import { describe, expect, test } from 'vitest';
import { layOut } from '#renderer/wave/layout.ts';
import { firstSettings } from '#renderer/wave/wave-view.ts';

const base = { width: 1366, height: 420, ratio: 1, channels: 1, settings: firstSettings, scrolled: 0 };
const tiersOf = (count: number) => Array.from({ length: count }, (_, at) => ({ key: `t${at}` }));

describe('the layout', () => {
  test.each([
    [1, 1],
    [2, 3],
    [8, 2],
    [4, 40],
  ])('of %d channels and %d tiers leaves no gap and no overlap', (channels, tiers) => {
    for (const spectrogram of [false, true]) {
      const layout = layOut({ ...base, channels, tiers: tiersOf(tiers), settings: { ...firstSettings, spectrogram } });
      let at = layout.laneArea.top;
      for (const { top, bottom } of layout.lanes) {
        expect(top).toBe(at);
        expect(bottom).toBeGreaterThan(top);
        at = bottom;
      }
      expect(at).toBe(layout.laneArea.bottom);
      expect(layout.laneArea.bottom).toBe(layout.tierArea.top);
      expect(layout.tierArea.bottom).toBe(base.height);
    }
  });

  test('gives every channel its waveform, and its spectrogram where there is room', () => {
    const settings = { ...firstSettings, spectrogram: true };
    const kinds = (channels: number): string[] =>
      layOut({ ...base, channels, settings, tiers: tiersOf(1) }).lanes.map(({ kind, channel }) => `${kind} ${channel}`);
    expect(kinds(2)).toEqual(['waveform 0', 'spectrogram 0', 'waveform 1', 'spectrogram 1']);
    expect(kinds(8).filter((lane) => lane.startsWith('spectrogram'))).toEqual(['spectrogram 0']);
  });

  test('scrolls tiers that have no room, to the last and no further', () => {
    const tiers = tiersOf(40);
    const { hidden } = layOut({ ...base, tiers });
    expect(hidden).toBeGreaterThan(0);
    const end = layOut({ ...base, tiers, scrolled: hidden + 1000 });
    expect(end.tiers.at(-1)!.bottom).toBe(base.height);
    for (const [at, row] of end.tiers.slice(1).entries()) expect(row.top).toBe(end.tiers[at]!.bottom);
  });

  test('has lanes of the chosen channels only', () => {
    const settings = { ...firstSettings, channels: [1] };
    expect(layOut({ ...base, channels: 2, settings, tiers: [] }).lanes.map(({ channel }) => channel)).toEqual([1]);
  });
});
