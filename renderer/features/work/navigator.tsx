import { useCallback, useEffect, useRef, useSyncExternalStore, type PointerEvent } from 'react';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import type { DecodedPhoto } from '#renderer/photo/photo-client.ts';
import { canvasHostAttribute } from './canvas-focus.ts';
import type { Looking } from './looking.ts';
import { useCanvasValue } from './use-image-canvas.ts';
import classes from './navigator.module.css';

/** CSS pixels that the overview takes at most. */
const room = { width: 176, height: 132 } as const;

interface Props {
  canvas: ImageCanvas;
  photo: DecodedPhoto;
  looking: Looking;
}

/** A small overview with the part that is in view, which can be dragged; there only while a part of the photo is out of sight. */
export function Navigator({ canvas, photo, looking }: Props) {
  const viewport = useCanvasValue(canvas, 'viewport', (present) => present.viewport);
  const subscribe = useCallback((listener: () => void) => looking.subscribe(listener), [looking]);
  const seen = useSyncExternalStore(subscribe, () => looking.seen());
  const picture = useRef<HTMLCanvasElement>(null);
  const scale = Math.min(room.width / photo.width, room.height / photo.height);
  const [width, height] = [Math.max(photo.width * scale, 1), Math.max(photo.height * scale, 1)];
  const host = document.querySelector(`[${canvasHostAttribute}]`);
  const shown = {
    left: -viewport.x / viewport.scale,
    top: -viewport.y / viewport.scale,
    width: (host?.clientWidth ?? 0) / viewport.scale,
    height: (host?.clientHeight ?? 0) / viewport.scale,
  };
  const whole =
    shown.left <= 0 &&
    shown.top <= 0 &&
    shown.left + shown.width >= photo.width &&
    shown.top + shown.height >= photo.height;

  useEffect(() => {
    const context = picture.current?.getContext('2d');
    if (!context || !seen || whole) return;
    context.imageSmoothingQuality = 'medium';
    context.drawImage(seen.base, 0, 0, context.canvas.width, context.canvas.height);
  }, [seen, whole]);

  const go = (event: PointerEvent<HTMLElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    canvas.centre((event.clientX - left) / scale, (event.clientY - top) / scale);
  };
  if (whole) return null;
  const ratio = window.devicePixelRatio;
  return (
    <div
      className={classes.navigator}
      style={{ width, height }}
      // The keys pan as well; this is for the mouse.
      aria-hidden
      data-navigator
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) go(event);
      }}
    >
      <canvas ref={picture} width={Math.round(width * ratio)} height={Math.round(height * ratio)} />
      <i
        className={classes.view}
        style={{
          left: shown.left * scale,
          top: shown.top * scale,
          width: Math.max(shown.width * scale, 4),
          height: Math.max(shown.height * scale, 4),
        }}
      />
    </div>
  );
}
