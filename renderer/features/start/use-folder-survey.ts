import { useDebouncedValue } from '@mantine/hooks';
import type { Output } from '#shared/contract/contract.ts';
import { useQuery } from '#renderer/client/use-query.ts';

/** What can be worked on that lies in a folder. */
export type FolderKind = 'image' | 'audio';

/** What was found in a folder and below it. */
export type Survey = Output<'files.survey'>;

/** Whether a path is a whole one: it begins at the root of this machine or at a drive. */
export const isWholePath = (path: string): boolean => /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);

/** What lies in a folder whose path is typed; undefined while nothing can be told. */
export function useFolderSurvey(path: string): Survey | undefined {
  const [settled] = useDebouncedValue(path.trim(), 250);
  // A path that is no whole one would be refused; nothing is said of it while it is typed.
  const whole = isWholePath(settled);
  const survey = useQuery('files.survey', whole ? { path: settled } : null);
  return whole && !survey.previous && settled === path.trim() ? survey.data : undefined;
}

/** What is to be worked on in a folder: photos or recordings, `both` when that has to be asked, null when it holds neither. */
export function kindOf({ photos, recordings }: Survey): FolderKind | 'both' | null {
  if (photos > 0) return recordings > 0 ? 'both' : 'image';
  return recordings > 0 ? 'audio' : null;
}

/** Whether a project of a kind can begin in a folder, as far as it was looked through. */
export function holds(survey: Survey, kind: FolderKind): boolean {
  return survey.cut || (kind === 'image' ? survey.photos : survey.recordings) > 0;
}
