import type { Category } from '#shared/domain/text.ts';
import { categoryKey, categoryPath } from '#shared/rules/category-paths.rules.ts';

/** Categories as typed, or what is wrong with them. */
export type CategoryLines =
  { ok: true; categories: Category[] } | { ok: false; problem: 'twice' | 'long' | 'many'; name: string };

const longest = 500;
const most = 10_000;

/**
 * Reads categories, one a line; a line that is indented further than the one above lies within it. `name = title` shows another title.
 * Keys are the names from the root down (categoryKey), so that `Other` may stand in every branch; without any branch they are the names.
 */
export function readCategoryLines(text: string): CategoryLines {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const depths = lines.map(depthOf);
  const isTree = depths.some((depth) => depth > depths[0]!);
  const known = new Map<string, Category>();
  const above: { depth: number; names: string[]; key: string }[] = [];
  for (const [place, line] of lines.entries()) {
    const depth = depths[place]!;
    const [, left = '', right = ''] = /^(.*?)(?:\s[=＝]\s?(.*))?$/.exec(line.trim()) ?? [];
    const [name, title] = [left.trim(), right.trim()];
    while (above.length > 0 && above.at(-1)!.depth >= depth) above.pop();
    const parent = above.at(-1);
    const names = [...(parent?.names ?? []), name];
    const key = isTree ? categoryKey(names) : name;
    if (key.length > longest || title.length > longest) return { ok: false, problem: 'long', name: name.slice(0, 40) };
    if (known.has(key)) return { ok: false, problem: 'twice', name: name.slice(0, 40) };
    if (known.size === most) return { ok: false, problem: 'many', name: name.slice(0, 40) };
    const shown = title !== '' ? title : key === name ? null : name;
    known.set(key, { key, ...(shown !== null && { title: shown }), ...(parent && { parent: parent.key }) });
    above.push({ depth, names, key });
  }
  return { ok: true, categories: [...known.values()] };
}

/** Blanks a line begins with; a tab is as wide as four, a blank of Chinese writing as two. */
function depthOf(line: string): number {
  let depth = 0;
  for (const sign of line) {
    if (sign === '\t') depth += 4;
    else if (sign === '\u3000') depth += 2;
    else if (sign === ' ') depth += 1;
    else break;
  }
  return depth;
}

/** Categories as lines. */
export function writeCategoryLines(categories: readonly Category[]): string {
  const known = new Map(categories.map((category) => [category.key, category]));
  const depths = new Map<string, number>();
  for (const { key, parent } of categories) depths.set(key, parent === undefined ? 0 : (depths.get(parent) ?? -1) + 1);
  const isTree = [...known.values()].some(({ parent }) => parent !== undefined);
  return categories
    .map(({ key, title }) => {
      const name = isTree ? (categoryPath(key).at(-1) ?? key) : key;
      return `${'  '.repeat(depths.get(key)!)}${title === undefined || title === name ? name : `${name} = ${title}`}`;
    })
    .join('\n');
}
