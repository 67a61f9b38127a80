/**
 * Colours for labels, in the order they are given out: the eight of Okabe and Ito (2008), which people with any colour vision
 * can tell apart, then eight more from Tol's muted and light schemes (2021). Never the only mark: the name stands beside it.
 */
const palette = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#f0e442',
  '#0072b2',
  '#d55e00',
  '#cc79a7',
  '#bbbbbb',
  '#882255',
  '#44aa99',
  '#ddcc77',
  '#77aadd',
  '#ee8866',
  '#aaaa00',
  '#aa4499',
  '#99ddff',
] as const;

/** The colour of the label at this place (from 0) of a label set, as `#rrggbb`. After the last one it starts over. */
export function labelColor(place: number): string {
  return palette[place % palette.length] ?? palette[0];
}
