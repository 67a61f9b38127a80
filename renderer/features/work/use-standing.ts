import { useEffect } from 'react';
import type { TaskId } from '#shared/domain/ids.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { plainStanding, type Standing } from '#renderer/canvas/standing.ts';
import { isDisposed } from './use-image-canvas.ts';

/** What is hidden and locked, by task, for as long as the window is open: a matter of looking, which is not kept beyond it. */
const kept = new Map<TaskId, Standing>();

/** Has the shapes of a task stand as they did when it was left. */
export function useStanding(canvas: ImageCanvas | null, taskId: TaskId): void {
  useEffect(() => {
    if (!canvas) return undefined;
    canvas.setStanding(kept.get(taskId) ?? plainStanding);
    const stop = canvas.on('standing', (standing) => kept.set(taskId, standing));
    return () => {
      stop();
      // What is hidden belongs to this task's photo.
      if (!isDisposed(canvas)) canvas.setStanding(plainStanding);
    };
  }, [canvas, taskId]);
}
