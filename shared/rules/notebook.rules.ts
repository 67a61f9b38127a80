/** A text as it is searched in: compatibility forms folded (full-width letters and digits), in lower case. */
export function searchText(parts: readonly (string | null | undefined)[]): string {
  return parts
    .filter((part) => typeof part === 'string' && part !== '')
    .join('\n')
    .normalize('NFKC')
    .toLowerCase();
}

/** The words of a query, each of which must occur; two Chinese characters are a word like any other. */
export function searchWords(query: string): string[] {
  return searchText([query])
    .split(/\s+/u)
    .filter((word) => word !== '');
}
