import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '#renderer/client/use-query.ts';

/** What can be worked on that lies in a folder. */
export type FolderKind = 'image' | 'audio';

/** What lies directly in a folder whose path is typed: photos or recordings, `both`, or null while nothing can be told. */
export function useFolderKind(path: string): {
  kind: FolderKind | 'both' | null;
  photos: number;
  recordings: number;
} {
  const [settled] = useDebouncedValue(path.trim(), 250);
  // A path that is no whole one would be refused; nothing is said of it while it is typed.
  const isWhole = /^(?:[/\\]|[A-Za-z]:[/\\])/.test(settled);
  const listing = useQuery('files.browse', isWhole ? { path: settled, endings: [] } : null);
  const here = isWhole && !listing.previous ? listing.data : undefined;
  const [photos, recordings] = [here?.photos ?? 0, here?.recordings ?? 0];
  const kind = photos > 0 ? (recordings > 0 ? 'both' : 'image') : recordings > 0 ? 'audio' : null;
  return { kind, photos, recordings };
}
