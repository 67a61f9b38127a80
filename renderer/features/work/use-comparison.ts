import { useDeferredValue, useMemo } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { SubmissionId, TaskId } from '#shared/domain/ids.ts';
import { compareVersions, type ComparedPair, type VersionComparison } from '#shared/rules/compare-versions.rules.ts';
import type { Matchable } from '#shared/rules/shape-matching.rules.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import type { DraftJournal } from './draft-journal.ts';
import type { ReferenceFile } from './use-file-reference.ts';
import { useDraft } from './use-open-task.ts';

/** What the annotation under way is held against. */
export type Reference =
  | { type: 'submission'; id: SubmissionId }
  | { type: 'machine' }
  /** `shapes` is null while the file is not read, or says nothing of the photo. */
  | { type: 'file'; shapes: readonly Matchable[] | null };

/** A reference one can choose, with what names it. */
export interface ReferenceChoice {
  reference: Reference;
  /** `submission:<id>`, `machine` or `file`. */
  value: string;
  /** Of a sealed version: its number, counted from the first, and when it was sealed. */
  version?: { number: number; sealedAt: string };
  /** Of a file that was read: what names it. */
  file?: ReferenceFile;
}

/** One thing that differs, or an object that is alike; in the order in which one steps through them. */
export type Difference =
  { what: 'pair'; pair: ComparedPair } | { what: 'missing'; reference: Matchable } | { what: 'extra'; mine: Matchable };

export interface Comparison {
  compared: VersionComparison;
  differences: Difference[];
}

/** Every sealed version of a task, the newest first, then what a machine proposed for it. */
export function useReferences(taskId: TaskId): ReferenceChoice[] {
  const list = useQuery('submissions.list', { taskId, limit: 100 });
  const proposals = useQuery('proposals.list', { taskId });
  return useMemo(() => {
    const sealed = list.data?.submissions ?? [];
    const versions = sealed.map(({ id, sealedAt }, place): ReferenceChoice => {
      const version = { number: sealed.length - place, sealedAt };
      return { reference: { type: 'submission', id }, value: `submission:${id}`, version };
    });
    const machine: ReferenceChoice[] =
      (proposals.data?.proposals.length ?? 0) > 0 ? [{ reference: { type: 'machine' }, value: 'machine' }] : [];
    return [...versions, ...machine];
  }, [list.data, proposals.data]);
}

/** Holds what is drawn against a reference, again whenever either changes; null while the reference is not there. */
export function useComparison(
  taskId: TaskId,
  journal: DraftJournal,
  choice: ReferenceChoice | null,
): Comparison | null {
  const reference = choice?.reference;
  const sealed = useQuery(
    'submissions.get',
    reference?.type === 'submission' ? { submissionId: reference.id } : null,
  ).data;
  const proposals = useQuery('proposals.list', reference?.type === 'machine' ? { taskId } : null).data;
  const doc = useDeferredValue(useDraft(journal).journal.doc);
  const theirs = reference === undefined ? null : shapesOf(reference, sealed, proposals);
  return useMemo(() => {
    if (theirs === null) return null;
    const compared = compareVersions(doc.shapes, theirs);
    return { compared, differences: inOrder(compared) };
  }, [doc, theirs]);
}

function shapesOf(
  reference: Reference,
  sealed: Output<'submissions.get'> | undefined,
  proposals: Output<'proposals.list'> | undefined,
): readonly Matchable[] | null {
  if (reference.type === 'file') return reference.shapes;
  if (reference.type === 'machine') return proposals?.proposals ?? null;
  return sealed?.id === reference.id ? (sealed.annotation?.shapes ?? null) : null;
}

/** What is missing and what is extra first, then pairs from the farthest apart to those that are alike. */
function inOrder({ pairs, missing, extra }: VersionComparison): Difference[] {
  return [
    ...missing.map((reference): Difference => ({ what: 'missing', reference })),
    ...extra.map((mine): Difference => ({ what: 'extra', mine })),
    ...pairs.filter(differs).map((pair): Difference => ({ what: 'pair', pair })),
  ];
}

function differs({ largestPx, largestFrames, classDiffers, textDiffers, tierDiffers, iou }: ComparedPair): boolean {
  const moved = (largestPx ?? 0) > 0 || (largestFrames ?? 0) > 0 || (iou ?? 1) < 1;
  return classDiffers || textDiffers || tierDiffers || moved;
}
