import { v7 as uuidv7 } from 'uuid';
import { shapeId, type AnnotationDoc, type Shape, type ShapeId } from '#shared/domain/annotation.ts';
import type { Point } from '#renderer/canvas/geometry.ts';
import { changeOf } from '#shared/rules/undo-journal.rules.ts';
import { createScene } from '#renderer/canvas/scene.ts';
import { sharedVertices } from '#renderer/canvas/shapes/vertex-moves.ts';
import { snapTo } from '#renderer/canvas/snapping.ts';
import { createToolRunner, type ToolRunner } from '#renderer/canvas/tools/tool-runner.ts';
import type {
  Brush,
  HandleHit,
  PointerInput,
  ToolEffect,
  ToolId,
  ToolView,
  Wire,
} from '#renderer/canvas/tools/tool.ts';

export function box(x: number, y: number, w: number, h: number, label: string | null = null): Shape {
  return {
    id: shapeId.parse(uuidv7()),
    label,
    geometry: { type: 'box', x, y, w, h },
    attributes: {},
    origin: 'hand',
  };
}

export function docOf(...shapes: Shape[]): AnnotationDoc {
  return { version: 1, shapes };
}

/** A tool over a real scene, without a page: pointers in, effects out. One screen pixel is one image pixel. */
export interface Workbench {
  readonly runner: ToolRunner;
  readonly effects: ToolEffect[];
  selection: readonly ShapeId[];
  label: string | null;
  clampToImage: boolean;
  handle: HandleHit | null;
  vertices: readonly string[];
  brush: Brush;
  freehand: boolean;
  wire: Wire | null;
  /** Image pixels; 0: nothing is snapped to. */
  snapReach: number;
  /** The shapes with every commit so far carried out. */
  readonly shapes: readonly Shape[];
  /** Effects of one kind, in order. */
  of<Type extends ToolEffect['type']>(type: Type): Extract<ToolEffect, { type: Type }>[];
  send(type: PointerInput['type'], at: Point, keys?: { shift?: boolean; alt?: boolean; ctrl?: boolean }): void;
  click(at: Point, keys?: { shift?: boolean; alt?: boolean; ctrl?: boolean }): void;
  drag(from: Point, to: Point, keys?: { alt?: boolean }): void;
}

export function workbench(tool: ToolId, ...shapes: Shape[]): Workbench {
  const scene = createScene();
  scene.setDoc(docOf(...shapes));
  const effects: ToolEffect[] = [];
  const view: ToolView = {
    scale: 1,
    imageSize: { width: 200, height: 100 },
    get clampToImage() {
      return bench.clampToImage;
    },
    get selection() {
      return bench.selection;
    },
    get label() {
      return bench.label;
    },
    get vertices() {
      return bench.vertices;
    },
    get brush() {
      return bench.brush;
    },
    get freehand() {
      return bench.freehand;
    },
    get wire() {
      return bench.wire;
    },
    shapesIn: (area) => scene.inArea(area).map(({ shape }) => shape),
    snap: (point, apart) => snapTo(scene.doc.shapes, point, bench.snapReach, apart),
    shared: (shape, handles) =>
      bench.snapReach > 0
        ? sharedVertices(shape, handles, (area) => scene.inArea(area).map((found) => found.shape))
        : [],
    shape: (id) => scene.shape(id),
    shapesAt: (point) => scene.at(point, 1),
    shapesInside: (area) => scene.inside(area),
    handleAt: () => bench.handle,
    newId: () => shapeId.parse(uuidv7()),
  };
  const runner = createToolRunner(tool, view, (effect) => {
    effects.push(effect);
    if (effect.type === 'select') bench.selection = effect.ids;
    if (effect.type === 'vertices') bench.vertices = effect.chosen;
    if (effect.type !== 'commit') return;
    const wanted = [
      ...effect.shapes.map((after) => ({ id: after.id, after })),
      ...(effect.removed ?? []).map((id) => ({ id, after: null })),
    ];
    const change = changeOf(scene.doc, effect.label, wanted, effect);
    if (change) scene.apply(change);
  });
  const bench: Workbench = {
    runner,
    effects,
    selection: [],
    label: null,
    clampToImage: true,
    handle: null,
    vertices: [],
    brush: { radius: 5, erases: false },
    freehand: false,
    wire: null,
    snapReach: 0,
    get shapes() {
      return scene.doc.shapes;
    },
    of: (type) => effects.filter((effect) => effect.type === type) as never,
    send: (type, at, keys = {}) =>
      runner.input({ type, image: at, screen: at, shift: false, alt: false, ctrl: false, ...keys }),
    click(at, keys) {
      bench.send('down', at, keys);
      bench.send('up', at, keys);
    },
    drag(from, to, keys) {
      bench.send('down', from, keys);
      bench.send('move', { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, keys);
      bench.send('move', to, keys);
      bench.send('up', to, keys);
    },
  };
  return bench;
}
