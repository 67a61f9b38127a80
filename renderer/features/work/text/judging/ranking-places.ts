/** The place of each candidate that has one, 1 the best; candidates of one place are tied. Places may be left free while one ranks. */
export type Places = ReadonlyMap<string, number>;

/** The ranking that places stand for: groups from best to worst, without the free places; ids of a group in the order given. */
export function rankingOf(places: Places, ids: readonly string[]): string[][] {
  const groups = Map.groupBy(
    ids.filter((id) => places.has(id)),
    (id) => places.get(id)!,
  );
  return [...groups].sort(([one], [other]) => one - other).map(([, group]) => group);
}

/** The places of a ranking, none left free. */
export function placesOf(ranking: readonly (readonly string[])[]): Map<string, number> {
  return new Map(ranking.flatMap((group, at) => group.map((id) => [id, at + 1] as const)));
}

/** Whether places stand for a ranking, free places and the order within a tie aside. */
export function standsFor(places: Places, ranking: readonly (readonly string[])[]): boolean {
  const plain = (groups: readonly (readonly string[])[]) =>
    groups.map((group) => [...group].sort().join('\n')).join('\n\n');
  return plain(rankingOf(places, [...places.keys()])) === plain(ranking);
}

/** A candidate moved up (-1) or down (1) by a place, as far as there are places; one without a place gets the last. */
export function movedBy(places: Places, id: string, by: 1 | -1, most: number): Map<string, number> {
  const place = places.get(id);
  const next = place === undefined ? most : Math.max(1, Math.min(most, place + by));
  return new Map([...places, [id, next]]);
}
