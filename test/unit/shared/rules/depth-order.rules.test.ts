import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnotationDoc, ShapeId } from '#shared/domain/annotation.ts';
import { depthMoves, orderChange, type DepthMove } from '#shared/rules/depth-order.rules.ts';
import { applyChange, invertChange } from '#shared/rules/undo-journal.rules.ts';
import { box, docOf } from '#test/support/canvas-workbench.ts';

const scene = fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }).map((moved) => {
  const shapes = moved.map((_, at) => box(at, 0, 5, 5));
  const ids = new Set<ShapeId>(shapes.filter((_, at) => moved[at]).map(({ id }) => id));
  return { doc: docOf(...shapes), ids };
});

/** Said in the plainest way: whole lists, taken apart and put together. */
function naive({ shapes }: AnnotationDoc, ids: ReadonlySet<ShapeId>, move: DepthMove) {
  const chosen = shapes.filter(({ id }) => ids.has(id));
  const rest = shapes.filter(({ id }) => !ids.has(id));
  if (move === 'front') return [...rest, ...chosen];
  if (move === 'back-most') return [...chosen, ...rest];
  const list = move === 'forward' ? [...shapes] : shapes.toReversed();
  // Block by block: what stands above a run of chosen ones goes below that run.
  for (let at = list.length - 1; at > 0; at -= 1) {
    if (ids.has(list[at]!.id)) continue;
    let start = at;
    while (start > 0 && ids.has(list[start - 1]!.id)) start -= 1;
    if (start === at) continue;
    list.splice(start, 0, ...list.splice(at, 1));
    at = start;
  }
  return move === 'forward' ? list : list.toReversed();
}

describe('order in depth', () => {
  it.each(depthMoves)('%s is what taking the list apart and putting it together gives', (move) => {
    fc.assert(
      fc.property(scene, ({ doc, ids }) => {
        const change = orderChange(doc, ids, move);
        const after = change ? applyChange(doc, change) : doc;
        expect(after.shapes.map(({ id }) => id)).toEqual(naive(doc, ids, move).map(({ id }) => id));
        if (change) expect(applyChange(after, invertChange(change))).toEqual(doc);
      }),
    );
  });

  it('changes nothing once everything is where it goes', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom('front' as const, 'back-most' as const), ({ doc, ids }, move) => {
        const change = orderChange(doc, ids, move);
        expect(orderChange(change ? applyChange(doc, change) : doc, ids, move)).toBeNull();
      }),
    );
  });

  it('goes one place up past whoever is next, and the top holds back those right below', () => {
    const [a, b, c, d] = [0, 1, 2, 3].map((at) => box(at, 0, 5, 5));
    const doc = docOf(a!, b!, c!, d!);
    const after = (ids: ShapeId[], move: DepthMove) => {
      const change = orderChange(doc, new Set(ids), move);
      return change ? applyChange(doc, change).shapes : doc.shapes;
    };
    expect(after([a!.id, b!.id], 'forward')).toEqual([c, a, b, d]);
    expect(after([c!.id, d!.id], 'forward')).toEqual([a, b, c, d]);
    expect(after([a!.id, d!.id], 'back')).toEqual([a, b, d, c]);
  });
});
