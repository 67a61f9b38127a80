import type { Category } from '../domain/text.ts';

/** A category as it is listed: below its parent, with the way to it. */
export interface CategoryRow {
  readonly key: string;
  readonly title: string;
  /** Titles of the categories above it, the topmost first. */
  readonly path: readonly string[];
  /** What a search looks in, in lower case. */
  readonly searched: string;
}

/** Categories in the order of a tree: each below its parent, siblings as given. Those whose parent is unknown or themselves stand at the top. */
export function categoryRows(categories: readonly Category[]): CategoryRow[] {
  const known = new Set(categories.map(({ key }) => key));
  const top = '';
  const below = Map.groupBy(categories, ({ key, parent = top }) =>
    parent !== key && known.has(parent) ? parent : top,
  );
  const rows: CategoryRow[] = [];
  const listed = new Set<string>();
  // A stack and not a recursion: a chain of ten thousand is allowed.
  const waiting: { category: Category; path: readonly string[] }[] = [];
  const push = (all: readonly Category[], path: readonly string[]) => {
    for (const category of all.toReversed()) waiting.push({ category, path });
  };
  const list = () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { category, path } = next;
      if (listed.has(category.key)) continue;
      listed.add(category.key);
      const title = category.title ?? category.key;
      rows.push({ key: category.key, title, path, searched: [category.key, title, ...path].join('\n').toLowerCase() });
      push(below.get(category.key) ?? [], [...path, title].slice(-mostShown));
    }
  };
  push(below.get(top) ?? [], []);
  list();
  // Rings have no top; each is begun at the first of it that was given.
  for (const category of categories) {
    push([category], []);
    list();
  }
  return rows;
}

/** Of a longer way only its end is told. */
const mostShown = 12;

/**
 * Rows whose key, title or way has every word of the query somewhere, letter case aside; first the one it names, then those that begin with it,
 * then the others, each in the order of the tree. All rows for an empty query.
 */
export function searchCategories(rows: readonly CategoryRow[], query: string): readonly CategoryRow[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return rows;
  const words = wanted.split(/\s+/u);
  const found: [CategoryRow[], CategoryRow[], CategoryRow[]] = [[], [], []];
  for (const row of rows) {
    if (!words.every((word) => row.searched.includes(word))) continue;
    const [key, title] = [row.key.toLowerCase(), row.title.toLowerCase()];
    const named = key === wanted || title === wanted;
    const begins = key.startsWith(wanted) || title.startsWith(wanted);
    found[named ? 0 : begins ? 1 : 2].push(row);
  }
  return found.flat();
}
