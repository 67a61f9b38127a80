/** Names of a category from the root down. In a key they are joined by `/`; a slash within a name is written `\/`, a backslash `\\`. */
export function categoryPath(key: string): string[] {
  const names = [''];
  for (let at = 0; at < key.length; at += 1) {
    const sign = key[at]!;
    if (sign === '/') names.push('');
    else if (sign === '\\' && (key[at + 1] === '/' || key[at + 1] === '\\')) names.push(names.pop()! + key[++at]!);
    else names.push(names.pop()! + sign);
  }
  return names;
}

/** The key of a category by its names from the root down. */
export function categoryKey(names: readonly string[]): string {
  return names.map((name) => name.replace(/\\(?=[/\\]|$)/g, '\\\\').replaceAll('/', '\\/')).join('/');
}
