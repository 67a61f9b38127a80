import type { ProjectId } from '#shared/domain/ids.ts';
import type { Guideline } from '#shared/domain/project.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { dayText } from '#renderer/lib/local-time.ts';

/** Pixels a side may be off where the guideline names no tolerance. */
export const usualTolerance = 3;

/** The guideline of a project that is in force today; undefined while there is none. */
export function useGuideline(projectId: ProjectId): Guideline | undefined {
  const { data } = useQuery('guidelines.list', { projectId });
  const today = dayText(Date.now());
  return data?.guidelines.find(({ effectiveFrom }) => effectiveFrom <= today);
}
