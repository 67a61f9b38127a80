import { useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { toClientError } from '#renderer/client/client-error.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useErrorText } from '#renderer/i18n/error-text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { toast } from '#renderer/ui/toast.ts';
import { carryOn, fillBetween, type SequencePort, type SequenceResult } from './sequence-steps.ts';
import type { ProjectRow } from './work-page.tsx';

/** How far objects are carried, as asked of the worker. */
export interface CarryQuestion {
  readonly isOpen: boolean;
  /** The count of last time. */
  readonly count: number;
  carry(count: number): void;
  close(): void;
}

/** What one asks for the first time is asked with this count. */
const firstCount = 10;

/** Gives the actions that bring the selection to other photos their meaning. */
export function useSequenceActions(project: ProjectRow, taskId: TaskId, canvas: ImageCanvas | null): CarryQuestion {
  const t = useText();
  const say = useErrorText();
  const client = useClient();
  const [isOpen, setOpen] = useState(false);
  // 0: never asked.
  const [remembered, remember] = useUiSetting('work.carry', 0);
  const port: SequencePort = {
    ...{ client, projectId: project.id, taskId, labels: project.labels },
    newId: () => uuidv7() as ShapeId,
  };

  const selected = (): readonly Shape[] => {
    if (!canvas) return [];
    canvas.settle();
    const ids = new Set(canvas.selection);
    return canvas.doc.shapes.filter(({ id }) => ids.has(id));
  };
  const tell = (result: SequenceResult) => {
    const { photos, shapes, leftOut } = result;
    const done =
      photos > 0
        ? t('work.carry.done', { objects: t('work.carry.objects', { count: shapes }), count: photos })
        : t('work.carry.nothing');
    toast(leftOut > 0 ? `${done} ${t('work.carry.leftOut', { count: leftOut })}` : done);
  };
  const attempt = (work: Promise<SequenceResult | null>) => {
    work.then(
      (result) => (result ? tell(result) : toast(t('work.carry.noKey'))),
      (error: unknown) => toast(say(toClientError(error, 'drafts.addShapes'))),
    );
  };
  const carry = (count: number) => attempt(carryOn(port, 'propagate', selected(), count));
  const when = () => (canvas?.selection.length ?? 0) > 0;

  useActions({
    'work.carry-next': { run: () => attempt(carryOn(port, 'duplicate', selected(), 1)), when },
    'work.carry': { run: () => (remembered === 0 ? setOpen(true) : carry(remembered)), when },
    'work.carry-far': { run: () => setOpen(true), when },
    'work.fill-between': {
      run: () => {
        const shapes = selected();
        if (canvas) attempt(fillBetween(port, canvas.doc, shapes));
      },
      when,
    },
  });
  return {
    isOpen,
    count: remembered === 0 ? firstCount : remembered,
    carry: (count) => {
      remember(count);
      setOpen(false);
      carry(count);
    },
    close: () => setOpen(false),
  };
}
