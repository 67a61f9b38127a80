import type { ReadDb } from '#electron/db/database.ts';
import { ledgerSize } from '#electron/repositories/entries.repository.ts';
import { type EntryFilter, isUnfiltered, matchingSeqs } from '#electron/repositories/entries-list.repository.ts';

/** Filters whose matches are remembered; each costs 4 bytes an entry that matches. */
const REMEMBERED = 4;

/** Places in the ledger, ascending. */
interface Matches {
  places: Uint32Array;
  count: number;
  /** Size of the ledger up to which matches are known. */
  upTo: number;
}

/** Pages of the ledger, newest first, by any filter and anywhere. */
export interface EntryPages {
  page(filter: EntryFilter, offset: number, limit: number): { total: number; seqs: number[] };
}

/**
 * Entries never change, so whether one matches a filter never does either: matches are found once and after that only among
 * the entries that were added. A page anywhere is then a look into an array.
 *
 * @param source what is read, and a number that rises when the file underneath was exchanged
 */
export function createEntryPages(source: { readonly read: ReadDb; readonly generation: number }): EntryPages {
  const remembered = new Map<string, Matches>();
  let generation = source.generation;

  const matchesOf = (filter: EntryFilter, size: number): Matches => {
    if (generation !== source.generation) remembered.clear();
    generation = source.generation;
    const key = JSON.stringify(filter);
    const known = remembered.get(key) ?? { places: new Uint32Array(64), count: 0, upTo: 0 };
    if (known.upTo < size) extend(source.read, filter, known, size);
    // The least recently used filter stands first.
    remembered.delete(key);
    remembered.set(key, known);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= REMEMBERED) break;
      remembered.delete(oldest);
    }
    return known;
  };

  return {
    page(filter, offset, limit) {
      const size = ledgerSize(source.read);
      const matches = isUnfiltered(filter) ? null : matchesOf(filter, size);
      const total = matches?.count ?? size;
      const length = Math.max(0, Math.min(limit, total - offset));
      const seqs = Array.from({ length }, (_, nth) => {
        const place = total - 1 - offset - nth;
        return matches ? (matches.places[place] ?? 0) : place;
      });
      return { total, seqs };
    },
  };
}

function extend(db: ReadDb, filter: EntryFilter, matches: Matches, size: number): void {
  const before = matches.count;
  for (const { seq } of matchingSeqs(db, filter, matches.upTo)) {
    if (matches.count === matches.places.length) {
      const larger = new Uint32Array(matches.places.length * 2);
      larger.set(matches.places);
      matches.places = larger;
    }
    matches.places[matches.count] = seq;
    matches.count += 1;
  }
  matches.places.subarray(before, matches.count).sort();
  matches.upTo = size;
}
