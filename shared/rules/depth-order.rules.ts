import type { AnnotationDoc, Change, ShapeId } from '../domain/annotation.ts';

/** Where shapes go in the drawing order: one place up or down, above all others, below all others. */
export const depthMoves = ['forward', 'back', 'front', 'back-most'] as const;

export type DepthMove = (typeof depthMoves)[number];

/**
 * The change that moves shapes in depth, keeping the order among themselves and among the others; null when they are there already.
 * One place up means above the next shape that is not moved along; shapes at the top stay, and hold back those right below them.
 */
export function orderChange(doc: AnnotationDoc, ids: ReadonlySet<ShapeId>, move: DepthMove): Change | null {
  const { shapes } = doc;
  const places = placesAfter(
    shapes.map(({ id }) => ids.has(id)),
    move,
  );
  const edits = shapes.flatMap((shape, index) => {
    const after = places[index]!;
    // The others follow by themselves: their order among each other stays.
    if (!ids.has(shape.id) || after === index) return [];
    return [{ before: shape, after: shape, indexBefore: index, indexAfter: after }];
  });
  return edits.length === 0 ? null : { label: 'order', edits };
}

/** For each place in the order the one that its shape goes to. */
function placesAfter(moved: readonly boolean[], move: DepthMove): number[] {
  // Down is up with the order turned around.
  if (move === 'back' || move === 'back-most') {
    const last = moved.length - 1;
    const mirrored = placesAfter(moved.toReversed(), move === 'back' ? 'forward' : 'front');
    return mirrored.toReversed().map((place) => last - place);
  }
  const order = moved.map((_, index) => index);
  if (move === 'front') {
    return inverse([...order.filter((index) => !moved[index]), ...order.filter((index) => moved[index])]);
  }
  for (let at = order.length - 2; at >= 0; at -= 1) {
    const [own, above] = [order[at]!, order[at + 1]!];
    if (moved[own] && !moved[above]) [order[at], order[at + 1]] = [above, own];
  }
  return inverse(order);
}

/** From "who is at this place" to "where does this one go". */
function inverse(order: readonly number[]): number[] {
  const places: number[] = [];
  order.forEach((index, place) => (places[index] = place));
  return places;
}
