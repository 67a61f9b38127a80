import { useEffect } from 'react';
import type { Pixels, ShapeId } from '#shared/domain/annotation.ts';
import { breachCounts, isAskedAbout } from '#shared/rules/image-breaches.rules.ts';
import type { DecodedPhoto } from '#renderer/photo/photo-client.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import type { DraftJournal } from './draft-journal.ts';
import { ImageBreachList } from './image-breach-list.tsx';
import { LabelList } from './label-list.tsx';
import { ObjectList } from './object-list.tsx';
import { ObjectPanel } from './object-panel.tsx';
import { ProposalList } from './proposal-list.tsx';
import { SubmitArea } from './submit-area.tsx';
import { TaskAccount } from './task-account.tsx';
import { useBreaches } from './use-breaches.ts';
import { useFits } from './use-fits.ts';
import { useGuideline } from './use-guideline.ts';
import { useDraft, type TaskFacts } from './use-open-task.ts';
import type { PhotoState } from './use-photo.ts';
import type { Submission } from './use-submit.ts';
import type { ProjectRow } from './work-page.tsx';

interface Props {
  project: ProjectRow;
  facts: TaskFacts;
  canvas: ImageCanvas;
  journal: DraftJournal;
  photo: PhotoState;
  submission: Submission;
  /** Takes what was measured of the boxes. */
  onFits: (fits: ReadonlyMap<ShapeId, Pixels>) => void;
}

/** Beside the photo: classes, objects and what is asked of them, what breaks a rule, the account of this task. */
export function TaskSide({ project, facts, canvas, journal, photo, submission, onFits }: Props) {
  const t = useText();
  const format = useFormat();
  const { labels } = project;
  const shown: DecodedPhoto | null = photo.status === 'shown' ? photo.photo : null;
  const rules = useGuideline(project.id)?.rules;
  const fits = useFits(shown, journal, rules?.fitTolerancePx);
  useEffect(() => onFits(fits), [fits, onFits]);
  const breaches = useBreaches({ labels, rules, journal, size: shown, fits });
  const count = useDraft(journal).journal.doc.shapes.length;
  return (
    <>
      <LabelList project={project} canvas={canvas} />
      <ObjectPanel projectId={project.id} labels={labels} desk={canvas} journal={journal} />
      <ProposalList taskId={facts.task.id} labels={labels} canvas={canvas} journal={journal} />
      <ObjectList labels={labels} canvas={canvas} journal={journal} />
      <ImageBreachList labels={labels} canvas={canvas} breaches={breaches} />
      <TaskAccount project={project} taskId={facts.task.id} />
      <SubmitArea
        submission={submission}
        facts={facts}
        what={t('work.submit.what', { count, formatted: format.number(count, 0) })}
        breaches={{
          asked: breaches.filter(isAskedAbout).length,
          counts: breachCounts(breaches).map((each) => ({ ...each, rule: t(`work.breaches.names.${each.rule}`) })),
        }}
      />
    </>
  );
}
