import type { Scope } from '#renderer/lib/scope.ts';
import type { AnnotationDoc, Change, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { changeOf } from '#shared/rules/undo-journal.rules.ts';
import { clampMove, unionOf, type Rect, type Size } from './geometry.ts';
import type { Scene } from './scene.ts';
import { kindOf, movedShape } from './shapes/shape-kinds.ts';

/** What the editor needs of the canvas around it. */
export interface EditorPort {
  /** The picture's size while shapes are to stay inside it, else null. */
  bounds(): Size | null;
  /** A finished edit. */
  emit(change: Change): void;
  selectionChanged(ids: readonly ShapeId[]): void;
  /** Areas (image pixels) whose look at rest has changed; null: everywhere. */
  repaint(areas: readonly Rect[] | null): void;
}

/** The selection and every edit of the document. */
export interface Editor {
  readonly selection: readonly ShapeId[];
  isSelected(id: ShapeId): boolean;
  /** The selected shapes in drawing order. */
  selectedShapes(): readonly Shape[];
  select(ids: readonly ShapeId[]): void;
  /** Selects the next (1) or previous (-1) shape in drawing order, and returns it. */
  cycle(direction: 1 | -1): Shape | null;
  /** Makes shapes be what is given (new ones go on top) as one change; nothing happens when nothing differs. */
  commit(label: Change['label'], shapes: readonly Shape[]): void;
  delete(): void;
  classify(key: string | null): void;
  /** Moves the selection at once; the change is emitted when the same nudge has not come again for a moment. */
  nudge(dx: number, dy: number): void;
  /** Emits a nudge that is still held back. */
  flush(): void;
  /** The first shape of a held-back nudge; null when there is none. */
  pending(): Shape | null;
  /** A change from elsewhere. */
  apply(change: Change): void;
  setDoc(doc: AnnotationDoc): void;
}

/** Milliseconds without a repeat after which a nudge is a change, and the longest a run of them is held back. */
const nudgeQuiet = 300;
const nudgeLongest = 800;

interface Nudge {
  readonly dx: number;
  readonly dy: number;
  readonly since: number;
  /** The shapes as they were before the first of the run. */
  readonly before: AnnotationDoc;
  readonly ids: readonly ShapeId[];
  cancelTimer: () => void;
}

/** An editor of `scene`; its timers end with `scope`. */
export function createEditor(scope: Scope, scene: Scene, port: EditorPort): Editor {
  let selection: readonly ShapeId[] = [];
  let selected: ReadonlySet<ShapeId> = new Set();
  let nudging: Nudge | null = null;

  const areaOf = (shape: Shape): Rect => kindOf(shape.geometry).bounds(shape.geometry);
  const areasOf = (change: Change): Rect[] =>
    change.edits.flatMap(({ before, after }) => [before, after].filter((shape) => shape !== null).map(areaOf));

  const setSelection = (ids: readonly ShapeId[]): void => {
    const next = new Set(ids);
    const differing = [...selected, ...next].filter((id) => selected.has(id) !== next.has(id));
    if (differing.length === 0) return;
    selection = ids;
    selected = next;
    port.repaint(
      differing
        .map((id) => scene.shape(id))
        .filter((shape) => shape !== undefined)
        .map(areaOf),
    );
    port.selectionChanged(ids);
  };

  const show = (change: Change): void => {
    scene.apply(change);
    port.repaint(areasOf(change));
    setSelection(selection.filter((id) => scene.shape(id) !== undefined));
  };

  const selectedShapes = (): Shape[] => scene.doc.shapes.filter(({ id }) => selected.has(id));

  const flush = (): void => {
    if (!nudging) return;
    const { before, ids, cancelTimer } = nudging;
    nudging = null;
    cancelTimer();
    // The run as one change: from the shapes before it to those of now.
    const change = changeOf(
      before,
      'move',
      ids.map((id) => ({ id, after: scene.shape(id) ?? null })),
    );
    if (change) port.emit(change);
  };

  const perform = (label: Change['label'], wanted: readonly { id: ShapeId; after: Shape | null }[]): void => {
    flush();
    const change = changeOf(scene.doc, label, wanted);
    if (!change) return;
    show(change);
    port.emit(change);
  };

  const nudge = (dx: number, dy: number): void => {
    if (selection.length === 0) return;
    if (nudging && (nudging.dx !== dx || nudging.dy !== dy)) flush();
    const shapes = selectedShapes();
    const bounds = port.bounds();
    const union = unionOf(shapes.map(areaOf));
    const way = bounds && union ? clampMove(union, dx, dy, bounds) : { x: dx, y: dy };
    nudging ??= {
      dx,
      dy,
      since: performance.now(),
      before: scene.doc,
      ids: selection,
      cancelTimer: () => undefined,
    };
    const change = changeOf(
      scene.doc,
      'move',
      shapes.map((shape) => ({ id: shape.id, after: movedShape(shape, way.x, way.y) })),
    );
    if (change) show(change);
    nudging.cancelTimer();
    if (performance.now() - nudging.since >= nudgeLongest) return flush();
    nudging.cancelTimer = scope.timeout(flush, nudgeQuiet);
  };

  return {
    get selection() {
      return selection;
    },
    isSelected: (id) => selected.has(id),
    selectedShapes,
    select(ids) {
      const known = ids.filter((id) => scene.shape(id) !== undefined);
      const same = known.length === selection.length && known.every((id, index) => id === selection[index]);
      if (same) return;
      flush();
      setSelection(known);
    },
    cycle(direction) {
      const { shapes } = scene.doc;
      if (shapes.length === 0) return null;
      const from = shapes.findIndex(({ id }) => id === selection.at(-1));
      const next =
        from < 0 ? (direction > 0 ? 0 : shapes.length - 1) : (from + direction + shapes.length) % shapes.length;
      const shape = shapes[next]!;
      flush();
      setSelection([shape.id]);
      return shape;
    },
    commit: (label, shapes) =>
      perform(
        label,
        shapes.map((shape) => ({ id: shape.id, after: shape })),
      ),
    delete: () =>
      perform(
        'delete',
        selection.map((id) => ({ id, after: null })),
      ),
    classify: (key) =>
      perform(
        'classify',
        selectedShapes().map((shape) => ({
          id: shape.id,
          after: shape.label === key ? shape : { ...shape, label: key },
        })),
      ),
    nudge,
    flush,
    pending: () => (nudging?.ids[0] === undefined ? null : (scene.shape(nudging.ids[0]) ?? null)),
    apply(change) {
      flush();
      show(change);
    },
    setDoc(doc) {
      // A nudge still held back belongs to the document that is gone; emitted now, it would land in the new one's journal.
      nudging?.cancelTimer();
      nudging = null;
      scene.setDoc(doc);
      port.repaint(null);
      setSelection(selection.filter((id) => scene.shape(id) !== undefined));
    },
  };
}
