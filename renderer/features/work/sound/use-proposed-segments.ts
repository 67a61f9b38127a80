import { useMemo } from 'react';
import type { AnnotationDoc } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { undecidedProposals } from '#shared/rules/proposals.rules.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import type { ProposedSegment } from './sound-proposals.tsx';
import { useSame } from './use-same.ts';

/** What machines propose for the recording and nobody decided about, in time. */
export function useProposedSegments(taskId: TaskId, doc: AnnotationDoc): readonly ProposedSegment[] {
  const all = useQuery('proposals.list', { taskId }, { topics: ['tasks'] }).data?.proposals;
  return useSame(
    useMemo(
      () =>
        undecidedProposals(all ?? [], doc)
          .filter((each): each is ProposedSegment => each.geometry.type === 'span')
          .sort((a, b) => a.geometry.start - b.geometry.start),
      [all, doc],
    ),
    (some, others) => some.length === others.length && some.every((one, at) => one === others[at]),
  );
}
