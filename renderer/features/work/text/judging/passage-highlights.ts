import type { Stretch } from '../text-desk.ts';

/** A passage as it is painted. */
export interface DrawnPassage extends Stretch {
  /** `#rrggbb` of its label; null without one. */
  readonly color: string | null;
  /** Tied to a source. */
  readonly tied: boolean;
  readonly current: boolean;
}

const prefix = 'cl-passage-';
const noColor = '#808080';

/** The stretch of the page that shows a stretch of text; null where its text is not there. */
export function rangeOf(box: HTMLElement, { field, start, end }: Stretch): Range | null {
  const node = box.querySelector(`[data-text="${CSS.escape(field)}"]`)?.firstChild;
  if (!node || !(node instanceof Text) || start > node.length) return null;
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, Math.min(end, node.length));
  return range;
}

/** Paints passages over the texts in `box`, which stay as they are; the returned function takes the paint away. */
export function drawPassages(box: HTMLElement, passages: readonly DrawnPassage[]): () => void {
  const byName = new Map<string, { ranges: Range[]; rule: string; priority: number }>();
  const add = (name: string, rule: string, priority: number, range: Range) => {
    const known = byName.get(name) ?? { ranges: [], rule, priority };
    known.ranges.push(range);
    byName.set(name, known);
  };
  for (const passage of passages) {
    const range = rangeOf(box, passage);
    if (!range) continue;
    const color = passage.color ?? noColor;
    add(
      `${prefix}${color.slice(1)}`,
      `background-color: ${color}3d; text-decoration: underline 2px ${color};`,
      1,
      range,
    );
    if (passage.tied) add(`${prefix}tied`, `text-decoration: underline dotted 2px currentcolor;`, 2, range);
    if (passage.current) add(`${prefix}current`, `background-color: ${color}80;`, 3, range);
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([...byName].map(([name, { rule }]) => `::highlight(${name}) { ${rule} }`).join('\n'));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  for (const [name, { ranges, priority }] of byName) {
    const highlight = new Highlight(...ranges);
    highlight.priority = priority;
    CSS.highlights.set(name, highlight);
  }
  return () => {
    for (const name of byName.keys()) CSS.highlights.delete(name);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
}
