import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createScope } from '#renderer/lib/scope.ts';
import { Editor } from '#renderer/canvas/editor.ts';
import { placedCopies } from '#renderer/canvas/copies.ts';
import { createScene } from '#renderer/canvas/scene.ts';
import { plainStanding } from '#renderer/canvas/standing.ts';
import { joinedShape, slicedShape } from '#renderer/canvas/shapes/cutting.ts';
import {
  isPath,
  mappedPath,
  ringsOf,
  toPlace,
  withoutVertices,
  withVertexAfter,
  withVertexAt,
} from '#renderer/canvas/shapes/paths.ts';
import { sharedVertices } from '#renderer/canvas/shapes/vertex-moves.ts';
import { boundsOf, kindOf, movedShape, turnedShape, withGeometry } from '#renderer/canvas/shapes/shape-kinds.ts';
import {
  journalRecord,
  type AnnotationDoc,
  type Change,
  type Geometry,
  type JournalRecord,
  type Shape,
  type ShapeId,
} from '#shared/domain/annotation.ts';
import { maskOr, ringsToMask } from '#shared/geometry/mask-runs.ts';
import { depthMoves, type DepthMove } from '#shared/rules/depth-order.rules.ts';
import { appendRecord, changeOf, effectOf, foldJournal, startJournal } from '#shared/rules/undo-journal.rules.ts';
import { polygonOf, rectangle, shapeOf } from '#test/support/canvas-shapes.ts';

const size = { width: 400, height: 300 };
const seeds = 20;
const editsPerSeed = 500;

/** A small generator of its own, so that a difference can be found again by its seed. */
function random(seed: number): (below: number) => number {
  let state = seed * 7919;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Pick = (below: number) => number;

/** Some geometry of every kind. */
function someGeometry(pick: Pick): Geometry {
  const [x, y, w, h] = [pick(300), pick(200), 10 + pick(80), 10 + pick(80)];
  const [cx, cy] = [x + w / 2, y + h / 2];
  switch (pick(8)) {
    case 0:
      return { type: 'box', x, y, w, h };
    case 1:
      return { type: 'rotated-box', cx, cy, w, h, angle: pick(360) - 179 };
    case 2:
      return { type: 'ellipse', cx, cy, rx: w / 2, ry: h / 2, angle: pick(180) };
    case 3:
      return { type: 'point', x, y };
    case 4:
      return { type: 'tag' };
    case 5:
      return {
        type: 'polyline',
        points: [
          [x, y],
          [x + w, y],
          [cx, y + h],
        ],
      };
    case 6:
      return ringsToMask(rectangle(x, y, w, h), size)!;
    default: {
      const hole: [number, number][] = [
        [cx, cy],
        [cx + 2, cy],
        [cx, cy + 2],
      ];
      return polygonOf(rectangle(x, y, w, h).parts[0]!.outer, ...(pick(2) === 0 ? [hole] : []));
    }
  }
}

/** The naive model: whole documents in a list and a place in it. No changes, no indices, no inverse. */
class Model {
  #documents: AnnotationDoc[] = [{ version: 1, shapes: [] }];
  #at = 0;

  get doc(): AnnotationDoc {
    return this.#documents[this.#at]!;
  }

  do(shapes: Shape[], rejected: readonly ShapeId[] = this.doc.rejected ?? []): void {
    this.#documents = this.#documents.slice(0, this.#at + 1);
    this.#documents.push({ version: 1, shapes, ...(rejected.length > 0 ? { rejected: [...rejected] } : {}) });
    this.#at += 1;
  }

  undo(): void {
    this.#at = Math.max(0, this.#at - 1);
  }

  redo(): void {
    this.#at = Math.min(this.#documents.length - 1, this.#at + 1);
  }
}

/** The real thing: editor, scene and journal as the window joins them; every record goes through the contract as text. */
function createReal() {
  const scene = createScene();
  const records: JournalRecord[] = [];
  let journal = startJournal();
  const append = (record: JournalRecord): void => {
    const kept = journalRecord.parse(JSON.parse(JSON.stringify(record)));
    records.push(kept);
    journal = appendRecord(journal, record);
  };
  const editor = new Editor(createScope(), scene, {
    bounds: () => null,
    shared: (shape, handles) =>
      sharedVertices(shape, handles, (area) => scene.inArea(area).map((found) => found.shape)),
    withInitial: (_, attributes) => attributes,
    emit: (change) => append({ type: 'do', at: records.length, change }),
    selectionChanged: () => undefined,
    verticesChanged: () => undefined,
    repaint: () => undefined,
  });
  return {
    scene,
    editor,
    records,
    get journal() {
      return journal;
    },
    /** A change made elsewhere (the list of objects, a dialog), as use-task-actions brings it in. */
    bring(change: Change | null): void {
      if (!change) return;
      editor.apply(change);
      append({ type: 'do', at: records.length, change });
    },
    step(type: 'undo' | 'redo'): void {
      editor.flush();
      const record: JournalRecord = { type, at: records.length };
      const effect = effectOf(journal, record);
      append(record);
      if (effect) editor.apply(effect);
    },
  };
}

type Real = ReturnType<typeof createReal>;

/** A change of the drawing order, found by comparing two lists. */
function orderChange(before: readonly Shape[], after: readonly Shape[]): Change | null {
  const places = new Map(after.map((shape, index) => [shape.id, index]));
  const edits = before.flatMap((shape, indexBefore) => {
    const indexAfter = places.get(shape.id)!;
    return indexAfter === indexBefore ? [] : [{ before: shape, after: shape, indexBefore, indexAfter }];
  });
  return edits.length === 0 ? null : { label: 'order', edits };
}

/** Each kind of edit: done by the real thing, and told to the model in the plainest way. False: there was nothing to edit. */
const edits: Record<string, (pick: Pick, real: Real, model: Model) => boolean> = {
  draw(pick, { editor }, model) {
    const shapes = Array.from({ length: 1 + pick(3) }, () => shapeOf<Geometry>(someGeometry(pick)));
    editor.commit('draw', shapes);
    model.do([...model.doc.shapes, ...shapes]);
    return true;
  },
  move: (pick, real, model) =>
    inPlace(pick, real, model, 'move', (shape) => movedShape(shape, pick(9) - 4, pick(9) - 4)),
  turn: (pick, real, model) => inPlace(pick, real, model, 'rotate', (shape) => turnedShape(shape, pick(90) - 45)),
  classify: (pick, real, model) =>
    inPlace(pick, real, model, 'classify', (shape) => ({ ...shape, label: `class ${pick(4)}` })),
  attribute: (pick, real, model) =>
    inPlace(pick, real, model, 'attribute', (shape) => ({ ...shape, attributes: { occluded: pick(4) } })),
  reshape: (pick, real, model) => inPlace(pick, real, model, 'reshape', (shape) => reshaped(pick, shape)),
  paint: (pick, real, model) =>
    inPlace(pick, real, model, 'paint', (shape) => {
      if (shape.geometry.type !== 'mask') return shape;
      return { ...shape, geometry: maskOr(shape.geometry, ringsToMask(rectangle(pick(300), pick(200), 9, 9), size)!) };
    }),
  resize: (pick, real, model) =>
    inPlace(pick, real, model, 'resize', (shape) => {
      const { geometry } = shape;
      if (!['box', 'rotated-box', 'ellipse'].includes(geometry.type)) return shape;
      const handle = ['n', 'e', 's', 'w', 'ne', 'se', 'sw', 'nw'][pick(8)]!;
      return withGeometry(shape, kindOf(geometry).resized(geometry, handle, { x: pick(400), y: pick(300) }, false));
    }),
  snap: (pick, real, model) =>
    inPlace(pick, real, model, 'snap', (shape) => {
      const { geometry } = shape;
      if (geometry.type !== 'box') return shape;
      return withGeometry(shape, { ...geometry, x: geometry.x - pick(3), w: geometry.w + pick(30) / 10 });
    }),
  ambiguous: (pick, real, model) =>
    inPlace(pick, real, model, 'ambiguous', ({ ambiguous: _, ...shape }) =>
      pick(2) === 0 ? shape : { ...shape, ambiguous: `two readings of rule ${pick(9)}` },
    ),
  tag(pick, { editor }, model) {
    const tags = model.doc.shapes.filter(({ geometry }) => geometry.type === 'tag');
    if (tags.length > 0 && pick(2) === 0) {
      const gone = new Set(tags.map(({ id }) => id));
      editor.commit('tag', [], { removed: [...gone] });
      model.do(model.doc.shapes.filter(({ id }) => !gone.has(id)));
      return true;
    }
    const tag = shapeOf<Geometry>({ type: 'tag' }, 'night');
    editor.commit('tag', [tag]);
    model.do([...model.doc.shapes, tag]);
    return true;
  },
  /** Copies from here, from another picture or from a file: on top of all there is. */
  bring(pick, real, model) {
    const copies = chosen(pick, real).map((shape) => ({ ...shape, id: shapeOf({ type: 'tag' }).id }));
    const shapes = [...copies, shapeOf<Geometry>(someGeometry(pick))];
    const label = (['paste', 'duplicate', 'propagate', 'interpolate', 'import'] as const)[pick(5)]!;
    const wanted = shapes.map((after) => ({ id: after.id, after }));
    real.bring(changeOf(real.scene.doc, label, wanted));
    model.do([...model.doc.shapes, ...shapes]);
    return true;
  },
  /** A vertex, and with it the border that cutting left shared. */
  vertex(pick, real, model) {
    const { editor } = real;
    const paths = model.doc.shapes.filter(({ geometry }) => isPath(geometry));
    const shape = paths[pick(paths.length)];
    if (!shape || !isPath(shape.geometry)) return false;
    const rings = ringsOf(shape.geometry);
    const { part, ring, places } = rings[pick(rings.length)]!;
    const index = pick(places.length);
    const [x, y] = places[index]!;
    editor.select([shape.id]);
    editor.chooseVertices([`${part}.${ring}.${index}`]);
    editor.nudge(0.5, -10);
    editor.flush();
    editor.chooseVertices([]);
    const to = { x: x + 0.5, y: y - 10 };
    model.do(
      model.doc.shapes.map((each) => {
        if (!isPath(each.geometry)) return each;
        if (each.id === shape.id) {
          return withGeometry(each, withVertexAt(each.geometry, { part, ring, index, between: false }, to));
        }
        return withGeometry(
          each,
          mappedPath(each.geometry, (at) => (at[0] === x && at[1] === y ? toPlace(to) : at)),
        );
      }),
    );
    return true;
  },
  nudge(pick, real, model) {
    const { editor } = real;
    const shapes = chosen(pick, real).filter((shape) => movedShape(shape, 1, -1) !== shape);
    if (shapes.length === 0) return false;
    editor.select(shapes.map(({ id }) => id));
    const times = 1 + pick(4);
    for (let time = 0; time < times; time += 1) editor.nudge(1, -1);
    editor.flush();
    let moved = model.doc.shapes;
    for (let time = 0; time < times; time += 1) {
      moved = moved.map((shape) => (shapes.some(({ id }) => id === shape.id) ? movedShape(shape, 1, -1) : shape));
    }
    model.do(moved);
    return true;
  },
  delete(pick, real, model) {
    const { editor } = real;
    const shapes = chosen(pick, real);
    if (shapes.length === 0) return false;
    editor.select(shapes.map(({ id }) => id));
    editor.delete();
    const gone = new Set(shapes.map(({ id }) => id));
    model.do(model.doc.shapes.filter(({ id }) => !gone.has(id)));
    return true;
  },
  order(pick, real, model) {
    const before = model.doc.shapes;
    const after = before.map((shape) => ({ shape, key: pick(1000) })).sort((a, b) => a.key - b.key);
    const shapes = after.map(({ shape }) => shape);
    const change = orderChange(before, shapes);
    if (!change) return false;
    real.bring(change);
    model.do(shapes);
    return true;
  },
  depth(pick, real, model) {
    const { editor } = real;
    const shapes = chosen(pick, real);
    if (shapes.length === 0) return false;
    const move = depthMoves[pick(depthMoves.length)]!;
    const before = real.records.length;
    editor.select(shapes.map(({ id }) => id));
    editor.order(move);
    if (real.records.length === before) return false;
    model.do(reordered(model.doc.shapes, new Set(shapes.map(({ id }) => id)), move));
    return true;
  },
  copy(pick, real, model) {
    const { scene, editor } = real;
    const shapes = chosen(pick, real).filter(({ geometry }) => geometry.type !== 'tag');
    if (shapes.length === 0) return false;
    const ids: ShapeId[] = [];
    const newId = (): ShapeId => {
      ids.push(shapeOf({ type: 'tag' }).id);
      return ids.at(-1)!;
    };
    editor.commit('duplicate', placedCopies(shapes, { doc: scene.doc, labels: [], bounds: null, newId }));
    // In the plainest way: the first multiple of the step at which nothing lies alike.
    let by = 0;
    const isTaken = (shape: Shape): boolean =>
      model.doc.shapes.some(({ geometry }) => isDeepStrictEqual(geometry, shape.geometry));
    while (isTaken(movedShape(shapes[0]!, by, by))) by += 10;
    const made = shapes.map((shape, at): Shape => {
      const { geometry } = movedShape(shape, by, by);
      return { id: ids[at]!, label: null, geometry, attributes: shape.attributes, origin: 'hand' };
    });
    model.do([...model.doc.shapes, ...made]);
    return true;
  },
  /** Locked shapes stay whatever is done to the selection; the others do not. */
  lock(pick, real, model) {
    const { editor, scene } = real;
    const shapes = chosen(pick, real);
    const free = shapes.filter((_, at) => at % 2 === 1);
    if (free.length === 0) return false;
    const locked = shapes.filter((_, at) => at % 2 === 0).map(({ id }) => id);
    scene.setStanding({ ...plainStanding, locked: new Set(locked) });
    editor.select(shapes.map(({ id }) => id));
    editor.delete();
    scene.setStanding(plainStanding);
    const gone = new Set(free.map(({ id }) => id));
    model.do(model.doc.shapes.filter(({ id }) => !gone.has(id)));
    return true;
  },
  slice(pick, real, model) {
    const { editor } = real;
    const areas = real.scene.doc.shapes.filter(({ geometry }) => ['polygon', 'mask'].includes(geometry.type));
    const shape = areas[pick(areas.length)];
    const bounds = shape && boundsOf(shape.geometry);
    if (!shape || !bounds) return false;
    const y = bounds.top + (bounds.bottom - bounds.top) * 0.4;
    const line = [
      { x: -10, y },
      { x: 410, y: y + pick(10) },
    ];
    const pieces = slicedShape(shape, line, () => shapeOf({ type: 'tag' }).id);
    if (!pieces) return false;
    editor.commit('slice', pieces, { above: shape.id });
    model.do(model.doc.shapes.flatMap((each) => (each.id === shape.id ? pieces : [each])));
    return true;
  },
  join(pick, real, model) {
    const { editor } = real;
    const areas = real.scene.doc.shapes.filter(
      ({ geometry }) => geometry.type === 'polygon' || geometry.type === 'mask',
    );
    const shapes = areas.filter(() => pick(3) === 0);
    const joined = joinedShape(shapes, size);
    if (!joined) return false;
    editor.commit('join', [joined], { removed: shapes.slice(1).map(({ id }) => id) });
    const gone = new Set(shapes.slice(1).map(({ id }) => id));
    model.do(model.doc.shapes.filter(({ id }) => !gone.has(id)).map((each) => (each.id === joined.id ? joined : each)));
    return true;
  },
  reject(pick, real, model) {
    const there = model.doc.rejected ?? [];
    const rejected =
      there.length > 0 && pick(3) === 0 ? there.filter(() => pick(2) === 0) : [...there, shapeOf({ type: 'tag' }).id];
    const change = changeOf(real.scene.doc, 'reject', [], { rejected });
    if (!change) return false;
    real.bring(change);
    model.do(model.doc.shapes, rejected);
    return true;
  },
  accept(pick, real, model) {
    const there = model.doc.rejected ?? [];
    const shape = shapeOf<Geometry>(someGeometry(pick));
    const rejected = there.slice(1);
    real.bring(changeOf(real.scene.doc, 'accept', [{ id: shape.id, after: shape }], { rejected }));
    model.do([...model.doc.shapes, shape], rejected);
    return true;
  },
  undo(_, real, model) {
    real.step('undo');
    model.undo();
    return true;
  },
  redo(_, real, model) {
    real.step('redo');
    model.redo();
    return true;
  },
};

/** Some shapes, as the real thing has them; the model finds its own by their ids. */
function chosen(pick: Pick, { scene }: Real): Shape[] {
  const { shapes } = scene.doc;
  if (shapes.length === 0) return [];
  const from = pick(shapes.length);
  return shapes.slice(from, from + 1 + pick(4));
}

/** The list with a run of it elsewhere, taken apart and put together. */
function reordered(shapes: readonly Shape[], ids: ReadonlySet<ShapeId>, move: DepthMove): Shape[] {
  const run = shapes.filter(({ id }) => ids.has(id));
  const rest = shapes.filter(({ id }) => !ids.has(id));
  // They lie side by side, so that one step is one other shape that changes sides.
  const first = shapes.findIndex(({ id }) => ids.has(id));
  const to = { front: rest.length, 'back-most': 0, forward: first + 1, back: first - 1 }[move];
  return rest.toSpliced(Math.min(Math.max(to, 0), rest.length), 0, ...run);
}

/** An edit that replaces shapes where they are. */
function inPlace(pick: Pick, real: Real, model: Model, label: Change['label'], edit: (shape: Shape) => Shape): boolean {
  const edited = chosen(pick, real)
    .map((before) => ({ before, after: edit(before) }))
    .filter(({ before, after }) => before !== after);
  if (edited.length === 0) return false;
  const after = new Map(edited.map((each) => [each.after.id, each.after]));
  real.editor.commit(label, [...after.values()]);
  model.do(model.doc.shapes.map((shape) => after.get(shape.id) ?? shape));
  return true;
}

/** A vertex moved, inserted or taken out. */
function reshaped(pick: Pick, shape: Shape): Shape {
  const { geometry } = shape;
  if (!isPath(geometry)) return shape;
  const rings = ringsOf(geometry);
  const { part, ring, places } = rings[pick(rings.length)]!;
  const ref = { part, ring, index: pick(places.length), between: false };
  const to = { x: pick(400), y: pick(300) };
  const what = pick(3);
  if (what === 0) return withGeometry(shape, withVertexAt(geometry, ref, to));
  if (what === 1) return withGeometry(shape, withVertexAfter(geometry, ref, to));
  return withGeometry(shape, withoutVertices(geometry, [`${part}.${ring}.${ref.index}`]) ?? geometry);
}

function differs(real: AnnotationDoc, model: AnnotationDoc): boolean {
  if (real.shapes.length !== model.shapes.length || !isDeepStrictEqual(real.rejected, model.rejected)) return true;
  return real.shapes.some((shape, at) => shape !== model.shapes[at] && !isDeepStrictEqual(shape, model.shapes[at]));
}

describe('editing, undo and redo beside a naive model that keeps whole documents', () => {
  it(`never differ over ${(seeds * editsPerSeed).toLocaleString('en')} random edits of every kind`, () => {
    const done: Record<string, number> = {};
    // Undo and redo come often, and in runs, as people do them.
    const names = [...Object.keys(edits), 'draw', 'draw', 'undo', 'undo', 'undo', 'redo', 'redo'];
    for (let seed = 1; seed <= seeds; seed += 1) {
      const pick = random(seed);
      const real = createReal();
      const model = new Model();
      for (let count = 0; count < editsPerSeed;) {
        const name = names[pick(names.length)]!;
        if (!edits[name]!(pick, real, model)) continue;
        count += 1;
        done[name] = (done[name] ?? 0) + 1;
        const where = `seed ${seed}, edit ${count} (${name})`;
        expect(differs(real.scene.doc, model.doc), `${where}: what is shown`).toBe(false);
        expect(differs(real.journal.doc, model.doc), `${where}: what the journal says`).toBe(false);
        if (count % 50 === 0) {
          expect(differs(foldJournal(real.records).doc, model.doc), `${where}: the records read back`).toBe(false);
          const found = new Set(
            real.scene.inArea({ left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 }).map(({ shape }) => shape),
          );
          const lying = model.doc.shapes.filter(({ geometry }) => geometry.type !== 'tag').length;
          expect(found.size, `${where}: the spatial index`).toBe(lying);
        }
      }
    }
    expect(Object.values(done).reduce((sum, times) => sum + times, 0)).toBe(seeds * editsPerSeed);
    for (const name of Object.keys(edits)) expect(done[name], name).toBeGreaterThan(50);
  });
});
