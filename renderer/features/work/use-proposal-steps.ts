import { useState } from 'react';
import type { Proposal, ShapeId } from '#shared/domain/annotation.ts';

/** The proposal one looks at, and the ways to others. */
interface ProposalSteps<P extends Proposal> {
  /** Undefined until one was looked at, and when it was decided about. */
  here: P | undefined;
  /** Goes to one; to none where there is none. */
  lookAt(proposal: P | undefined): void;
  /** The one to look at when this one is decided: the next of the list, else the last. */
  after(proposal: P): P | undefined;
  /** Goes to the next or the one before, around the end of the list. */
  step(by: 1 | -1): void;
  first(): void;
}

/**
 * Goes through what is proposed and not decided about.
 * @param open in the order in which it is listed
 * @param onLook brings the one that is gone to into view
 */
export function useProposalSteps<P extends Proposal>(
  open: readonly P[],
  onLook: (proposal: P) => void,
): ProposalSteps<P> {
  const [wanted, setWanted] = useState<ShapeId | null>(null);
  const here = open.find(({ id }) => id === wanted);
  const lookAt = (proposal: P | undefined) => {
    setWanted(proposal?.id ?? null);
    if (proposal) onLook(proposal);
  };
  return {
    here,
    lookAt,
    after: (proposal) => {
      const rest = open.filter(({ id }) => id !== proposal.id);
      return rest[Math.min(open.indexOf(proposal), rest.length - 1)];
    },
    step: (by) => {
      const at = here ? open.indexOf(here) : by > 0 ? -1 : 0;
      lookAt(open[(at + by + open.length) % open.length]);
    },
    first: () => lookAt(open[0]),
  };
}
