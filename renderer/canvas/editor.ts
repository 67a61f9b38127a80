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

/** Milliseconds without a repeat after which a nudge is a change, and the longest a run of them is held back. */
const nudgeQuiet = 300;
const nudgeLongest = 800;

/** A run of the same nudge that is shown but not yet a change. */
interface NudgeRun {
  readonly dx: number;
  readonly dy: number;
  /** Milliseconds, as of `performance.now()`. */
  readonly since: number;
  /** The document before the first of the run. */
  readonly before: AnnotationDoc;
  readonly ids: readonly ShapeId[];
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
  #run: NudgeRun | null = null;

  /** An editor of `scene`; its timers end with `scope`. */
  constructor(scope: Scope, scene: Scene, port: EditorPort) {
    this.#scope = scope;
    this.#scene = scene;
    this.#port = port;
  }

  get selection(): readonly ShapeId[] {
    return this.#selection;
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

  /** Selects exactly these; unknown ones are ignored. */
  select(ids: readonly ShapeId[]): void {
    const known = ids.filter((id) => this.#scene.shape(id) !== undefined);
    if (known.length === this.#selection.length && known.every((id, index) => id === this.#selection[index])) return;
    this.flush();
    this.#setSelection(known);
  }

  /** Selects the next (1) or previous (-1) shape in drawing order, and returns it. */
  cycle(direction: 1 | -1): Shape | null {
    const { shapes } = this.#scene.doc;
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

  /** Makes shapes be what is given (new ones go on top) as one change; nothing happens when nothing differs. */
  commit(label: Change['label'], shapes: readonly Shape[]): void {
    this.#perform(
      label,
      shapes.map((shape) => ({ id: shape.id, after: shape })),
    );
  }

  /** Deletes the selection. */
  delete(): void {
    this.#perform(
      'delete',
      this.#selection.map((id) => ({ id, after: null })),
    );
  }

  /** Gives the selection a class. */
  classify(key: string | null): void {
    const differing = this.selectedShapes().filter(({ label }) => label !== key);
    this.commit(
      'classify',
      differing.map((shape) => ({ ...shape, label: key })),
    );
  }

  /** Moves the selection at once; the change is emitted when the same nudge has not come again for a moment. */
  nudge(dx: number, dy: number): void {
    if (this.#run && (this.#run.dx !== dx || this.#run.dy !== dy)) this.flush();
    const shapes = this.selectedShapes();
    const around = unionOf(shapes.map(areaOf));
    const bounds = this.#port.bounds();
    if (!around) return;
    const way = bounds ? clampMove(around, dx, dy, bounds) : { x: dx, y: dy };
    const before = this.#scene.doc;
    const change = changeOf(
      before,
      'move',
      shapes.map((shape) => ({ id: shape.id, after: movedShape(shape, way.x, way.y) })),
    );
    const now = performance.now();
    const run = (this.#run ??= { dx, dy, since: now, before, ids: this.#selection, cancelTimer: () => undefined });
    if (change) this.#show(change);
    run.cancelTimer();
    if (now - run.since >= nudgeLongest) return this.flush();
    run.cancelTimer = this.#scope.timeout(() => this.flush(), nudgeQuiet);
  }

  /** Emits a run of nudges that is still held back, as one change from before it to now. */
  flush(): void {
    const run = this.#endRun();
    if (!run) return;
    const change = changeOf(
      run.before,
      'move',
      run.ids.map((id) => ({ id, after: this.#scene.shape(id) ?? null })),
    );
    if (change) this.#port.emit(change);
  }

  /** The first shape of a held-back nudge; null when there is none. */
  pending(): Shape | null {
    const id = this.#run?.ids[0];
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
    this.#port.repaint(null);
    this.#forgetMissing();
  }

  #perform(label: Change['label'], wanted: Wanted): void {
    this.flush();
    const change = changeOf(this.#scene.doc, label, wanted);
    if (!change) return;
    this.#show(change);
    this.#port.emit(change);
  }

  #show(change: Change): void {
    this.#scene.apply(change);
    const touched = change.edits.flatMap(({ before, after }) => [before, after]).filter((shape) => shape !== null);
    // What is selected lies on the live layer; the ground does not show it.
    this.#port.repaint(touched.filter(({ id }) => !this.#selected.has(id)).map(areaOf));
    this.#forgetMissing();
  }

  #forgetMissing(): void {
    this.#setSelection(this.#selection.filter((id) => this.#scene.shape(id) !== undefined));
  }

  #setSelection(ids: readonly ShapeId[]): void {
    const next = new Set(ids);
    const differing = [...this.#selected, ...next].filter((id) => this.#selected.has(id) !== next.has(id));
    if (differing.length === 0) return;
    this.#selection = ids;
    this.#selected = next;
    const shapes = differing.map((id) => this.#scene.shape(id)).filter((shape) => shape !== undefined);
    this.#port.repaint(shapes.map(areaOf));
    this.#port.selectionChanged(ids);
  }

  #endRun(): NudgeRun | null {
    const run = this.#run;
    this.#run = null;
    run?.cancelTimer();
    return run;
  }
}

function areaOf({ geometry }: Shape): Rect {
  return kindOf(geometry).bounds(geometry);
}
