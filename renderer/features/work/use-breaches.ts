import { useDeferredValue, useMemo } from 'react';
import type { Pixels, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import { type Breach, imageBreaches } from '#shared/rules/image-breaches.rules.ts';
import type { DraftJournal } from './draft-journal.ts';
import { useDraft } from './use-open-task.ts';

interface Options {
  labels: LabelSet;
  /** Of the guideline in force; undefined where there is none. */
  rules: CheckableRules | undefined;
  journal: DraftJournal;
  /** Upright size of the photo; null while it is not known. */
  size: { width: Pixels; height: Pixels } | null;
  fits: ReadonlyMap<ShapeId, Pixels>;
}

/** What breaks a rule, as it stands; it follows the drawing a moment later, never in its way. */
export function useBreaches({ labels, rules, journal, size, fits }: Options): readonly Breach[] {
  const doc = useDeferredValue(useDraft(journal).journal.doc);
  return useMemo(
    () => imageBreaches({ doc, labels, rules: rules ?? {}, size, fits }),
    [doc, fits, labels, rules, size],
  );
}
