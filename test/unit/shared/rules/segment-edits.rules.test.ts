import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import {
  annotationDoc,
  type AnnotationDoc,
  change,
  type Proposal,
  shapeId,
  type Shape,
  type SpanGeometry,
} from '#shared/domain/annotation.ts';
import {
  changeOfEdit,
  changeTier,
  extendSegment,
  isSegment,
  mergeSegments,
  moveBoundary,
  nextFreeStretch,
  type SegmentEdit,
  shiftSegments,
  splitSegment,
} from '#shared/rules/segment-edits.rules.ts';
import { nearestSilence, nearestZeroCrossing } from '#shared/rules/segment-snapping.rules.ts';
import { type Segment, segmentsInTime } from '#shared/rules/sound-breaches.rules.ts';
import { applyChange, invertChange } from '#shared/rules/undo-journal.rules.ts';
import { shapeOf } from '#test/support/canvas-shapes.ts';
import { seeded } from '#test/support/seeded.ts';

const newId = () => shapeId.parse(uuidv7());
const span = (start: number, end: number, text?: string, more: Partial<Shape> & { tier?: string } = {}): Segment => {
  const { tier = 'A', ...rest } = more;
  return {
    ...shapeOf<SpanGeometry>({ type: 'span', start, end, tier, channel: null }, 'valid'),
    ...(text !== undefined && { text }),
    ...rest,
  } as Segment;
};
const docOf = (...shapes: Shape[]): AnnotationDoc => ({ version: 1, shapes });
const applied = (doc: AnnotationDoc, edit: SegmentEdit | null): AnnotationDoc => {
  const step = changeOfEdit(doc, edit);
  return step === null ? doc : applyChange(doc, step);
};
const told = (doc: AnnotationDoc) =>
  segmentsInTime(doc).map(({ geometry: { start, end, tier }, text }) => [start, end, tier, text]);
const free = { frames: 10_000 };
const proposalOf = (segment: Segment): Proposal => ({
  id: newId(),
  label: 'valid',
  geometry: segment.geometry,
  text: segment.text ?? '',
  attributes: {},
  score: null,
  model: 'whisper',
});

describe('splitting a segment', () => {
  it('divides time at the frame and words at the cursor; what else it says both say', () => {
    const whole = span(0, 1000, 'one two three', { attributes: { gender: 'f' }, ambiguous: 'who?', extra: { id: 7 } });
    const doc = applied(
      docOf(span(2000, 3000), whole, span(4000, 5000)),
      splitSegment(whole, 300, newId, { textAt: 7 }),
    );
    expect(told(doc)).toEqual([
      [0, 300, 'A', 'one two'],
      [300, 1000, 'A', 'three'],
      [2000, 3000, 'A', undefined],
      [4000, 5000, 'A', undefined],
    ]);
    const [first, second] = segmentsInTime(doc);
    expect(first).toMatchObject({ id: whole.id, extra: { id: 7 } });
    expect(second).toMatchObject({ attributes: { gender: 'f' }, ambiguous: 'who?', label: 'valid' });
    expect(second).not.toHaveProperty('extra');
    // In drawing order right above the first.
    expect(doc.shapes.indexOf(second!)).toBe(doc.shapes.indexOf(first!) + 1);
  });

  it('shares words out by time, at borders of words, and by the time in which something is said where that is known', () => {
    const texts = (text: string, at: number, quiet?: { start: number; end: number }[]) => {
      const whole = span(0, 1000, text);
      return told(applied(docOf(whole), splitSegment(whole, at, newId, quiet && { quiet }))).map((each) => each[3]);
    };
    expect(texts('one two three four', 500)).toEqual(['one two', 'three four']);
    expect(texts('今天天气很好我们去公园', 500)).toEqual(['今天天气很好', '我们去公园']);
    expect(texts('hello', 100)).toEqual([undefined, 'hello']);
    expect(texts('', 100)).toEqual(['', '']);
    expect(texts('one two three four', 500, [{ start: 0, end: 400 }])).toEqual(['one', 'two three four']);
  });

  it('is refused outside of it', () => {
    for (const at of [-5, 0, 1000, 2000]) expect(splitSegment(span(0, 1000), at, newId)).toBeNull();
    expect(splitSegment(span(0, 1000), 0.4, newId)).toBeNull();
  });
});

describe('merging segments', () => {
  it('joins words with a space where the scripts have one', () => {
    const joined = (...texts: (string | undefined)[]) => {
      const parts = texts.map((text, i) => span(i * 100, i * 100 + 90, text));
      return told(
        applied(
          docOf(...parts),
          mergeSegments(
            docOf(...parts),
            parts.map(({ id }) => id),
            free,
          ),
        ),
      );
    };
    expect(joined('one', 'two', 'three')).toEqual([[0, 290, 'A', 'one two three']]);
    expect(joined('今天', '天气')[0]![3]).toBe('今天天气');
    expect(joined('안녕', '하세요')[0]![3]).toBe('안녕 하세요');
    expect(joined('really', '?')[0]![3]).toBe('really?');
    expect(joined(undefined, 'two')[0]![3]).toBe('two');
    expect(joined(undefined, undefined)[0]![3]).toBeUndefined();
  });

  it('keeps the class and the answers of the longest, adds what only others say, and both notes', () => {
    const [short, long] = [
      span(0, 100, 'a', { label: 'invalid', attributes: { gender: 'm', emotion: 'calm' }, ambiguous: 'one' }),
      span(100, 900, 'b', { attributes: { gender: 'f' }, ambiguous: 'two' }),
    ];
    const doc = applied(docOf(long, short), mergeSegments(docOf(long, short), [long.id, short.id], free));
    expect(doc.shapes).toMatchObject([
      {
        id: short.id,
        label: 'valid',
        attributes: { gender: 'f', emotion: 'calm' },
        ambiguous: 'one\ntwo',
        text: 'a b',
      },
    ]);
  });

  it('turns down the proposals whose words it swallows, and takes that back with the step', () => {
    const [one, two] = [span(0, 500, 'one'), span(500, 900, 'two')].map((each) => ({
      ...each,
      proposal: proposalOf(each),
    }));
    const before = docOf(one!, two!);
    const step = changeOfEdit(before, mergeSegments(before, [one!.id, two!.id], free))!;
    const after = applyChange(before, step);
    expect(after.shapes[0]?.proposal).toEqual(one!.proposal);
    expect(after.rejected).toEqual([two!.proposal.id]);
    expect(applyChange(after, invertChange(step))).toEqual(before);
  });

  it('is refused across tiers, of one alone, and over another where segments may not overlap', () => {
    const [a, b, between, other] = [
      span(0, 100),
      span(300, 400),
      span(150, 200),
      span(0, 50, undefined, { tier: 'B' }),
    ];
    const doc = docOf(a, b, between, other);
    expect(mergeSegments(doc, [a.id, other.id], free)).toBeNull();
    expect(mergeSegments(doc, [a.id], free)).toBeNull();
    expect(mergeSegments(doc, [a.id, b.id], { ...free, noOverlap: 'tier' })).toBeNull();
    expect(mergeSegments(doc, [a.id, b.id], free)).not.toBeNull();
  });
});

describe('moving segments', () => {
  const [first, second, elsewhere] = [span(1000, 2000), span(3000, 4000), span(2500, 2600, undefined, { tier: 'B' })];
  const doc = docOf(first, second, elsewhere);
  const after = (edit: SegmentEdit | null) => edit && told(docOf(edit.wanted[0]!.after!))[0]!.slice(0, 2);

  it('extends to the neighbours on the tier, on any where none may overlap, or to the ends of the recording', () => {
    expect(after(extendSegment(doc, first, 'next', free))).toEqual([1000, 3000]);
    expect(after(extendSegment(doc, first, 'next', { ...free, noOverlap: 'all' }))).toEqual([1000, 2500]);
    expect(after(extendSegment(doc, first, 'previous', free))).toEqual([0, 2000]);
    expect(after(extendSegment(doc, second, 'previous', free))).toEqual([2000, 4000]);
    expect(after(extendSegment(doc, second, 'next', free))).toEqual([3000, 10_000]);
    expect(extendSegment(doc, second, 'next', { frames: null })).toBeNull();
    expect(extendSegment(docOf(span(0, 10), span(10, 20)), span(0, 10), 'next', free)).toBeNull();
  });

  it('stops a boundary at its neighbours, the recording and the other boundary', () => {
    const to = (side: 'start' | 'end', frame: number, limits = {}) =>
      after(moveBoundary(doc, first, side, frame, { ...free, ...limits }));
    expect(to('end', 3500)).toEqual([1000, 3500]);
    expect(to('end', 3500, { noOverlap: 'tier' })).toEqual([1000, 3000]);
    expect(to('end', 3500, { noOverlap: 'all' })).toEqual([1000, 2500]);
    expect(to('end', 99_999)).toEqual([1000, 10_000]);
    expect(to('end', 5)).toEqual([1000, 1001]);
    expect(to('start', -5.4)).toEqual([0, 2000]);
    expect(to('start', 5000)).toEqual([1999, 2000]);
    expect(to('end', 2000.3)).toBeNull();
  });

  it('shifts many as one, no farther than any of them can go', () => {
    const to = (by: number, limits = {}) => {
      const edit = shiftSegments(doc, [first.id, second.id], by, { ...free, ...limits });
      return edit?.wanted.map(({ after: shape }) => (shape!.geometry as SpanGeometry).start);
    };
    expect(to(500)).toEqual([1500, 3500]);
    expect(to(-5000)).toEqual([0, 2000]);
    expect(to(50_000)).toEqual([7000, 9000]);
    expect(to(700, { noOverlap: 'all' })).toEqual([1500, 3500]);
    expect(to(-700, { noOverlap: 'all' })).toEqual([600, 2600]);
    expect(to(0.2)).toBeUndefined();
  });

  it('changes the tier, unless it would overlap there and may not', () => {
    expect(told(applied(doc, changeTier(doc, [second.id], 'B', { ...free, noOverlap: 'tier' })))[2]).toEqual([
      3000,
      4000,
      'B',
      undefined,
    ]);
    const over = docOf(first, span(1500, 1600, undefined, { tier: 'B' }));
    expect(changeTier(over, [first.id], 'B', { ...free, noOverlap: 'tier' })).toBeNull();
    expect(changeTier(over, [first.id], 'B', free)).not.toBeNull();
    expect(changeTier(doc, [first.id], 'A', free)).toBeNull();
  });

  it('finds the next free stretch', () => {
    expect(nextFreeStretch(doc, 1500, 10_000)).toEqual({ start: 2000, end: 2500 });
    expect(nextFreeStretch(doc, 1500, 10_000, { tier: 'A', least: 1001 })).toEqual({ start: 4000, end: 10_000 });
    expect(nextFreeStretch(doc, 9999, 10_000, { least: 2 })).toBeNull();
  });
});

describe('snapping', () => {
  it('goes to the edge of a silence that makes sense for the boundary', () => {
    const quiet = [
      { start: 1000, end: 1400 },
      { start: 3000, end: 3100 },
    ];
    expect(nearestSilence(quiet, 1100, 'start')).toBe(1400);
    expect(nearestSilence(quiet, 1100, 'end')).toBe(1000);
    expect(nearestSilence(quiet, 1100, 'end', { padding: 150 })).toBe(1150);
    expect(nearestSilence(quiet, 3050, 'start', { padding: 150 })).toBe(3050);
    expect(nearestSilence(quiet, 2000, 'end', { within: 500 })).toBeNull();
    expect(nearestSilence([], 2000, 'end')).toBeNull();
  });

  it('goes to the nearest crossing of zero', () => {
    const samples = Float32Array.from({ length: 100 }, (_, i) => Math.sin(((i + 0.5) / 20) * 2 * Math.PI));
    expect(nearestZeroCrossing(samples, 1000, 1013)).toBe(1010);
    expect(nearestZeroCrossing(samples, 1000, 1016)).toBe(1020);
    expect(nearestZeroCrossing(new Float32Array(10), 0, 5)).toBeNull();
    expect(nearestZeroCrossing(samples, 1000, 5000)).toBe(1090);
  });
});

describe('any edits, whatever comes', () => {
  const words = ['one', 'two', '今天', '天气,', 'don’t', '<noise>', '안녕', 'end.', '  '];

  it('split and merged a segment is as it was', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = seeded(seed);
      const some = (count: number) => Array.from({ length: count }, () => words[Math.floor(random() * 8)]!);
      const text = random() < 0.1 ? undefined : some(Math.floor(random() * 8)).join(random() < 0.5 ? ' ' : '');
      const plain = span(Math.floor(random() * 500), 1000 + Math.floor(random() * 500), text, {
        attributes: { n: seed },
        extra: { seed },
      });
      const whole = random() < 0.5 ? plain : { ...plain, proposal: proposalOf(plain) };
      const before = docOf(span(0, 10), whole, span(2000, 3000));
      const at = 501 + Math.floor(random() * 498);
      const split = applied(before, splitSegment(whole, at, newId));
      const halves = segmentsInTime(split).slice(1, 3);
      expect(halves.map(({ geometry }) => geometry)).toMatchObject([{ end: at }, { start: at }]);
      expect(
        applied(
          split,
          mergeSegments(
            split,
            halves.map(({ id }) => id),
            { ...free, noOverlap: 'all' },
          ),
        ),
      ).toEqual(before);
    }
  });

  it('keep frames whole, in the recording and apart where they have to be, and can be undone', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seeded(seed);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
      const limits = { frames: 10_000, noOverlap: pick(['tier', 'all'] as const) };
      let doc = docOf(
        ...Array.from({ length: 12 }, (_, i) =>
          span(i * 800 + Math.floor(random() * 300), i * 800 + 400 + Math.floor(random() * 300), words[i % 8], {
            tier: pick(['A', 'B']),
          }),
        ),
      );
      const start = doc;
      const steps = [];
      for (let turn = 0; turn < 60; turn += 1) {
        const segments = doc.shapes.filter(isSegment);
        const segment = pick(segments);
        const ids = segments.filter(() => random() < 0.3).map(({ id }) => id);
        const edit = pick([
          () => splitSegment(segment, random() * 10_000, newId),
          () => mergeSegments(doc, ids, limits),
          () => extendSegment(doc, segment, pick(['next', 'previous'] as const), limits),
          () => moveBoundary(doc, segment, pick(['start', 'end'] as const), (random() - 0.1) * 12_000, limits),
          () => shiftSegments(doc, ids, (random() - 0.5) * 3000, limits),
          () => changeTier(doc, ids, pick(['A', 'B']), limits),
        ])();
        const step = changeOfEdit(doc, edit);
        if (step === null) continue;
        change.parse(step);
        steps.push(step);
        doc = applyChange(doc, step);
        annotationDoc.parse(doc);
        const now = segmentsInTime(doc);
        for (const [i, { geometry }] of now.entries()) {
          expect(geometry.end).toBeLessThanOrEqual(10_000);
          expect(geometry.end).toBeGreaterThan(geometry.start);
          const next = now
            .slice(i + 1)
            .find((other) => limits.noOverlap === 'all' || other.geometry.tier === geometry.tier);
          if (next) expect(next.geometry.start).toBeGreaterThanOrEqual(geometry.end);
        }
      }
      expect(steps.length).toBeGreaterThan(5);
      for (const step of steps.toReversed()) doc = applyChange(doc, invertChange(step));
      expect(doc).toEqual(start);
    }
  });
});
