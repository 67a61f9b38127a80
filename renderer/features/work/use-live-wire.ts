import { useEffect } from 'react';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import type { WireEnds } from '#renderer/canvas/tools/tool.ts';
import { createWireClient } from '#renderer/fit/wire-client.ts';
import type { DecodedPhoto } from '#renderer/photo/photo-client.ts';
import { useCanvasValue } from './use-image-canvas.ts';

/**
 * Traces the wires that the canvas asks for while lines follow edges, over the true pixels of the photo. One at a time, and of what was
 * asked for meanwhile only the last.
 */
export function useLiveWire(canvas: ImageCanvas, photo: DecodedPhoto): void {
  const on = useCanvasValue(canvas, 'settings', ({ settings }) => settings.wire);
  useEffect(() => {
    if (!on) return undefined;
    const client = createWireClient();
    let present = true;
    let busy = false;
    let wanted: WireEnds | null = null;
    /** From where all ways are known. */
    let seed: WireEnds['from'] | null = null;

    const trace = async ({ from, to }: WireEnds) => {
      if (seed?.x !== from.x || seed.y !== from.y) {
        seed = null;
        await client.seed(photo, from);
        seed = from;
      }
      const points = await client.to(to);
      if (present) canvas.setWire({ from, to, points: points.slice(1, -1) });
    };
    const drain = async () => {
      if (busy) return;
      busy = true;
      for (let next = wanted; next && present; next = wanted) {
        wanted = null;
        // A photo that was closed meanwhile has no edges any more: lines go straight.
        await trace(next).catch(() => undefined);
      }
      busy = false;
    };
    const ask = (ends: WireEnds | null) => {
      wanted = ends;
      if (ends) void drain();
    };
    ask(canvas.wired);
    const stop = canvas.on('wired', ask);
    return () => {
      present = false;
      stop();
      client.dispose();
      canvas.setWire(null);
    };
  }, [canvas, on, photo]);
}
