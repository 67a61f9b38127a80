import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { annotationDoc, shapeId, type Shape, type SpanGeometry } from '#shared/domain/annotation.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import { changeOfEdit } from '#shared/rules/segment-edits.rules.ts';
import { segmentsInTime, type SoundBreach, soundBreaches } from '#shared/rules/sound-breaches.rules.ts';
import { mendOf, type MendedSound } from '#shared/rules/sound-mends.rules.ts';
import { applyChange } from '#shared/rules/undo-journal.rules.ts';
import { levelsAbove } from '#shared/sound/noise-floor.ts';
import { quietOfChannels } from '#shared/sound/silences.ts';
import { shapeOf } from '#test/support/canvas-shapes.ts';
import { madeLevels } from '#test/support/made-levels.ts';
import { seeded } from '#test/support/seeded.ts';

const rate = 1000;
const newId = () => shapeId.parse(uuidv7());
const span = (start: number, end: number, text?: string, tier = 'A'): Shape => ({
  ...shapeOf<SpanGeometry>({ type: 'span', start, end, tier, channel: null }, 'valid'),
  ...(text !== undefined && { text }),
});
const soundOf = (rules: CheckableRules, shapes: Shape[], more: Partial<MendedSound> = {}): MendedSound => ({
  doc: { version: 1, shapes },
  labels: [],
  rules,
  rate,
  frames: 60_000,
  quiet: { channels: [], all: [] },
  ...more,
});
const mended = (sound: MendedSound, breach: SoundBreach | undefined = soundBreaches(sound)[0]) => {
  const step = breach && changeOfEdit(sound.doc, mendOf(breach, sound, newId));
  return step ? { ...sound, doc: applyChange(sound.doc, step) } : null;
};
const told = (sound: MendedSound | null) =>
  sound &&
  segmentsInTime(sound.doc).map(({ geometry: { start, end }, text }) => [
    start,
    end,
    ...(text === undefined ? [] : [text]),
  ]);
const silence = (...all: [number, number][]) => ({ channels: [], all: all.map(([start, end]) => ({ start, end })) });

describe('cut here', () => {
  it('splits what is too long in its best pause, with the words', () => {
    const quiet = silence([2000, 2200], [6000, 6400], [11_000, 11_100]);
    const sound = soundOf({ longestSegmentS: 10 }, [span(0, 12_000, 'one two three four')], { quiet });
    expect(told(mended(sound))).toEqual([
      [0, 6200, 'one two'],
      [6200, 12_000, 'three four'],
    ]);
  });

  it('splits it where it is quietest where there is no pause', () => {
    const levels = madeLevels(seeded(1), [
      [5.5, -20, 2],
      [0.1, -40, 0],
      [6, -20, 2],
      [0.1, -90, 0],
    ]);
    const sound = soundOf({ longestSegmentS: 10 }, [span(0, 11_600)], { above: levelsAbove([levels]) });
    expect(told(mended(sound))).toEqual([
      [0, 5550],
      [5550, 11_600],
    ]);
  });

  it('takes a silence out, with padding left, and only trims where it lies at an end', () => {
    const rules = { longestInnerSilenceS: 0.5 };
    const mend = (from: number, to: number) =>
      told(mended(soundOf(rules, [span(1000, 9000, '你好吗我很好')], { quiet: silence([from, to]) })));
    expect(mend(4500, 5500)).toEqual([
      [1000, 4700, '你好吗'],
      [5300, 9000, '我很好'],
    ]);
    expect(mend(500, 2000)).toEqual([[1800, 9000, '你好吗我很好']]);
    expect(mend(8000, 9500)).toEqual([[1000, 8200, '你好吗我很好']]);
    expect(mend(0, 10_000)).toBeNull();
    expect(told(mended(soundOf(rules, [span(1000, 9000)], { quiet: silence([0, 10_000]) })))).toEqual([]);
  });

  it('parts an overlap, makes a gap short enough, gives what is too short more room, and stays in the recording', () => {
    expect(told(mended(soundOf({ noOverlap: 'tier' }, [span(0, 5000), span(4000, 8000)])))).toEqual([
      [0, 4500],
      [4500, 8000],
    ]);
    expect(
      told(mended(soundOf({ noOverlap: 'tier' }, [span(0, 5000), span(4000, 8000)], { quiet: silence([4800, 4900]) }))),
    ).toEqual([
      [0, 4850],
      [4850, 8000],
    ]);
    expect(mended(soundOf({ noOverlap: 'tier' }, [span(0, 5000), span(1000, 2000)]))).toBeNull();
    expect(told(mended(soundOf({ longestGapS: 1 }, [span(0, 5000), span(6501, 8000)], { frames: 8000 })))).toEqual([
      [0, 5251],
      [6251, 8000],
    ]);
    expect(told(mended(soundOf({ longestGapS: 1 }, [span(1500, 5000)], { frames: 5000 })))).toEqual([[1000, 5000]]);
    expect(mended(soundOf({ longestGapS: 1, longestSegmentS: 5 }, [span(2000, 7000)], { frames: 7000 }))).toBeNull();
    expect(told(mended(soundOf({ shortestSegmentS: 1 }, [span(3000, 3500)])))).toEqual([[2750, 3750]]);
    expect(
      told(mended(soundOf({ shortestSegmentS: 1, noOverlap: 'all' }, [span(0, 3000), span(3000, 3500)])))?.[1],
    ).toEqual([3000, 4000]);
    expect(told(mended(soundOf({}, [span(59_000, 61_000)])))).toEqual([[59_000, 60_000]]);
    expect(mended(soundOf({ requireTranscript: true }, [span(0, 10)]))).toBeNull();
  });

  it('over and over leaves nothing too long and no silence too long, and loses no word', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seeded(seed);
      const levels = madeLevels(
        random,
        Array.from({ length: 40 }, () =>
          random() < 0.4 ? ([1.5 * random(), -60, 3] as const) : ([4 * random() ** 2, -30, 8] as const),
        ),
      );
      const frames = levels.length * 10;
      const text = Array.from({ length: 80 }, (_, i) => `w${i}`).join(' ');
      const rules: CheckableRules = { longestSegmentS: 10, longestInnerSilenceS: 0.5 };
      let sound = soundOf(rules, [span(0, frames, text)], {
        frames,
        quiet: quietOfChannels([levels], rate),
        above: levelsAbove([levels]),
      });
      for (let turn = 0; turn < 200; turn += 1) {
        const next = mended(sound);
        if (next === null) break;
        sound = next;
      }
      annotationDoc.parse(sound.doc);
      expect(soundBreaches(sound)).toEqual([]);
      expect(
        segmentsInTime(sound.doc)
          .flatMap((segment) => segment.text ?? [])
          .join(' '),
      ).toBe(text);
    }
  });
});
