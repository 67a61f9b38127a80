import { beforeEach, describe, expect, test } from 'vitest';
import { Gestures, type WaveInput } from '#renderer/wave/gestures.ts';
import { layOut } from '#renderer/wave/layout.ts';
import { axisOf, type TimeAxis } from '#renderer/wave/time-axis.ts';
import { WaveScene } from '#renderer/wave/wave-scene.ts';
import { firstSettings, type WaveSettings } from '#renderer/wave/wave-view.ts';
import type { Change, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { changeOfEdit } from '#shared/rules/segment-edits.rules.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import { applyChange } from '#shared/rules/undo-journal.rules.ts';
import { docOfSpans, span, spanId } from '#test/support/spans.ts';

const frames = 100_000;
/** Ten frames a pixel; the lanes begin at 84. */
const layout = layOut({
  width: 1084,
  height: 400,
  ratio: 1,
  channels: 1,
  settings: firstSettings,
  tiers: [{ key: 'a' }, { key: 'b' }],
  scrolled: 0,
});
const limits = { frames, width: 1000, ratio: 1 };
const rowOf = (tier: string): number => layout.tiers.find(({ key }) => key === tier)!.top + 12;
const lanes = 150;

let scene: WaveScene;
let settings: WaveSettings;
let axis: TimeAxis;
let changes: Change[];
let sought: number[];
let scrubbed: (number | null)[];
let sides: (string | undefined)[];
let shown: readonly Segment[];
let snap: (frame: number, reach: number) => number | null;
let gestures: Gestures;

const at = (frame: number, y: number, keys: Partial<WaveInput> = {}): WaveInput => ({
  x: 84 + frame * axis.k - axis.origin,
  y,
  shift: false,
  alt: false,
  ctrl: false,
  ...keys,
});

function drag(from: number, to: number, y: number, keys: Partial<WaveInput> = {}, toY = y): void {
  gestures.down(at(from, y, keys));
  gestures.move(at((from + to) / 2, y, keys));
  gestures.move(at(to, toY, keys));
  gestures.up(at(to, toY, keys));
}

const click = (frame: number, y: number, keys: Partial<WaveInput> = {}): void => {
  gestures.down(at(frame, y, keys));
  gestures.up(at(frame, y, keys));
};

const spans = (): unknown[] =>
  scene.doc.shapes.map(({ geometry }) =>
    geometry.type === 'span' ? [geometry.start, geometry.end, geometry.tier] : null,
  );

function open(...shapes: Shape[]): void {
  scene.setDoc(docOfSpans(...shapes));
}

beforeEach(() => {
  scene = new WaveScene();
  scene.setTiers([{ key: 'a' }, { key: 'b' }], 'a');
  settings = { ...firstSettings, snapping: false };
  axis = axisOf(0, 10_000, limits);
  [changes, sought, scrubbed, sides, shown] = [[], [], [], [], []];
  snap = () => null;
  let made = 100;
  gestures = new Gestures({
    scene,
    port: {
      select: (ids) => (scene.selection = new Set(ids)),
      seek: (frame) => sought.push(frame),
      scrub: (frame, side) => {
        scrubbed.push(frame);
        sides.push(side);
      },
      snap: (frame, reach) => snap(frame, reach),
      newSegment: () => ({ id: spanId((made += 1)), label: 'valid', attributes: {}, origin: 'hand' }),
    },
    settings: () => settings,
    layout: () => layout,
    axis: () => axis,
    axisLimits: () => limits,
    limits: () => ({ frames, ...(settings.noOverlap ? { noOverlap: settings.noOverlap } : {}) }),
    setAxis: (next) => (axis = next),
    preview: (segments) => {
      shown = segments;
      scene.preview = new Map(segments.map((segment) => [segment.id, segment]));
    },
    commit: (edit) => {
      const change = changeOfEdit(scene.doc, edit);
      scene.preview = new Map();
      if (!change) return;
      changes.push(change);
      scene.setDoc(applyChange(scene.doc, change));
    },
  });
});

describe('drawing', () => {
  test('on the waveform makes a segment on the active tier, either way round, and selects it', () => {
    drag(3000, 2000, lanes);
    expect(spans()).toEqual([[2000, 3000, 'a']]);
    expect(changes[0]!.label).toBe('draw');
    expect([...scene.selection]).toEqual([scene.doc.shapes[0]!.id]);
  });

  test('on a row makes it there', () => {
    drag(2000, 3000, rowOf('b'));
    expect(spans()).toEqual([[2000, 3000, 'b']]);
  });

  test('stops at neighbours where segments may not overlap, and does not begin in one', () => {
    settings = { ...settings, noOverlap: 'tier' };
    open(span(1, 1000, 2000), span(2, 3000, 4000), span(3, 2200, 2300, 'b'));
    drag(2500, 3500, lanes);
    drag(1500, 2500, lanes);
    expect(spans()).toEqual([
      [1000, 2000, 'a'],
      [3000, 4000, 'a'],
      [2200, 2300, 'b'],
      [2500, 3000, 'a'],
    ]);
  });

  test('keeps out of every tier where none may overlap', () => {
    settings = { ...settings, noOverlap: 'all' };
    open(span(1, 3000, 4000, 'b'));
    drag(2500, 3500, lanes);
    expect(spans()).toContainEqual([2500, 3000, 'a']);
  });

  test('a click draws nothing: it selects and seeks', () => {
    open(span(1, 1000, 2000));
    click(1500, lanes);
    expect([...scene.selection]).toEqual([spanId(1)]);
    click(5000, lanes);
    expect([scene.selection.size, sought, changes]).toEqual([0, [1500, 5000], []]);
  });

  test('Escape leaves no trace', () => {
    gestures.down(at(2000, lanes));
    gestures.move(at(3000, lanes));
    expect(shown).toHaveLength(1);
    expect(gestures.cancel()).toBe(true);
    gestures.up(at(3000, lanes));
    expect([shown, changes, gestures.cancel()]).toEqual([[], [], false]);
  });
});

describe('a boundary', () => {
  test('is taken hold of beside it, does not jump, and is heard while it is dragged', () => {
    open(span(1, 1000, 2000));
    drag(2030, 3030, rowOf('a'));
    expect(spans()).toEqual([[1000, 3000, 'a']]);
    expect(changes.map(({ label }) => label)).toEqual(['resize']);
    expect([scrubbed.includes(3000), scrubbed.at(-1)]).toEqual([true, null]);
    // What is inside of the segment: before its end, after its beginning.
    expect(sides[scrubbed.indexOf(3000)]).toBe('before');
    drag(990, 490, rowOf('a'));
    expect(sides[scrubbed.indexOf(500)]).toBe('after');
  });

  test('stops at the neighbour where segments may not overlap, and one frame before the other boundary', () => {
    settings = { ...settings, noOverlap: 'tier' };
    open(span(1, 1000, 2000), span(2, 3000, 4000));
    drag(2000, 3500, rowOf('a'));
    drag(3995, 500, rowOf('a'));
    expect(spans()).toEqual([
      [1000, 3000, 'a'],
      [3000, 3001, 'a'],
    ]);
  });

  test('that two share moves one of them, or both with Alt or by setting', () => {
    const both = (): Shape[] => [span(1, 1000, 2000), span(2, 2000, 3000)];
    open(...both());
    drag(1990, 1490, rowOf('a'));
    expect(spans()).toEqual([
      [1000, 1500, 'a'],
      [2000, 3000, 'a'],
    ]);
    open(...both());
    drag(1990, 1490, rowOf('a'), { alt: true });
    expect(spans()).toEqual([
      [1000, 1500, 'a'],
      [1500, 3000, 'a'],
    ]);
    settings = { ...settings, linked: true };
    open(...both());
    drag(2010, 9990, rowOf('a'));
    expect(spans()).toEqual([
      [1000, 2999, 'a'],
      [2999, 3000, 'a'],
    ]);
    expect(changes.at(-1)!.edits).toHaveLength(2);
  });

  test('of two that touch is that of the side the pointer is on', () => {
    open(span(1, 1000, 2000), span(2, 2000, 3000));
    expect(gestures.hit(at(1980, 0).x, rowOf('a'))).toMatchObject({ segment: { id: spanId(1) }, edge: 'end' });
    expect(gestures.hit(at(2020, 0).x, rowOf('a'))).toMatchObject({ segment: { id: spanId(2) }, edge: 'start' });
  });

  test('snaps to what the port finds and to other tiers, not with Ctrl', () => {
    settings = { ...settings, snapping: true };
    open(span(1, 1000, 2000), span(2, 5000, 6000, 'b'));
    drag(2000, 4960, rowOf('a'));
    expect(spans()[0]).toEqual([1000, 5000, 'a']);
    snap = (frame, reach) => (Math.abs(frame - 7000) <= reach ? 7000 : null);
    drag(5000, 7060, rowOf('a'));
    expect(spans()[0]).toEqual([1000, 7000, 'a']);
    drag(7000, 7060, rowOf('a'), { ctrl: true });
    expect(spans()[0]).toEqual([1000, 7060, 'a']);
  });
});

describe('a body', () => {
  test('is moved on its row, and stops where it may not overlap', () => {
    settings = { ...settings, noOverlap: 'tier' };
    open(span(1, 1000, 2000), span(2, 3000, 4000));
    drag(1500, 2900, rowOf('a'));
    expect(spans()[0]).toEqual([2000, 3000, 'a']);
    expect(changes[0]!.label).toBe('move');
  });

  test('changes its tier where it is dropped on another, unless that is taken', () => {
    settings = { ...settings, noOverlap: 'tier' };
    open(span(1, 1000, 2000), span(2, 3000, 4000, 'b'));
    drag(1500, 1500, rowOf('a'), {}, rowOf('b'));
    expect([spans()[0], changes[0]!.label]).toEqual([[1000, 2000, 'b'], 'tier']);
    drag(1500, 2300, rowOf('b'), {}, rowOf('a'));
    expect([spans()[0], changes[1]!.label]).toEqual([[1800, 2800, 'a'], 'move']);
    drag(2500, 3300, rowOf('a'), {}, rowOf('b'));
    expect(spans()[0]).toEqual([2600, 3600, 'a']);
  });

  test('moves all that are selected by as much', () => {
    open(span(1, 1000, 2000), span(2, 3000, 4000, 'b'), span(3, 5000, 6000));
    scene.selection = new Set([spanId(1), spanId(2)]);
    drag(1500, 1700, rowOf('a'));
    expect(spans()).toEqual([
      [1200, 2200, 'a'],
      [3200, 4200, 'b'],
      [5000, 6000, 'a'],
    ]);
    expect(changes[0]!.label).toBe('shift');
  });

  test('is not moved on the waveform unless it is selected', () => {
    open(span(1, 1000, 2000));
    drag(1500, 1700, lanes);
    expect(spans()[0]).toEqual([1000, 2000, 'a']);
    scene.selection = new Set([spanId(1)]);
    drag(1500, 1700, lanes);
    expect(spans()[0]).toEqual([1200, 2200, 'a']);
  });

  test('never leaves the recording', () => {
    open(span(1, 100, 2000));
    drag(1500, -3000, rowOf('a'));
    expect(spans()[0]).toEqual([0, 1900, 'a']);
  });
});

describe('selecting', () => {
  const ids = (): ShapeId[] => [...scene.selection].sort();

  test('with Shift adds and takes away', () => {
    open(span(1, 1000, 2000), span(2, 3000, 4000));
    click(1500, rowOf('a'));
    click(3500, rowOf('a'), { shift: true });
    expect(ids()).toEqual([spanId(1), spanId(2)]);
    click(1500, rowOf('a'), { shift: true });
    expect(ids()).toEqual([spanId(2)]);
  });

  test('with Shift and a drag takes what lies between, on the rows between', () => {
    open(span(1, 1000, 2000), span(2, 3000, 4000, 'b'), span(3, 5000, 6000));
    drag(500, 3500, rowOf('a'), { shift: true }, rowOf('b'));
    expect([ids(), changes]).toEqual([[spanId(1), spanId(2)], []]);
  });
});

describe('the view', () => {
  test('goes along when something is dragged beyond its edge', () => {
    gestures.down(at(9000, lanes));
    gestures.move({ ...at(9000, lanes), x: 1120 });
    const before = axis.origin;
    expect(gestures.follow()).toBe(true);
    expect(axis.origin).toBeGreaterThan(before);
    gestures.up({ ...at(0, lanes), x: 1120 });
    const [start, end] = spans()[0] as [number, number];
    expect(start).toBe(9000);
    expect(end).toBeGreaterThan(10_000);
  });

  test('follows a drag in the minimap, and jumps to a click in it', () => {
    const middle = (): number => (axis.origin + 500) / axis.k;
    click(0, 10, { x: 542 } as Partial<WaveInput>);
    expect(Math.abs(middle() - 50_000)).toBeLessThan(200);
  });
});
