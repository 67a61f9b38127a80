import type { Scope } from '#renderer/lib/scope.ts';
import type { AnnotationDoc, Change, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { Json } from '#shared/domain/json.ts';
import { orderChange, type DepthMove } from '#shared/rules/depth-order.rules.ts';
import { changeOf } from '#shared/rules/undo-journal.rules.ts';
import { clampMove, type Rect, type Size } from './geometry.ts';
import type { Scene } from './scene.ts';
import { isPath, ringsOf, withoutVertices } from './shapes/paths.ts';
import { boundsOf, boundsOfAll, movedShape, turnedShape, withGeometry } from './shapes/shape-kinds.ts';
import { withVerticesBy, type VertexChoice } from './shapes/vertex-moves.ts';
import { isHidden } from './standing.ts';

/** What the editor needs of the canvas around it. */
export interface EditorPort {
  /** The picture's size while shapes are to stay inside it, else null. */
  bounds(): Size | null;
  /** What of other outlines goes with vertices of a border they share. */
  shared(shape: Shape, handles: readonly string[]): readonly VertexChoice[];
  /** The answers of an object of a class with those added that a new one starts with. */
  withInitial(label: string | null, attributes: Record<string, Json>): Record<string, Json>;
  /** A finished edit. */
  emit(change: Change): void;
  selectionChanged(ids: readonly ShapeId[]): void;
  /** The chosen vertices of the selection are others. */
  verticesChanged(): void;
  /** Areas (image pixels) whose look at rest has changed; null: everywhere. */
  repaint(areas: readonly Rect[] | null): void;
}

/** Milliseconds without a repeat after which a nudge or a turn is a change, and the longest a run of them is held back. */
const nudgeQuiet = 300;
const nudgeLongest = 800;

/** A run of the same nudge or turn that is shown but not yet a change. */
interface Run {
  /** What is repeated, in one word. */
  readonly what: string;
  readonly label: Change['label'];
  /** Milliseconds, as of `performance.now()`. */
  readonly since: number;
  /** The document before the first of the run. */
  readonly before: AnnotationDoc;
  /** What it touched so far; what is nudged comes first. */
  readonly ids: Set<ShapeId>;
  cancelTimer: () => void;
}

type Wanted = readonly { readonly id: ShapeId; readonly after: Shape | null }[];

/** The selection and every edit of the document. Edits show at once; each finished one is emitted as a change. */
export class Editor {
  readonly #scope: Scope;
  readonly #scene: Scene;
  readonly #port: EditorPort;
  #selection: readonly ShapeId[] = [];
  #selected: ReadonlySet<ShapeId> = new Set();
  #vertices: readonly string[] = [];
  #chosenVertices: ReadonlySet<string> = new Set();
  #run: Run | null = null;

  /** An editor of `scene`; its timers end with `scope`. */
  constructor(scope: Scope, scene: Scene, port: EditorPort) {
    this.#scope = scope;
    this.#scene = scene;
    this.#port = port;
  }

  get selection(): readonly ShapeId[] {
    return this.#selection;
  }

  /** Handles of the chosen vertices of the one selected shape. */
  get vertices(): readonly string[] {
    return this.#vertices;
  }

  /** The same as a set, which stays the same object as long as the same ones are chosen. */
  get chosenVertices(): ReadonlySet<string> {
    return this.#chosenVertices;
  }

  /** Chooses vertices of the one selected shape. */
  chooseVertices(handles: readonly string[]): void {
    if (handles.length === this.#vertices.length && handles.every((handle, at) => handle === this.#vertices[at]))
      return;
    this.flush();
    this.#vertices = handles;
    this.#chosenVertices = new Set(handles);
    this.#port.verticesChanged();
  }

  isSelected(id: ShapeId): boolean {
    return this.#selected.has(id);
  }

  /** The selected shapes in drawing order. */
  selectedShapes(): readonly Shape[] {
    const [only, ...others] = this.#selection;
    if (only === undefined) return [];
    // The usual case, and asked at every frame of a drag.
    if (others.length === 0) return [this.#scene.shape(only)!];
    return this.#scene.doc.shapes.filter(({ id }) => this.#selected.has(id));
  }

  /** The selected shapes that may be changed. */
  #changeable(): readonly Shape[] {
    return this.selectedShapes().filter(({ id }) => !this.#isLocked(id));
  }

  /** Selects exactly these; unknown and hidden ones are ignored. */
  select(ids: readonly ShapeId[]): void {
    const known = ids.filter((id) => this.#isThere(id));
    if (known.length === this.#selection.length && known.every((id, index) => id === this.#selection[index])) return;
    this.flush();
    this.#setSelection(known);
  }

  /** Selects the next (1) or previous (-1) free shape in drawing order, and returns it. */
  cycle(direction: 1 | -1): Shape | null {
    const shapes = this.#scene.doc.shapes.filter((each) => this.#scene.isFree(each));
    const last = shapes.length - 1;
    const from = shapes.findIndex(({ id }) => id === this.#selection.at(-1));
    const first = direction > 0 ? 0 : last;
    const next = from < 0 ? first : (from + direction + shapes.length) % shapes.length;
    const shape = shapes[next];
    if (!shape) return null;
    this.flush();
    this.#setSelection([shape.id]);
    return shape;
  }

  /**
   * Makes shapes be what is given and takes others out, as one change; nothing happens when nothing differs. New ones go on
   * top, or right above the shape that `above` names, and where they are drawn start with the answers of their class. Locked shapes
   * stay as they are; what makes several shapes out of a locked one, or one of several, is not done at all.
   */
  commit(
    label: Change['label'],
    shapes: readonly Shape[],
    { removed = [], above }: { readonly removed?: readonly ShapeId[]; readonly above?: ShapeId } = {},
  ): void {
    const begun = label === 'draw' || label === 'paint' || label === 'tag';
    const kept = shapes.map((shape) => ({ id: shape.id, after: begun ? this.#begun(shape) : shape }));
    this.#perform(label, [...kept, ...removed.map((id) => ({ id, after: null }))], above);
  }

  /** Deletes the chosen vertices, or with none chosen the selection. */
  delete(): void {
    const [shape] = this.selectedShapes();
    const vertices = this.#vertices;
    if (vertices.length > 0 && shape && isPath(shape.geometry)) {
      const geometry = withoutVertices(shape.geometry, vertices);
      this.chooseVertices([]);
      if (geometry) return this.commit('reshape', [withGeometry(shape, geometry)]);
    }
    this.commit('delete', [], { removed: this.#selection });
  }

  /** Gives the selection a class. */
  classify(key: string | null): void {
    const differing = this.selectedShapes().filter(({ label }) => label !== key);
    this.commit(
      'classify',
      differing.map((shape) => ({ ...shape, label: key, attributes: this.#port.withInitial(key, shape.attributes) })),
    );
  }

  /** Moves the selection in the drawing order. */
  order(move: DepthMove): void {
    this.flush();
    const ids = new Set(this.#changeable().map(({ id }) => id));
    const change = orderChange(this.#scene.doc, ids, move);
    if (!change) return;
    this.#show(change);
    this.#port.emit(change);
  }

  /** What is seen is other than before: what is hidden is no longer selected. */
  standingChanged(): void {
    this.flush();
    this.#forgetMissing();
    this.#port.repaint(null);
  }

  /**
   * Moves the chosen vertices, or with none chosen the selection, at once; the change is emitted when the same nudge has not
   * come again for a moment.
   */
  nudge(dx: number, dy: number): void {
    const bounds = this.#port.bounds();
    if (this.#vertices.length > 0) {
      return this.#repeat(`vertices ${dx} ${dy}`, 'reshape', ([shape]) =>
        shape
          ? withVerticesBy(shape, this.#vertices, dx, dy, {
              bounds,
              others: this.#port.shared(shape, this.#vertices),
            })
          : [],
      );
    }
    this.#repeat(`move ${dx} ${dy}`, 'move', (shapes) => {
      const around = boundsOfAll(shapes);
      if (!around) return [];
      const way = bounds ? clampMove(around, dx, dy, bounds) : { x: dx, y: dy };
      return shapes.map((shape) => movedShape(shape, way.x, way.y));
    });
  }

  /** Turns the selected shapes that can be turned about their centres; repeats become one change as nudges do. */
  turn(degrees: number): void {
    this.#repeat(`turn ${degrees}`, 'rotate', (shapes) => shapes.map((shape) => turnedShape(shape, degrees)));
  }

  /** Emits a run of nudges or turns that is still held back, as one change from before it to now. */
  flush(): void {
    const run = this.#endRun();
    if (!run) return;
    const change = changeOf(
      run.before,
      run.label,
      Array.from(run.ids, (id) => ({ id, after: this.#scene.shape(id) ?? null })),
    );
    if (change) this.#port.emit(change);
  }

  /** The first shape of a held-back nudge or turn; null when there is none. */
  pending(): Shape | null {
    const [id] = this.#run?.ids ?? [];
    return id === undefined ? null : (this.#scene.shape(id) ?? null);
  }

  /** Applies a change from elsewhere. */
  apply(change: Change): void {
    this.flush();
    this.#show(change);
  }

  /** Another document. A nudge still held back is dropped: emitted now, it would land in the new one's journal. */
  setDoc(doc: AnnotationDoc): void {
    this.#endRun();
    this.#scene.setDoc(doc);
    this.chooseVertices([]);
    this.#port.repaint(null);
    this.#forgetMissing();
  }

  /** Shows a step that may come again many times in a row, and holds the change back until it does not. */
  #repeat(what: string, label: Change['label'], step: (shapes: readonly Shape[]) => readonly Shape[]): void {
    if (this.#run && this.#run.what !== what) this.flush();
    const before = this.#scene.doc;
    // What moves along with the selection may be locked itself.
    const shapes = step(this.#changeable()).filter(({ id }) => !this.#isLocked(id));
    if (shapes.length === 0) return;
    const change = changeOf(
      before,
      label,
      shapes.map((shape) => ({ id: shape.id, after: shape })),
    );
    const now = performance.now();
    const run = (this.#run ??= {
      what,
      label,
      since: now,
      before,
      ids: new Set(),
      cancelTimer: () => undefined,
    });
    for (const { id } of shapes) run.ids.add(id);
    if (change) this.#show(change);
    run.cancelTimer();
    if (now - run.since >= nudgeLongest) return this.flush();
    run.cancelTimer = this.#scope.timeout(() => this.flush(), nudgeQuiet);
  }

  #perform(label: Change['label'], wanted: Wanted, above?: ShapeId): void {
    this.flush();
    const allowed = wanted.filter(({ id }) => !this.#isLocked(id));
    if (allowed.length < wanted.length && (label === 'slice' || label === 'join')) return;
    const change = changeOf(this.#scene.doc, label, allowed, above === undefined ? {} : { above });
    if (!change) return;
    this.#show(change);
    this.#port.emit(change);
  }

  #show(change: Change): void {
    this.#scene.apply(change);
    const touched = change.edits.flatMap(({ before, after }) => [before, after]).filter((shape) => shape !== null);
    // What is selected lies on the live layer; the ground does not show it.
    this.#port.repaint(areasOf(touched.filter(({ id }) => !this.#selected.has(id))));
    this.#forgetMissing();
    this.#forgetVertices(change);
  }

  #forgetMissing(): void {
    this.#setSelection(this.#selection.filter((id) => this.#isThere(id)));
  }

  #isThere(id: ShapeId): boolean {
    return this.#scene.shape(id) !== undefined && !isHidden(this.#scene.standing, id);
  }

  #isLocked(id: ShapeId): boolean {
    return this.#scene.standing.locked.has(id);
  }

  /** A shape that is new, with what one of its class starts with. */
  #begun(shape: Shape): Shape {
    if (this.#scene.shape(shape.id)) return shape;
    const attributes = this.#port.withInitial(shape.label, shape.attributes);
    return attributes === shape.attributes ? shape : { ...shape, attributes };
  }

  /** Chosen vertices are known by their places in the outline; when it has more or fewer, the places say nothing. */
  #forgetVertices({ edits }: Change): void {
    if (this.#vertices.length === 0) return;
    const [only] = this.#selection;
    const edit = edits.find(({ before, after }) => (before ?? after)?.id === only);
    if (edit && !hasSameRings(edit.before, edit.after)) this.chooseVertices([]);
  }

  #setSelection(ids: readonly ShapeId[]): void {
    const next = new Set(ids);
    const differing = [...this.#selected, ...next].filter((id) => this.#selected.has(id) !== next.has(id));
    if (differing.length === 0) return;
    this.#selection = ids;
    this.#selected = next;
    const shapes = differing.map((id) => this.#scene.shape(id)).filter((shape) => shape !== undefined);
    this.#vertices = [];
    this.#chosenVertices = new Set();
    this.#port.repaint(areasOf(shapes));
    this.#port.selectionChanged(ids);
  }

  #endRun(): Run | null {
    const run = this.#run;
    this.#run = null;
    run?.cancelTimer();
    return run;
  }
}

/** Where shapes lie; a tag lies nowhere. */
function areasOf(shapes: readonly Shape[]): Rect[] {
  return shapes.map(({ geometry }) => boundsOf(geometry)).filter((bounds) => bounds !== null);
}

function hasSameRings(before: Shape | null, after: Shape | null): boolean {
  if (!before || !after || !isPath(before.geometry) || !isPath(after.geometry)) return false;
  const [old, next] = [ringsOf(before.geometry), ringsOf(after.geometry)];
  return old.length === next.length && old.every(({ places }, at) => places.length === next[at]!.places.length);
}
