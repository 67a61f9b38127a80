/** The name of a file or folder without the path to it. */
export function lastName(path: string): string {
  return path.trim().split(/[/\\]/).filter(Boolean).at(-1) ?? '';
}
