/** What a matched name leads to: exactly one photo, several that could be meant, or none. */
export type PhotoMatch<T> = { found: T } | 'ambiguous' | 'none';

interface Named {
  name: string;
}

const baseOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/**
 * Finds the photos that names in an annotation file mean: by the whole path below the folder first, then by the longest
 * tail of it, at the least the file's own name. A tail that several photos share, or that several names lead to the same photo by,
 * is ambiguous: shapes on the wrong photo are worse than shapes on none.
 *
 * @param names in the order of the file
 * @returns one match for each name
 */
export function matchPhotos<T extends Named>(names: readonly string[], photos: Iterable<T>): PhotoMatch<T>[] {
  const index = createPhotoIndex(photos);
  return withoutShared(
    names,
    names.map((name) => index.find(name)),
  );
}

const uploaded = /(^|\/)[0-9a-f]{8}-(?=[^/]+$)/;

/** Photos by name, to be asked one name after another. */
export function createPhotoIndex<T extends Named>(photos: Iterable<T>): { find(name: string): PhotoMatch<T> } {
  const byBase = new Map<string, T[]>();
  for (const photo of photos) {
    const base = baseOf(photo.name);
    const same = byBase.get(base);
    if (same === undefined) byBase.set(base, [photo]);
    else same.push(photo);
  }
  const matchBy = (name: string) => matchOne(name, byBase.get(baseOf(name)) ?? []);
  return {
    find(name) {
      const match = matchBy(name);
      // Label Studio puts eight digits and a dash before the names of what was uploaded.
      return match === 'none' && uploaded.test(name) ? matchBy(name.replace(uploaded, '$1')) : match;
    },
  };
}

function matchOne<T extends Named>(name: string, candidates: readonly T[]): PhotoMatch<T> {
  let best: T[] = [];
  let longest = 0;
  for (const candidate of candidates) {
    const tail = commonTail(name, candidate.name);
    if (tail > longest) [best, longest] = [[candidate], tail];
    else if (tail === longest) best.push(candidate);
  }
  const whole = best.filter((candidate) => candidate.name === name);
  if (whole.length === 1) return { found: whole[0]! };
  if (best.length === 0) return 'none';
  return best.length === 1 ? { found: best[0]! } : 'ambiguous';
}

/** How many path parts two names share, counted from the end. */
function commonTail(a: string, b: string): number {
  const [partsA, partsB] = [a.split('/'), b.split('/')];
  let shared = 0;
  while (shared < partsA.length && shared < partsB.length && partsA.at(-1 - shared) === partsB.at(-1 - shared))
    shared += 1;
  return shared;
}

/** Where several names lead to one photo, only one that names it whole keeps it. */
function withoutShared<T extends Named>(names: readonly string[], matches: readonly PhotoMatch<T>[]): PhotoMatch<T>[] {
  const wholes = new Map<T, number>();
  const uses = new Map<T, number>();
  matches.forEach((match, i) => {
    if (typeof match === 'string') return;
    uses.set(match.found, (uses.get(match.found) ?? 0) + 1);
    if (match.found.name === names[i]) wholes.set(match.found, (wholes.get(match.found) ?? 0) + 1);
  });
  return matches.map((match, i) => {
    if (typeof match === 'string' || uses.get(match.found) === 1) return match;
    return match.found.name === names[i] && wholes.get(match.found) === 1 ? match : 'ambiguous';
  });
}
