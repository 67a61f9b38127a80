/** Widths of texts, measured once. */
const widths = new Map<string, number>();
/** More than this many are forgotten all at once. */
const mostWidths = 20_000;

function widthOf(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size >= mostWidths) widths.clear();
    width = context.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

/** Width of a text in the context's font, in the context's pixels. */
export const textWidth = widthOf;

/**
 * The beginning of a text that fits into `room`, with an ellipsis where something is left out; empty where not even one character fits.
 * Only as much of a long text is measured as could fit.
 */
export function fittingText(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (room < 8) return '';
  // No character is narrower than this on the whole.
  const short = text.length * 2 > room ? text.slice(0, Math.ceil(room / 2)) : text;
  const line = short.includes('\n') ? short.replaceAll('\n', ' ') : short;
  if (line.length === text.length && widthOf(context, line) <= room) return line;
  const characters = [...line];
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (widthOf(context, `${characters.slice(0, middle).join('')}…`) <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${characters.slice(0, low).join('')}…`;
}
