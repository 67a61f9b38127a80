import { plainPath } from './json-objects.codec.ts';

/** Paths that a written set of files has taken, as a file system that ignores case would see them. */
export interface PathClaims {
  taken: Set<string>;
}

export function createPathClaims(): PathClaims {
  return { taken: new Set() };
}

/**
 * A path below the chosen folder for one file of a written set, never out of it; null when another file has it already (two photos whose
 * names differ only in their ending).
 */
export function claimPath(claims: PathClaims, path: string): string | null {
  const safe = plainPath(path);
  const key = safe.toLowerCase().normalize('NFC');
  if (safe === '' || claims.taken.has(key)) return null;
  claims.taken.add(key);
  return safe;
}
