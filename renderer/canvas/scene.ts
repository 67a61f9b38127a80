import RBush from 'rbush';
import type { AnnotationDoc, Change, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { applyChange, emptyDoc } from '#shared/rules/undo-journal.rules.ts';
import type { Point, Rect } from './geometry.ts';
import { isHidden, plainStanding, type Meant, type Standing } from './standing.ts';
import { boundsOf, kindOf } from './shapes/shape-kinds.ts';

/** A shape in the spatial index: its bounds in image pixels and its place in the drawing order. */
export interface SceneItem {
  readonly shape: Shape;
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  order: number;
}

/** The shapes of the picture, found by id, by place and by order. Holds the document; draws nothing. */
export interface Scene {
  readonly doc: AnnotationDoc;
  setDoc(doc: AnnotationDoc): void;
  apply(change: Change): void;
  shape(id: ShapeId): Shape | undefined;
  /** What is seen and can be changed; whoever sets it has everything painted anew. */
  readonly standing: Standing;
  setStanding(standing: Standing): void;
  /** Which shapes a filter means; null: there is none. */
  setMeant(meant: Meant | null): void;
  /** Whether a shape can be hit: it is seen, not locked and meant. */
  isFree(shape: Shape): boolean;
  /** Whether a shape is drawn faintly. */
  isFaint(shape: Shape): boolean;
  /** Seen items whose bounds touch an area (image pixels), in drawing order. */
  inArea(area: Rect): readonly SceneItem[];
  /** Free shapes that lie wholly inside an area (image pixels), in drawing order. */
  inside(area: Rect): readonly ShapeId[];
  /** Free shapes that a click at `point` may mean, the topmost first; `tolerance` in image pixels. */
  at(point: Point, tolerance: number): readonly ShapeId[];
}

/** Above this share of all shapes, reading the ordered list is quicker than asking the index and sorting its answer. */
const scanShare = 0.25;
/** A change of more edits than this rebuilds the index. */
const rebuildFrom = 400;

/** An empty scene. */
export function createScene(): Scene {
  const index = new RBush<SceneItem>();
  const items = new Map<ShapeId, SceneItem>();
  let ordered: SceneItem[] = [];
  let doc: AnnotationDoc = emptyDoc;
  let standing = plainStanding;
  let meant: Meant | null = null;

  const isSeen = ({ shape }: SceneItem): boolean => !isHidden(standing, shape.id);
  const isFaint = (shape: Shape): boolean => meant !== null && !meant(shape);
  const isFree = (shape: Shape): boolean =>
    !isHidden(standing, shape.id) && !standing.locked.has(shape.id) && !isFaint(shape);

  const rebuild = (): void => {
    items.clear();
    ordered = doc.shapes.map((shape, order) => itemOf(shape, order));
    for (const item of ordered) items.set(item.shape.id, item);
    index.clear();
    index.load(ordered.filter(liesSomewhere));
  };

  const update = (change: Change): void => {
    for (const { before, after } of change.edits) {
      const old = before && items.get(before.id);
      if (old) {
        if (liesSomewhere(old)) index.remove(old);
        items.delete(old.shape.id);
      }
      if (after === null) continue;
      const item = itemOf(after, old?.order ?? 0);
      items.set(after.id, item);
      if (liesSomewhere(item)) index.insert(item);
    }
    // The list follows the document, so places are right whatever the change did to the order.
    ordered = doc.shapes.map((shape, order) => {
      const item = items.get(shape.id)!;
      item.order = order;
      return item;
    });
  };

  const inArea = (area: Rect): readonly SceneItem[] => {
    const box = { minX: area.left, minY: area.top, maxX: area.right, maxY: area.bottom };
    const everything = extentOf(index);
    if (everything !== null && overlapShare(box, everything) > scanShare) {
      return ordered.filter(
        (item) =>
          item.maxX >= box.minX &&
          item.minX <= box.maxX &&
          item.maxY >= box.minY &&
          item.minY <= box.maxY &&
          isSeen(item),
      );
    }
    return index
      .search(box)
      .filter(isSeen)
      .sort((a, b) => a.order - b.order);
  };

  return {
    get doc() {
      return doc;
    },
    setDoc(next) {
      doc = next;
      rebuild();
    },
    apply(change) {
      doc = applyChange(doc, change);
      if (change.edits.length > rebuildFrom) rebuild();
      else update(change);
    },
    shape: (id) => items.get(id)?.shape,
    get standing() {
      return standing;
    },
    setStanding: (next) => (standing = next),
    setMeant: (next) => (meant = next),
    isFree,
    isFaint,
    inArea,
    inside: ({ left, top, right, bottom }) =>
      inArea({ left, top, right, bottom })
        .filter((item) => item.minX >= left && item.maxX <= right && item.minY >= top && item.maxY <= bottom)
        .filter(({ shape }) => isFree(shape))
        .map(({ shape }) => shape.id),
    at(point, tolerance) {
      return index
        .search({
          minX: point.x - tolerance,
          minY: point.y - tolerance,
          maxX: point.x + tolerance,
          maxY: point.y + tolerance,
        })
        .filter(({ shape }) => isFree(shape) && kindOf(shape.geometry).contains(shape.geometry, point, tolerance))
        .sort((a, b) => b.order - a.order)
        .map(({ shape }) => shape.id);
    },
  };
}

/** What lies nowhere (a tag) touches no area and is not in the index. */
const nowhere: Rect = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };

function liesSomewhere(item: SceneItem): boolean {
  return item.minX <= item.maxX;
}

function itemOf(shape: Shape, order: number): SceneItem {
  const { left, top, right, bottom } = boundsOf(shape.geometry) ?? nowhere;
  return { shape, minX: left, minY: top, maxX: right, maxY: bottom, order };
}

type Box = Pick<SceneItem, 'minX' | 'minY' | 'maxX' | 'maxY'>;

function extentOf(index: RBush<SceneItem>): Box | null {
  const root = index.toJSON() as unknown as Box & { children: readonly unknown[] };
  return root.children.length === 0 ? null : root;
}

/** How much of `whole` lies in `part`, 0 to 1. */
function overlapShare(part: Box, whole: Box): number {
  const width = Math.min(part.maxX, whole.maxX) - Math.max(part.minX, whole.minX);
  const height = Math.min(part.maxY, whole.maxY) - Math.max(part.minY, whole.minY);
  if (width <= 0 || height <= 0) return 0;
  const area = (whole.maxX - whole.minX) * (whole.maxY - whole.minY);
  return area > 0 ? (width * height) / area : 1;
}
