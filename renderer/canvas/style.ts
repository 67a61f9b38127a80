/** Measures of what is drawn over the picture, in CSS pixels, and its colours. One place, so that all layers agree. */
export const style = {
  /** Around the picture, unless the application says otherwise. */
  surround: '#2b2a28',
  /** A shape at rest. */
  line: 1.5,
  /** The edge under it. */
  edge: 3.5,
  /** A selected shape, or the one under the pointer. */
  strongLine: 2.5,
  /** The edge under a selected shape. */
  halo: 5,
  /** Edges are dark under a light colour and light under a dark one, so that one of the two shows on any picture. */
  darkEdge: 'rgba(0, 0, 0, 0.55)',
  lightEdge: 'rgba(255, 255, 255, 0.55)',
  /** How much is seen of a shape that a filter leaves out. */
  faint: 0.25,
  /** A shape without a class. */
  unlabelledColor: '#e8e4da',
  handle: 9,
  /** The corner marks of one of several selected shapes. */
  mark: 5,
  handleFill: '#ffffff',
  handleStroke: '#0b3b3c',
  /** What a stroke of the eraser looks like. */
  eraser: '#1b1b1b',
  /** The ring around a point. */
  pointRadius: 4,
  /** The mark on a vertex. */
  vertex: 7,
  /** A vertex that is chosen among the others, and the mark that inserts one. */
  chosenFill: '#f0a83c',
  middleFill: 'rgba(255, 255, 255, 0.7)',
  /** The pointer may be this far from a handle's middle. */
  handleReach: 8,
  nameLetters: 11,
  nameHeight: 15,
  namePadding: 4,
  nameMaxWidth: 160,
  /** Between pixels: grey, to be seen on light and dark alike. */
  grid: 'rgba(128, 128, 128, 0.4)',
  marqueeLine: '#ffffff',
  marqueeFill: 'rgba(255, 255, 255, 0.12)',
} as const;

/** From this zoom (CSS pixels per image pixel) on the picture is drawn with hard pixel edges. */
export const sharpFrom = 4;
/** From this zoom on lines can be drawn between the pixels. */
export const gridFrom = 16;

/** Up to this many selected shapes live as fabric objects with handles; beyond it they are drawn bare, and only moved. */
export const liveLimit = 50;
