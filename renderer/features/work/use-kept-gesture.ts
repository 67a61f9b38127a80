import { useEffect } from 'react';
import type { Shape } from '#shared/domain/annotation.ts';
import { changeOf } from '#shared/rules/undo-journal.rules.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { createScope } from '#renderer/lib/scope.ts';
import type { DraftJournal } from './draft-journal.ts';

/** Where the shape of a long gesture is kept; beside the journal, because it is no change yet. */
const place = 'work.gesture';
/** A gesture that takes longer is written down this often, so that a kill loses no more of it. */
const everyMs = 1000;

/**
 * Keeps the shape of a gesture that takes longer than a second, and puts one that a killed window left behind back onto the
 * task it belongs to, as a change that can be undone.
 */
export function useKeptGesture(canvas: ImageCanvas | null, journal: DraftJournal | null, taskId: string): void {
  const client = useClient();
  useEffect(() => {
    if (!canvas || !journal) return undefined;
    const scope = createScope();
    let written = false;
    const write = (shape: Shape | null) => {
      written = shape !== null;
      const kept = shape && { taskId, changes: journal.view().journal.undoStack.length, shape: JSON.stringify(shape) };
      client.call('settings.set', { ui: { [place]: kept } }).catch(() => undefined);
    };

    let stopTimer: (() => void) | null = null;
    scope.add(
      canvas.on('gesture', (shape) => {
        if (shape) {
          stopTimer ??= scope.interval(() => {
            const now = canvas.gesture();
            if (now) write(now);
          }, everyMs);
          return;
        }
        stopTimer?.();
        stopTimer = null;
        if (written) write(null);
      }),
    );

    const restore = async () => {
      const kept = readKept((await client.call('settings.get', {})).ui[place]);
      if (scope.disposed || kept?.taskId !== taskId) return;
      const { undoStack, doc } = journal.view().journal;
      // The gesture came to its end after all when the journal went on.
      if (undoStack.length === kept.changes) {
        const known = doc.shapes.some(({ id }) => id === kept.shape.id);
        const change = changeOf(doc, known ? 'resize' : 'draw', [{ id: kept.shape.id, after: kept.shape }]);
        if (change) {
          canvas.apply(change);
          journal.do(change);
        }
      }
      write(null);
    };
    restore().catch(() => undefined);
    return () => scope.dispose();
  }, [canvas, client, journal, taskId]);
}

function readKept(value: unknown): { taskId: string; changes: number; shape: Shape } | null {
  if (typeof value !== 'object' || value === null) return null;
  const { taskId, changes, shape } = value as Record<string, unknown>;
  if (typeof taskId !== 'string' || typeof changes !== 'number' || typeof shape !== 'string') return null;
  // Written by this hook alone; the core parses it again when it becomes a change.
  return { taskId, changes, shape: JSON.parse(shape) as Shape };
}
