import { diffArrays, diffLines, diffWordsWithSpace, type ChangeObject } from 'diff';

/** A stretch of a line: kept, or only in the older or the newer text. */
export interface DiffPart {
  what: 'same' | 'removed' | 'added';
  text: string;
}

/** A line of the comparison with its stretches. A line that changed within shows both versions, word by word. */
export interface DiffLine {
  what: 'same' | 'removed' | 'added' | 'changed';
  parts: DiffPart[];
}

/** A text with this many letters in a line or more is compared by lines alone: words would take too long. */
const longestLine = 4000;
const chinese = /\p{Script=Han}/u;

/**
 * What a newer text changed, line by line, and word by word where a line took the place of another. Chinese has no spaces between words,
 * so lines with Chinese in them are compared letter by letter.
 */
export function diffText(before: string, after: string): DiffLine[] {
  const blocks = diffLines(normal(before), normal(after));
  const lines: DiffLine[] = [];
  for (let i = 0; i < blocks.length; i += 1) {
    const block = blocks[i]!;
    const next = blocks[i + 1];
    if (block.removed && next?.added) {
      lines.push(...replaced(linesOf(block.value), linesOf(next.value)));
      i += 1;
    } else lines.push(...linesOf(block.value).map((line) => whole(stateOf(block), line)));
  }
  return lines;
}

/** Every line ends alike, so that the last one compares with one in the middle. */
const normal = (text: string) => (text === '' ? '' : `${text.replace(/\r\n?/g, '\n').replace(/\n$/, '')}\n`);
const linesOf = (block: string) => block.replace(/\n$/, '').split('\n');
const stateOf = ({ added, removed }: ChangeObject<unknown>): DiffPart['what'] => {
  if (added) return 'added';
  return removed ? 'removed' : 'same';
};
const whole = (what: DiffPart['what'], text: string): DiffLine => ({ what, parts: [{ what, text }] });

/** Lines in the place of others: the first for the first, and what is left over by itself. */
function replaced(before: readonly string[], after: readonly string[]): DiffLine[] {
  const both = Math.min(before.length, after.length);
  return [
    ...before.slice(0, both).flatMap((line, i) => withinLine(line, after[i]!)),
    ...before.slice(both).map((line) => whole('removed', line)),
    ...after.slice(both).map((line) => whole('added', line)),
  ];
}

function withinLine(before: string, after: string): DiffLine[] {
  if (before.length + after.length > longestLine) return [whole('removed', before), whole('added', after)];
  const parts = chinese.test(before + after)
    ? diffArrays([...before], [...after]).map((part) => ({ what: stateOf(part), text: part.value.join('') }))
    : diffWordsWithSpace(before, after).map((part) => ({ what: stateOf(part), text: part.value }));
  // Nothing in common but spaces and stops: two lines say more than one in patches.
  if (!parts.some(({ what, text }) => what === 'same' && /[\p{L}\p{N}]/u.test(text))) {
    return [whole('removed', before), whole('added', after)];
  }
  return [{ what: 'changed', parts }];
}
