import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Geometry } from '#shared/domain/annotation.ts';
import { boundsOf } from '#shared/geometry/bounds.ts';
import { outlinesOf } from '#shared/geometry/outlines.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { canvasHostAttribute } from './canvas-focus.ts';
import { useCanvasValue } from './use-image-canvas.ts';
import classes from './outline-overlay.module.css';

/** An outline over the photo that is not one of the worker's own shapes. */
export interface OverlaidShape {
  key: string;
  geometry: Geometry;
  /** How it looks: what another version has, what it alone has, what a machine proposes. */
  look: 'other' | 'missing' | 'proposed';
  /** The one that is looked at now. */
  here: boolean;
  /** Stands beside it while it is looked at. */
  text?: string;
}

interface Props {
  canvas: ImageCanvas;
  shapes: readonly OverlaidShape[];
}

/** Outlines drawn at once; of more, the first. */
const drawnMost = 300;

/** Outlines over the photo, dashed, where they are in view; every pointer goes through them. */
export function OutlineOverlay({ canvas, shapes }: Props) {
  const { scale, x, y } = useCanvasValue(canvas, 'viewport', (present) => present.viewport);
  const [stage, setStage] = useState<Element | null>(null);
  useEffect(() => setStage(document.querySelector(`[${canvasHostAttribute}]`)?.parentElement ?? null), [canvas]);
  if (!stage) return null;
  const { width, height } = stage.getBoundingClientRect();
  const inView = ({ geometry }: OverlaidShape): boolean => {
    const bounds = boundsOf(geometry);
    if (bounds === null) return false;
    const [left, top] = [bounds.x * scale + x, bounds.y * scale + y];
    return left < width && top < height && left + bounds.w * scale >= 0 && top + bounds.h * scale >= 0;
  };
  const shown = shapes.filter(inView).slice(0, drawnMost);
  const here = shown.find((shape) => shape.here && shape.text !== undefined);
  return createPortal(
    <div className={classes.overlay} aria-hidden>
      <svg className={classes.outlines}>
        {shown.map(({ key, geometry, look, here: isHere }) => (
          <path
            key={key}
            className={classes.outline}
            data-look={look}
            data-here={isHere}
            d={pathOf(geometry, scale, x, y)}
          />
        ))}
      </svg>
      {here && <Caption shape={here} scale={scale} x={x} y={y} />}
    </div>,
    stage,
  );
}

function Caption({ shape, scale, x, y }: { shape: OverlaidShape; scale: number; x: number; y: number }) {
  const bounds = boundsOf(shape.geometry);
  if (!bounds) return null;
  const place = { left: Math.max(4, bounds.x * scale + x), top: Math.max(24, bounds.y * scale + y) };
  return (
    <span className={classes.caption} style={place}>
      {shape.text}
    </span>
  );
}

/** The outline in CSS pixels of the stage; of a mask its rectangle, of a point a small cross. */
function pathOf(geometry: Geometry, scale: number, left: number, top: number): string {
  const at = (px: number, py: number): string => `${(px * scale + left).toFixed(1)} ${(py * scale + top).toFixed(1)}`;
  if (geometry.type === 'point') {
    const [cx, cy] = [geometry.x * scale + left, geometry.y * scale + top];
    return `M${cx - 6} ${cy}H${cx + 6}M${cx} ${cy - 6}V${cy + 6}`;
  }
  const bounds = boundsOf(geometry);
  const outlines = outlinesOf(geometry) ?? [];
  if (outlines.length === 0 && bounds) {
    return `M${at(bounds.x, bounds.y)}h${bounds.w * scale}v${bounds.h * scale}h${-bounds.w * scale}Z`;
  }
  return outlines
    .map(({ points, closed }) => `M${points.map(([px, py]) => at(px, py)).join('L')}${closed ? 'Z' : ''}`)
    .join('');
}
