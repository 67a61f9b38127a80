import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createScope } from '#renderer/lib/scope.ts';
import { Nudges } from '#renderer/wave/nudges.ts';
import { WaveScene } from '#renderer/wave/wave-scene.ts';
import type { SegmentEdit } from '#shared/rules/segment-edits.rules.ts';
import { docOfSpans, span, spanId } from '#test/support/spans.ts';

const scene = new WaveScene();
const edits: SegmentEdit[] = [];
let nudges: Nudges;

const stretches = (edit: SegmentEdit | undefined): unknown[] =>
  (edit?.wanted ?? []).map(({ after }) =>
    after?.geometry.type === 'span' ? [after.geometry.start, after.geometry.end] : null,
  );

beforeEach(() => {
  vi.useFakeTimers();
  edits.length = 0;
  scene.setDoc(docOfSpans(span(1, 1000, 2000), span(2, 3000, 4000)));
  scene.selection = new Set([spanId(1)]);
  nudges = new Nudges(createScope(), scene, {
    limits: () => ({ frames: 10_000, noOverlap: 'tier' }),
    preview: () => undefined,
    commit: (edit) => edits.push(edit),
  });
});

afterEach(() => vi.useRealTimers());

test('several make one change, after a rest', () => {
  for (let count = 0; count < 5; count += 1) {
    expect(nudges.nudge('end', 10)).toBe(true);
    vi.advanceTimersByTime(400);
  }
  expect(edits).toEqual([]);
  vi.advanceTimersByTime(400);
  expect(edits.map(stretches)).toEqual([[[1000, 2050]]]);
});

test('of both ends and of the whole are one change too', () => {
  nudges.nudge('start', -100);
  nudges.nudge('end', 100);
  nudges.nudge('both', 50);
  nudges.flush();
  expect([edits.map(stretches), edits[0]!.label]).toEqual([[[[950, 2150]]], 'resize']);
});

test('stop at the neighbour, and say so', () => {
  expect(nudges.nudge('end', 5000)).toBe(true);
  expect(nudges.nudge('end', 1)).toBe(false);
  nudges.flush();
  expect(edits.map(stretches)).toEqual([[[1000, 3000]]]);
});

test('are forgotten when the document is another', () => {
  nudges.nudge('both', 1);
  nudges.drop();
  vi.advanceTimersByTime(2000);
  nudges.flush();
  expect(edits).toEqual([]);
});

test('do nothing where nothing is selected', () => {
  scene.selection = new Set();
  expect(nudges.nudge('both', 1)).toBe(false);
});
