import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { createCanvas } from '#renderer/canvas/engine.ts';
import type { CanvasEvents, ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import type { DraftJournal } from './draft-journal.ts';
import { labelName } from './label-name.ts';
import { describedShape } from './shape-words.ts';
import { workStore } from './work.store.ts';

const disposed = new WeakSet<ImageCanvas>();

/** Whether a canvas is gone: effects that used it end after the one that made it. */
export function isDisposed(canvas: ImageCanvas): boolean {
  return disposed.has(canvas);
}

/** Makes the canvas of the room and puts it into the element that the returned function is the ref of. */
export function useImageCanvas(labels: LabelSet): {
  canvas: ImageCanvas | null;
  hostRef: (host: HTMLElement | null) => void;
} {
  const t = useText();
  const format = useFormat();
  const [host, setHost] = useState<HTMLElement | null>(null);
  const [canvas, setCanvas] = useState<ImageCanvas | null>(null);

  useEffect(() => {
    if (!host) return undefined;
    const made = createCanvas({ ariaLabel: '' });
    made.mount(host);
    setCanvas(made);
    workStore.setState({ canvas: made });
    return () => {
      workStore.setState({ canvas: null });
      setCanvas(null);
      // What is held back goes to the journal, which listens still.
      made.settle();
      disposed.add(made);
      made.dispose();
    };
  }, [host]);

  useEffect(() => {
    const place = (value: number) => format.number(value, 1);
    canvas?.setOptions({
      ariaLabel: t('work.canvas.label'),
      unlabelledName: t('work.objects.noClass'),
      describe: ([first, ...rest]) => {
        if (!first) return '';
        if (rest.length > 0) return t('work.canvas.selectedMany', { count: rest.length + 1 });
        const name = labelName(labels, first.label) ?? t('work.objects.noClass');
        return t('work.canvas.selectedOne', { name, what: describedShape(first, t, format) });
      },
      describePlace: (x, y) => t('work.canvas.place', { x: place(x), y: place(y) }),
    });
  }, [canvas, format, labels, t]);

  useEffect(() => canvas?.setLabels(labels), [canvas, labels]);

  return { canvas, hostRef: setHost };
}

/**
 * Joins a canvas and a journal: what is drawn goes into the journal, what is undone comes back, and when another writer's
 * records were taken in the canvas shows the new document.
 */
export function useCanvasJournal(canvas: ImageCanvas | null, journal: DraftJournal | null): void {
  useEffect(() => {
    if (!canvas || !journal) return undefined;
    canvas.setDoc(journal.view().journal.doc);
    const stops = [
      canvas.on('change', (change) => journal.do(change)),
      canvas.on('request', (what) => {
        const effect = journal[what]();
        if (effect) canvas.apply(effect);
      }),
      journal.onReload((doc) => canvas.setDoc(doc)),
    ];
    return () => {
      // What is still held back belongs to this task.
      if (!isDisposed(canvas)) canvas.settle();
      for (const stop of stops) stop();
    };
  }, [canvas, journal]);
}

/** A value of the canvas that an event announces. */
export function useCanvasValue<Name extends keyof CanvasEvents, Value>(
  canvas: ImageCanvas,
  event: Name,
  read: (canvas: ImageCanvas) => Value,
): Value {
  const subscribe = useCallback((listener: () => void) => canvas.on(event, listener), [canvas, event]);
  return useSyncExternalStore(subscribe, () => read(canvas));
}

/** The latest payload of an event of the canvas; `initial` before the first. */
export function useCanvasEvent<Name extends keyof CanvasEvents>(
  canvas: ImageCanvas,
  event: Name,
  initial: CanvasEvents[Name],
): CanvasEvents[Name] {
  const latest = useRef(initial);
  const subscribe = useCallback(
    (listener: () => void) =>
      canvas.on(event, (payload) => {
        latest.current = payload;
        listener();
      }),
    [canvas, event],
  );
  return useSyncExternalStore(subscribe, () => latest.current);
}
