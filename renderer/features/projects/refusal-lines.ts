import type { TextRules } from '#shared/domain/text.ts';

type Refusals = NonNullable<TextRules['refusals']>;

const longest = 200;
const most = 50;

/** Reads reasons to refuse, one a line: `vulgar`, or `too-broad = 太宽泛`. Empty lines don't count; the first that is wrong is named. */
export function readRefusalLines(text: string): { ok: true; refusals: Refusals } | { ok: false; name: string } {
  const refusals: Refusals = [];
  for (const line of text.split(/\r?\n/)) {
    const [, left = '', right = ''] = /^(.*?)(?:\s[=＝]\s?(.*))?$/.exec(line) ?? [];
    const [key, title] = [left.trim(), right.trim()];
    if (key === '') continue;
    const wrong = key.length > longest || title.length > longest || refusals.length === most;
    if (wrong || refusals.some((known) => known.key === key)) return { ok: false, name: key.slice(0, 40) };
    refusals.push(title === '' ? { key } : { key, title });
  }
  return { ok: true, refusals };
}

/** Reasons as lines. */
export function writeRefusalLines(refusals: Refusals): string {
  return refusals.map(({ key, title }) => (title === undefined ? key : `${key} = ${title}`)).join('\n');
}
