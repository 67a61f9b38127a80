import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Pixels, ShapeId } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useText } from '#renderer/i18n/i18n.ts';
import { canvasHostAttribute } from './canvas-focus.ts';
import { FitOverlay } from './fit-overlay.tsx';
import type { PhotoShelf } from './photo-shelf.ts';
import { SeeingAids } from './seeing-aids.tsx';
import { CarryDialog } from './carry-dialog.tsx';
import { ImageCompare } from './image-compare.tsx';
import { likenessOf } from './likeness.ts';
import { StageFoot } from './stage-foot.tsx';
import { StageNotice } from './stage-notice.tsx';
import { TaskSide } from './task-side.tsx';
import { ToolBar } from './tool-bar.tsx';
import { useCanvasJournal, useImageCanvas } from './use-image-canvas.ts';
import { useKeptGesture } from './use-kept-gesture.ts';
import { useOpenTask } from './use-open-task.ts';
import { photoItem, usePhoto, usePhotoRoom, type PhotoState } from './use-photo.ts';
import { useLooking, useSeeing } from './use-seeing.ts';
import { useQueueActions } from './use-queue-actions.ts';
import { useQueueOrder } from './use-queue-order.ts';
import { useSequenceActions } from './use-sequence-actions.ts';
import { useStanding } from './use-standing.ts';
import { useSubmit, type SubmitTool } from './use-submit.ts';
import { useTaskActions } from './use-task-actions.ts';
import type { ProjectRow } from './work-page.tsx';
import { workStore } from './work.store.ts';
import classes from './task-view.module.css';

interface Props {
  project: ProjectRow;
  taskId: TaskId;
  onOpen: (taskId: TaskId) => void;
}

/** The open task: its photo with what is drawn on it, and beside it classes, objects and the account of this task. */
export function TaskView({ project, taskId, onOpen }: Props) {
  const t = useText();
  const { canvas, hostRef } = useImageCanvas(project.labels);
  const open = useOpenTask(taskId);
  const facts = open.status === 'open' ? open.facts : null;
  const journal = open.status === 'open' ? open.journal : null;
  useCanvasJournal(canvas, journal);
  useStanding(canvas, taskId);
  useKeptGesture(canvas, journal, taskId);
  const room = usePhotoRoom();
  const shelf = room?.shelf ?? null;
  const looking = useLooking(room?.client ?? null);
  const seeing = useSeeing(project.id, canvas, looking);
  const photo = usePhoto(canvas, shelf, looking, facts);
  usePrefetch(shelf, project.id, taskId, photo);
  const { tool, onFits } = useCanvasTool(canvas, photo);
  const submission = useSubmit({ project, facts, journal, tool, onOpen });
  const { next } = useQueueActions({ project, taskId, facts, submission, onOpen });
  useTaskActions({ project, canvas, journal, photo });
  const carrying = useSequenceActions(project, taskId, canvas);
  useFirstLabel(canvas, project);
  const comparing = workStore((state) => state.comparing);

  return (
    <>
      <CarryDialog question={carrying} />
      <section className={classes.stage} aria-label={t('work.stage')}>
        <div
          ref={hostRef}
          className={classes.host}
          {...{ [canvasHostAttribute]: '' }}
          // Nothing is drawn where nothing is shown.
          inert={photo.status === 'problem'}
          data-task={facts && photo.status === 'shown' ? taskId : undefined}
        />
        <StageNotice open={open} media={photo} onNext={next} />
        {canvas && journal && photo.status === 'shown' && (
          <FitOverlay projectId={project.id} canvas={canvas} journal={journal} photo={photo.photo} />
        )}
        {canvas && looking && photo.status === 'shown' && (
          <SeeingAids canvas={canvas} looking={looking} photo={photo.photo} seeing={seeing} />
        )}
        {canvas && <ToolBar canvas={canvas} journal={journal} />}
        {canvas && journal && (
          <StageFoot canvas={canvas} journal={journal} name={facts?.task.name ?? ''} seeing={seeing} />
        )}
      </section>
      <aside className={classes.side} aria-label={t('work.side')}>
        {canvas && journal && facts && (
          <TaskSide
            project={project}
            facts={facts}
            canvas={canvas}
            journal={journal}
            photo={photo}
            submission={submission}
            onFits={onFits}
          />
        )}
      </aside>
      {comparing && canvas && journal && (
        <ImageCompare
          projectId={project.id}
          taskId={taskId}
          labels={project.labels}
          canvas={canvas}
          journal={journal}
        />
      )}
    </>
  );
}

/** What the canvas has to do with submitting: what is held back, the likeness of the photo, how far boxes lie from their edges. */
function useCanvasTool(canvas: ImageCanvas | null, photo: PhotoState) {
  const fits = useRef<ReadonlyMap<ShapeId, Pixels>>(new Map());
  const onFits = useCallback((measured: ReadonlyMap<ShapeId, Pixels>) => void (fits.current = measured), []);
  const tool = useMemo(
    (): SubmitTool => ({
      ready: photo.status === 'shown',
      settle: () => canvas?.settle(),
      measured: () => ({
        ...(photo.status === 'shown' && { likeness: likenessOf(photo.photo.bitmap) }),
        fits: [...fits.current].slice(0, 5000).map(([shape, px]) => ({ shape, px })),
      }),
    }),
    [canvas, photo],
  );
  return { tool, onFits };
}

/** Decodes the next photo of the queue while this one is worked on, and lets go of those before. */
function usePrefetch(shelf: PhotoShelf | null, projectId: ProjectRow['id'], taskId: TaskId, photo: PhotoState): void {
  const client = useClient();
  const [order] = useQueueOrder(projectId);
  const settled = photo.status === 'shown' || photo.status === 'problem';
  useEffect(() => {
    if (!settled || !shelf) return undefined;
    const abort = new AbortController();
    const look = async () => {
      const from = { projectId, from: taskId, direction: 'next', order } as const;
      const { taskId: next } = await client.call('tasks.neighbour', from, abort.signal);
      shelf.keep(next ? [taskId, next] : [taskId]);
      if (!next) return;
      const facts = await client.call('tasks.get', { taskId: next }, abort.signal);
      if (facts.media.problem === null && !abort.signal.aborted) shelf.prefetch(photoItem(facts));
    };
    look().catch(() => undefined);
    return () => abort.abort();
  }, [client, order, projectId, settled, shelf, taskId]);
}

/** Boxes can be drawn at once, of the first class, so that the first one needs no key. */
function useFirstLabel(canvas: ImageCanvas | null, project: ProjectRow): void {
  const first = project.labels[0]?.key ?? null;
  const labelled = useRef<ImageCanvas | null>(null);
  useEffect(() => canvas?.setTool('box'), [canvas]);
  useEffect(() => {
    if (!canvas || first === null || labelled.current === canvas) return;
    labelled.current = canvas;
    if (canvas.label === null) canvas.setLabel(first);
  }, [canvas, first]);
}
