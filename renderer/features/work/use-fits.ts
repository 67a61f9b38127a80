import { useDeferredValue, useEffect, useRef, useState } from 'react';
import type { Geometry, Pixels, ShapeId } from '#shared/domain/annotation.ts';
import { boxSides } from '#renderer/fit/box-side.ts';
import { createFitClient, type FitPicture } from '#renderer/fit/fit-client.ts';
import type { BoxFit } from '#renderer/fit/fit-meter.ts';
import type { DraftJournal } from './draft-journal.ts';
import { useDraft } from './use-open-task.ts';

const nothing: ReadonlyMap<ShapeId, Pixels> = new Map();

/** Milliseconds between two looks at what was measured: the list does not flicker while a photo full of boxes is gone through. */
const publishEvery = 250;

/**
 * How far the worst side of every box lies from the edge nearest to it, measured one by one in the background; nothing where the guideline
 * names no tolerance. A side without an edge near it says nothing.
 */
export function useFits(
  photo: FitPicture | null,
  journal: DraftJournal,
  tolerance: number | undefined,
): ReadonlyMap<ShapeId, Pixels> {
  const [fits, setFits] = useState(nothing);
  const measured = useRef<{ photo: FitPicture | null; by: Map<Geometry, Pixels | null> }>({
    photo: null,
    by: new Map(),
  });
  const doc = useDeferredValue(useDraft(journal).journal.doc);
  const wanted = photo !== null && tolerance !== undefined;
  useEffect(() => {
    if (!wanted) return undefined;
    if (measured.current.photo !== photo) measured.current = { photo, by: new Map() };
    const known = measured.current.by;
    const client = createFitClient();
    let present = true;
    let told = performance.now();
    const publish = () => {
      told = performance.now();
      const found = doc.shapes.flatMap(({ id, geometry }): [ShapeId, Pixels][] => {
        const px = known.get(geometry);
        return px === undefined || px === null ? [] : [[id, px]];
      });
      setFits(new Map(found));
    };
    const go = async () => {
      for (const { geometry } of doc.shapes) {
        if (geometry.type !== 'box' || known.has(geometry)) continue;
        const { x, y, w, h } = geometry;
        const fit = await client.measure(photo, { left: x, top: y, right: x + w, bottom: y + h });
        if (!present) return;
        known.set(geometry, worst(fit));
        if (performance.now() - told > publishEvery) publish();
      }
      publish();
    };
    // A photo that was closed meanwhile has no edges any more.
    go().catch(() => undefined);
    return () => {
      present = false;
      client.dispose();
    };
  }, [doc, photo, wanted]);
  return wanted ? fits : nothing;
}

function worst(fit: BoxFit): Pixels | null {
  const distances = boxSides.flatMap((side) => (fit[side] ? [Math.abs(fit[side].distance)] : []));
  return distances.length === 0 ? null : Math.max(...distances);
}
