import { describe, expect, it } from 'vitest';
import type { AnnotationDoc, Geometry, Proposal, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { machineShare } from '#shared/rules/machine-share.rules.ts';

let made = 0;
const newId = () => `01920000-0000-7000-8000-${(made += 1).toString(16).padStart(12, '0')}` as ShapeId;
const box = (x: number, w = 20): Geometry => ({ type: 'box', x, y: 0, w, h: 10 });
const proposal = (geometry: Geometry, model: string | null = 'yolo'): Proposal => ({
  id: newId(),
  label: 'car',
  geometry,
  attributes: {},
  score: 0.5,
  model,
});
const taken = (from: Proposal, more: Partial<Shape> = {}): Shape => {
  const { id, label, geometry, attributes, score, model } = from;
  const kept = { id, label, geometry, attributes, score, model };
  return { id: newId(), label, geometry, attributes: {}, origin: 'machine', proposal: kept, ...more };
};
const own = (geometry: Geometry): Shape => ({ id: newId(), label: 'car', geometry, attributes: {}, origin: 'hand' });
const doc = (shapes: Shape[], rejected: ShapeId[] = []): AnnotationDoc => ({
  version: 1,
  shapes,
  ...(rejected.length > 0 && { rejected }),
});

describe('what became of a machine’s proposals', () => {
  it('is nothing where there were none', () => {
    expect(machineShare([], doc([own(box(0))]))).toBeNull();
  });

  it('tells taken from corrected, turned down and undecided, and how far the corrected ones went', () => {
    const [right, off, renamed, wrong, open] = [box(0), box(50), box(100), box(150), box(200)].map((each) =>
      proposal(each),
    );
    const moved = taken(off!, { geometry: box(52, 20) });
    const called = taken(renamed!, { label: 'bus' });
    const share = machineShare(
      [right!, off!, renamed!, wrong!, open!],
      doc([taken(right!), moved, called, own(box(300))], [wrong!.id]),
    );
    expect(share).toEqual({
      models: ['yolo'],
      proposed: 5,
      accepted: 1,
      corrected: 2,
      rejected: 1,
      undecided: 1,
      by_hand: 1,
      transcripts: null,
      corrections: [
        { object: moved.id, iou: 18 / 22, largest_px: 2, largest_frames: null, label_changed: false },
        { object: called.id, iou: 1, largest_px: 0, largest_frames: null, label_changed: true },
      ],
    });
  });

  it('adds up: every proposal is in exactly one of the four', () => {
    const proposals = Array.from({ length: 12 }, (_, i) => proposal(box(i * 30), i % 2 ? 'a' : null));
    const share = machineShare(
      proposals,
      doc(
        proposals.slice(0, 5).map((each, i) => taken(each, i < 2 ? {} : { geometry: box(i * 30, 25) })),
        [proposals[6]!.id],
      ),
    )!;
    expect(share.accepted + share.corrected + share.rejected + share.undecided).toBe(share.proposed);
    expect(share).toMatchObject({ models: ['a'], accepted: 2, corrected: 3, rejected: 1, undecided: 6, by_hand: 0 });
  });

  it('sees a repainted mask though its rectangle stayed', () => {
    const from = proposal({ type: 'mask', x: 0, y: 0, w: 2, h: 2, runs: [0, 4] });
    const changed = taken(from, { geometry: { type: 'mask', x: 0, y: 0, w: 2, h: 2, runs: [0, 1, 2, 1] } });
    expect(machineShare([from], doc([changed]))).toMatchObject({
      corrected: 1,
      corrections: [{ iou: 0.5, largest_px: 0 }],
    });
  });
});

describe('what became of a machine’s transcript', () => {
  const span = (start: number, end: number): Geometry => ({ type: 'span', start, end, tier: 'A', channel: null });
  const said = (start: number, end: number, text?: string): Proposal => ({
    ...proposal(span(start, end), 'whisper'),
    ...(text !== undefined && { text }),
  });
  const kept = (from: Proposal, more: Partial<Shape> = {}): Shape => {
    const { extra: _extra, ...rest } = from;
    const shape = { ...taken(from), proposal: rest };
    return { ...shape, ...(from.text !== undefined && { text: from.text }), ...more };
  };

  it('counts characters put in, taken out and exchanged, and a changed word makes a segment corrected', () => {
    const [right, wrong] = [said(0, 100, '今天天气'), said(100, 200, 'hello word')];
    const share = machineShare([right, wrong], doc([kept(right), kept(wrong, { text: 'hello world' })]))!;
    expect(share).toMatchObject({ accepted: 1, corrected: 1, transcripts: { characters: 4 + 11, edits: 1 } });
    expect(share.corrections).toMatchObject([{ largest_frames: 0, iou: 1, label_changed: false }]);
  });

  it('says nothing of segments for which the machine wrote nothing', () => {
    const silent = said(0, 100);
    expect(machineShare([silent], doc([kept(silent, { text: 'typed' })]))).toMatchObject({ transcripts: null });
  });

  it('takes the parts of a split segment together', () => {
    const from = said(0, 100, 'one two');
    const parts = [
      kept(from, { geometry: span(0, 50), text: 'one' }),
      kept(from, { geometry: span(50, 100), text: 'two' }),
    ];
    expect(machineShare([from], doc(parts.toReversed()))).toMatchObject({
      proposed: 1,
      corrected: 1,
      undecided: 0,
      by_hand: 0,
      transcripts: { characters: 7, edits: 0 },
      corrections: [{ iou: 1, largest_frames: 0 }],
    });
  });

  it('counts the words of proposals that were merged into a segment as the machine’s', () => {
    const [one, two] = [said(0, 100, 'one'), said(120, 200, 'two')];
    const merged = kept(one, { geometry: span(0, 200), text: 'one two' });
    expect(machineShare([one, two], doc([merged], [two.id]))).toMatchObject({
      corrected: 1,
      rejected: 1,
      transcripts: { characters: 7, edits: 0 },
    });
    const elsewhere = said(500, 600, 'far');
    expect(machineShare([one, elsewhere], doc([kept(one)], [elsewhere.id]))?.transcripts).toEqual({
      characters: 3,
      edits: 0,
    });
  });

  it('sees a segment that was put on another tier', () => {
    const from = said(0, 100, 'one');
    const there: Geometry = { type: 'span', start: 0, end: 100, tier: 'B', channel: null };
    expect(machineShare([from], doc([kept(from, { geometry: there })]))).toMatchObject({ accepted: 0, corrected: 1 });
  });
});
