/** The sides of an axis-parallel box. */
export const boxSides = ['left', 'top', 'right', 'bottom'] as const;

export type BoxSide = (typeof boxSides)[number];

/** An axis-parallel box by its edges, picture pixels (origin top left, continuous: a whole number lies between two pixels). */
export interface BoxEdges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The two sides a side runs between. */
export function neighboursOf(side: BoxSide): readonly [BoxSide, BoxSide] {
  return side === 'left' || side === 'right' ? ['top', 'bottom'] : ['left', 'right'];
}

/** +1 where going into the box means growing coordinates, -1 where it means falling ones. */
export function inwardSign(side: BoxSide): 1 | -1 {
  return side === 'left' || side === 'top' ? 1 : -1;
}
