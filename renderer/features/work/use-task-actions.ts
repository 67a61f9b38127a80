import { v7 as uuidv7 } from 'uuid';
import type { BoxGeometry, Change, Geometry, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { initialAttributes } from '#shared/rules/label-attributes.rules.ts';
import { changeOf } from '#shared/rules/undo-journal.rules.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useActions } from '#renderer/lib/action.ts';
import { canvasHostAttribute, focusCanvas } from './canvas-focus.ts';
import type { DraftJournal } from './draft-journal.ts';
import type { PhotoState } from './use-photo.ts';
import { resizeSteps } from './work.action.ts';
import type { ProjectRow } from './work-page.tsx';

interface Options {
  project: ProjectRow;
  canvas: ImageCanvas | null;
  journal: DraftJournal | null;
  photo: PhotoState;
}

/** Share of the shown part of the photo that a box placed by key takes, a side. */
const placedShare = 0.2;

/** Gives the actions that place and resize boxes by key their meaning while a photo is open. */
export function useTaskActions({ project, canvas, journal, photo }: Options): void {
  const image = photo.status === 'shown' ? photo.photo : null;
  const edit = (label: Change['label'], wanted: readonly { id: ShapeId; after: Shape }[]) => {
    if (!canvas || !journal) return;
    canvas.settle();
    const free = wanted.filter(({ id }) => !canvas.standing.locked.has(id));
    const change = changeOf(canvas.doc, label, free);
    if (!change) return;
    canvas.apply(change);
    journal.do(change);
  };
  const placeBox = () => {
    if (!canvas || !image) return;
    const shape: Shape = {
      id: uuidv7() as ShapeId,
      label: canvas.label,
      geometry: boxInView(canvas, image.width, image.height),
      attributes: initialAttributes(project.labels.find(({ key }) => key === canvas.label)),
      origin: 'hand',
    };
    edit('draw', [{ id: shape.id, after: shape }]);
    canvas.setTool('select');
    canvas.select([shape.id]);
    focusCanvas();
  };
  const resize = ({ dw, dh }: { dw: number; dh: number }) => {
    if (!canvas || !image) return;
    const selected = new Set(canvas.selection);
    const limits = { width: image.width, height: image.height };
    edit(
      'resize',
      canvas.doc.shapes
        .filter(({ id }) => selected.has(id))
        .flatMap((shape) => {
          const { id, geometry } = shape;
          const after = resized(geometry, dw, dh, limits);
          return after ? [{ id, after: { ...shape, geometry: after } }] : [];
        }),
    );
  };
  useActions({
    'work.place-box': { run: placeBox, when: () => journal !== null && image !== null },
    ...Object.fromEntries(
      Object.entries(resizeSteps).map(([id, by]) => [
        id,
        { run: () => resize(by), when: () => (canvas?.selection.length ?? 0) > 0 },
      ]),
    ),
  });
}

/** A box in the middle of what is shown of a photo, in whole image pixels, inside the photo. */
function boxInView(canvas: ImageCanvas, width: number, height: number): BoxGeometry {
  const { scale, x, y } = canvas.viewport;
  const host = document.querySelector(`[${canvasHostAttribute}]`)?.getBoundingClientRect();
  const shown = { width: (host?.width ?? width) / scale, height: (host?.height ?? height) / scale };
  const left = Math.max(0, -x / scale);
  const top = Math.max(0, -y / scale);
  const right = Math.min(width, -x / scale + shown.width);
  const bottom = Math.min(height, -y / scale + shown.height);
  const w = Math.max(1, Math.round((right - left) * placedShare));
  const h = Math.max(1, Math.round((bottom - top) * placedShare));
  const at = (from: number, to: number, size: number, limit: number) =>
    Math.min(Math.max(0, Math.round((from + to - size) / 2)), Math.max(0, limit - size));
  return { type: 'box', x: at(left, right, w, width), y: at(top, bottom, h, height), w, h };
}

/**
 * A box with its right and lower edge moved, at least one pixel large and inside the photo; what is turned or round grows
 * about its centre. Null for what has no width and height of its own.
 */
function resized(
  geometry: Geometry,
  dw: number,
  dh: number,
  limits: { width: number; height: number },
): Geometry | null {
  const atLeast = (size: number) => Math.max(1, size);
  switch (geometry.type) {
    case 'box':
      return {
        ...geometry,
        w: atLeast(Math.min(geometry.w + dw, limits.width - geometry.x)),
        h: atLeast(Math.min(geometry.h + dh, limits.height - geometry.y)),
      };
    case 'rotated-box':
      return { ...geometry, w: atLeast(geometry.w + dw), h: atLeast(geometry.h + dh) };
    case 'ellipse':
      return { ...geometry, rx: atLeast(2 * geometry.rx + dw) / 2, ry: atLeast(2 * geometry.ry + dh) / 2 };
    default:
      return null;
  }
}
