import { useEffect, useRef, useState, useSyncExternalStore, useCallback } from 'react';
import type { BoxGeometry, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { changeOf } from '#shared/rules/undo-journal.rules.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { boxSides, type BoxEdges, type BoxSide } from '#renderer/fit/box-side.ts';
import type { DecodedPhoto } from '#renderer/photo/photo-client.ts';
import { createFitClient, type FitClient } from '#renderer/fit/fit-client.ts';
import type { BoxFit } from '#renderer/fit/fit-meter.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { toast } from '#renderer/ui/toast.ts';
import type { DraftJournal } from './draft-journal.ts';
import { useDraft } from './use-open-task.ts';

/** A shape that has four sides to measure. */
export type BoxShape = Shape & { readonly geometry: BoxGeometry };

function isBox(shape: Shape): shape is BoxShape {
  return shape.geometry.type === 'box';
}

/** One client for the room; its worker starts with the first box that is measured. */
export function useFitClient(): FitClient | null {
  const [client, setClient] = useState<FitClient | null>(null);
  useEffect(() => {
    const made = createFitClient();
    setClient(made);
    return () => made.dispose();
  }, []);
  return client;
}

/** The selected box as it is on screen now, also while it is being dragged; null unless exactly one is selected. */
export function useSelectedBox(canvas: ImageCanvas, journal: DraftJournal): BoxShape | null {
  // Undo and redo change the journal and are not announced by the canvas.
  useDraft(journal);
  const read = useCallback(() => {
    const [id, ...others] = canvas.selection;
    if (id === undefined || others.length > 0) return null;
    const gesture = canvas.gesture();
    const shape = gesture?.id === id ? gesture : canvas.doc.shapes.find((each) => each.id === id);
    return shape && isBox(shape) ? shape : null;
  }, [canvas]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [canvas.on('selection', listener), canvas.on('gesture', listener), canvas.on('change', listener)];
      return () => stops.forEach((stop) => stop());
    },
    [canvas],
  );
  return useSyncExternalStore(subscribe, read);
}

/** What was measured, and on which box. */
export interface MeasuredFit {
  readonly id: ShapeId;
  readonly fit: BoxFit;
}

/** Measures a box, again whenever it has changed; one measurement at a time, and of what came meanwhile only the last. */
export function useMeasuredFit(
  client: FitClient | null,
  photo: DecodedPhoto,
  shape: BoxShape | null,
): MeasuredFit | null {
  const [measured, setMeasured] = useState<MeasuredFit | null>(null);
  const wanted = useRef<(() => Promise<void>) | null>(null);
  const busy = useRef(false);
  useEffect(() => {
    let present = true;
    const { id, geometry } = shape ?? {};
    if (!client || !id || !geometry) {
      wanted.current = null;
      setMeasured(null);
      return undefined;
    }
    wanted.current = async () => {
      const fit = await client.measure(photo, edgesOf(geometry));
      if (present) setMeasured({ id, fit });
    };
    void drain(wanted, busy);
    return () => {
      present = false;
    };
  }, [client, photo, shape]);
  return measured?.id === shape?.id ? measured : null;
}

/** Runs what is wanted until nothing is. A photo that went away meanwhile has nothing to measure. */
async function drain(wanted: { current: (() => Promise<void>) | null }, busy: { current: boolean }): Promise<void> {
  if (busy.current) return;
  busy.current = true;
  for (let run = wanted.current; run; run = wanted.current) {
    wanted.current = null;
    await run().catch(() => undefined);
  }
  busy.current = false;
}

interface SnapOptions {
  client: FitClient | null;
  canvas: ImageCanvas;
  journal: DraftJournal;
  photo: DecodedPhoto;
}

/** Gives the snapping actions their meaning: the sides of all selected boxes move to the edges near them, as one step to undo. */
export function useSnapActions({ client, canvas, journal, photo }: SnapOptions): void {
  const t = useText();
  const snap = async (sides: readonly BoxSide[]) => {
    if (!client) return;
    canvas.settle();
    const selected = new Set(canvas.selection);
    const { locked } = canvas.standing;
    const before = canvas.doc.shapes.filter(({ id }) => selected.has(id) && !locked.has(id)).filter(isBox);
    const after = await Promise.all(
      before.map(async (shape): Promise<BoxShape> => {
        const box = await client.snap(photo, edgesOf(shape.geometry), sides);
        return { ...shape, geometry: geometryOf(box) };
      }),
    );
    // One goes on drawing while the worker looks: its answer must not take the next box out of the hand.
    while (canvas.busy) await nextFrame();
    canvas.settle();
    // What was changed while the worker looked stays as its owner made it.
    const present = new Set(canvas.doc.shapes);
    const same = new Set(before.filter((shape) => present.has(shape)).map(({ id }) => id));
    const moved = after.filter((shape, index) => same.has(shape.id) && differs(shape, before[index]!));
    const wanted = moved.map((shape) => ({ id: shape.id, after: shape }));
    const change = wanted.length > 0 ? changeOf(canvas.doc, 'resize', wanted) : null;
    if (!change) {
      toast(t('work.fit.nothing'));
      return;
    }
    canvas.apply(change);
    journal.do(change);
  };
  const when = () => client !== null && canvas.selection.length > 0;
  // A photo that was closed meanwhile has no edges any more.
  const run = (sides: readonly BoxSide[]) => () => void snap(sides).catch(() => undefined);
  useActions({
    'work.fit-snap': { run: run(boxSides), when },
    'work.fit-snap-left': { run: run(['left']), when },
    'work.fit-snap-top': { run: run(['top']), when },
    'work.fit-snap-right': { run: run(['right']), when },
    'work.fit-snap-bottom': { run: run(['bottom']), when },
  });
}

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

function edgesOf({ x, y, w, h }: BoxGeometry): BoxEdges {
  return { left: x, top: y, right: x + w, bottom: y + h };
}

/** In hundredths of a pixel: finer figures would claim more than an edge can tell. */
function geometryOf({ left, top, right, bottom }: BoxEdges): BoxGeometry {
  const [x, y] = [hundredths(left), hundredths(top)];
  return { type: 'box', x, y, w: hundredths(hundredths(right) - x), h: hundredths(hundredths(bottom) - y) };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Whether a side moved by as much as anyone could see. */
function differs(a: BoxShape, b: BoxShape): boolean {
  const [one, other] = [edgesOf(a.geometry), edgesOf(b.geometry)];
  return boxSides.some((side) => Math.abs(one[side] - other[side]) >= 0.05);
}
