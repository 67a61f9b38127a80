import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createScope } from '#renderer/lib/scope.ts';
import { Editor } from '#renderer/canvas/editor.ts';
import { createScene } from '#renderer/canvas/scene.ts';
import type { Change, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { appendRecord, invertChange, startJournal } from '#shared/rules/undo-journal.rules.ts';
import { box, docOf } from '#test/support/canvas-workbench.ts';
import { boxOf } from '#test/support/box-of.ts';

function setUp(...shapes: Shape[]) {
  const scope = createScope();
  const scene = createScene();
  const changes: Change[] = [];
  const selections: (readonly ShapeId[])[] = [];
  const editor = new Editor(scope, scene, {
    bounds: () => ({ width: 200, height: 100 }),
    shared: () => [],
    withInitial: (label, attributes) => (label === 'lorry' ? { axles: 3, ...attributes } : attributes),
    emit: (change) => changes.push(change),
    selectionChanged: (ids) => selections.push(ids),
    verticesChanged: () => undefined,
    repaint: () => undefined,
  });
  editor.setDoc(docOf(...shapes));
  return { scope, scene, editor, changes, selections };
}

const xOf = (shape: Shape | undefined) => shape && boxOf(shape.geometry).x;

describe('nudging', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('shows every step at once and emits a run of them as one change', () => {
    const shape = box(10, 10, 20, 20);
    const { editor, scene, changes } = setUp(shape);
    editor.select([shape.id]);
    for (let step = 0; step < 5; step += 1) editor.nudge(0.1, 0);
    expect(xOf(scene.shape(shape.id))).toBe(10.5);
    expect(editor.pending()?.id).toBe(shape.id);
    expect(changes).toEqual([]);
    vi.advanceTimersByTime(299);
    expect(changes).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.edits).toHaveLength(1);
    expect(changes[0]?.edits[0]?.before).toBe(shape);
    expect(xOf(changes[0]?.edits[0]?.after ?? undefined)).toBe(10.5);
    expect(editor.pending()).toBeNull();
  });

  it('does not hold a long run back for longer than an autosave may wait', () => {
    const shape = box(10, 10, 20, 20);
    const { editor, changes } = setUp(shape);
    editor.select([shape.id]);
    for (let at = 0; at < 2_000; at += 100) {
      editor.nudge(1, 0);
      vi.advanceTimersByTime(100);
    }
    expect(changes.length).toBeGreaterThanOrEqual(2);
  });

  it('emits before another nudge, another edit, another selection and a change from elsewhere', () => {
    const [a, b] = [box(10, 10, 20, 20), box(50, 10, 20, 20)];
    const { editor, changes } = setUp(a, b);
    editor.select([a.id]);
    editor.nudge(1, 0);
    editor.nudge(0, 1);
    expect(changes).toHaveLength(1);
    editor.classify('car');
    expect(changes.map(({ label }) => label)).toEqual(['move', 'move', 'classify']);
    editor.nudge(1, 0);
    editor.select([b.id]);
    expect(changes).toHaveLength(4);
    editor.nudge(1, 0);
    editor.apply(invertChange(changes[0]!));
    expect(changes).toHaveLength(5);
  });

  it('drops what is held back when another document comes, and stops at the edge of the picture', () => {
    const shape = box(10, 10, 20, 20);
    const { editor, scene, changes } = setUp(shape);
    editor.select([shape.id]);
    for (let step = 0; step < 3; step += 1) editor.nudge(-10, 0);
    expect(xOf(scene.shape(shape.id))).toBe(0);
    editor.setDoc(docOf());
    vi.advanceTimersByTime(5_000);
    expect(changes).toEqual([]);
    expect(editor.selection).toEqual([]);
  });

  it('emits nothing when it ends where it began', () => {
    const shape = box(0, 10, 20, 20);
    const { editor, changes } = setUp(shape);
    editor.select([shape.id]);
    editor.nudge(-1, 0);
    vi.advanceTimersByTime(1_000);
    expect(changes).toEqual([]);
  });
});

describe('editing', () => {
  it('emits changes that lead a journal to what the canvas shows', () => {
    const { editor, scene, changes } = setUp();
    let journal = startJournal();
    let heard = 0;
    const follow = () => {
      for (; heard < changes.length; heard += 1) {
        journal = appendRecord(journal, { type: 'do', at: heard, change: changes[heard]! });
      }
      expect(journal.doc).toEqual(scene.doc);
    };
    const shapes = Array.from({ length: 40 }, (_, index) => box(index, index, 10, 10));
    for (const shape of shapes) editor.commit('draw', [shape]);
    follow();
    editor.select(shapes.slice(3, 30).map(({ id }) => id));
    editor.classify('car');
    follow();
    editor.delete();
    follow();
    expect(editor.selection).toEqual([]);
    expect(scene.doc.shapes).toHaveLength(13);
    for (const change of changes.toReversed()) editor.apply(invertChange(change));
    expect(scene.doc.shapes).toEqual([]);
  });

  it('emits nothing for a class that is there already or a delete of nothing', () => {
    const shape = box(0, 0, 10, 10, 'car');
    const { editor, changes } = setUp(shape);
    editor.delete();
    editor.select([shape.id]);
    editor.classify('car');
    editor.commit('move', [shape]);
    expect(changes).toEqual([]);
  });

  it('cycles through the shapes both ways and around the ends', () => {
    const shapes = [box(0, 0, 10, 10), box(20, 0, 10, 10), box(40, 0, 10, 10)];
    const { editor } = setUp(...shapes);
    const forth = Array.from({ length: 4 }, () => editor.cycle(1)?.id);
    expect(forth).toEqual([0, 1, 2, 0].map((index) => shapes[index]!.id));
    expect(editor.cycle(-1)?.id).toBe(shapes[2]!.id);
    expect(setUp().editor.cycle(1)).toBeNull();
  });

  it('forgets selected shapes that are gone and ignores unknown ones', () => {
    const [a, b] = [box(0, 0, 10, 10), box(20, 0, 10, 10)];
    const { editor, selections } = setUp(a, b);
    editor.select([a.id, box(0, 0, 1, 1).id, b.id]);
    expect(editor.selection).toEqual([a.id, b.id]);
    editor.apply({ label: 'delete', edits: [{ before: a, after: null, indexBefore: 0, indexAfter: null }] });
    expect(editor.selection).toEqual([b.id]);
    expect(selections.at(-1)).toEqual([b.id]);
  });
});

describe('locked and hidden shapes', () => {
  it('locked ones are not changed by anything done to the selection', () => {
    const [a, b] = [box(10, 10, 20, 20), box(50, 10, 20, 20)];
    const { editor, scene, changes } = setUp(a, b);
    scene.setStanding({ hidden: new Set(), locked: new Set([a.id]), aside: null });
    editor.select([a.id, b.id]);
    editor.nudge(1, 0);
    editor.flush();
    editor.classify('car');
    editor.order('back-most');
    editor.turn(5);
    expect(scene.doc.shapes.map(({ label }) => label)).toEqual(['car', null]);
    expect([xOf(scene.shape(a.id)), xOf(scene.shape(b.id))]).toEqual([10, 51]);
    expect(scene.shape(a.id)).toBe(a);
    editor.commit('join', [{ ...b, label: 'all' }], { removed: [a.id] });
    editor.delete();
    expect(scene.doc.shapes).toEqual([a]);
    expect(changes.map(({ label }) => label)).toEqual(['move', 'classify', 'order', 'delete']);
  });

  it('hidden ones can not be selected, and are not gone through', () => {
    const [a, b, c] = [box(10, 10, 20, 20), box(50, 10, 20, 20), box(90, 10, 20, 20)];
    const { editor, scene } = setUp(a, b, c);
    editor.select([b.id]);
    scene.setStanding({ hidden: new Set([b.id]), locked: new Set([c.id]), aside: null });
    editor.standingChanged();
    expect(editor.selection).toEqual([]);
    editor.select([a.id, b.id]);
    expect(editor.selection).toEqual([a.id]);
    expect(editor.cycle(1)?.id).toBe(a.id);
  });
});

describe('what a class starts with', () => {
  it('is answered for what is drawn and for what gets the class, where it has no answer', () => {
    const [a, b] = [box(10, 10, 20, 20), { ...box(50, 10, 20, 20), attributes: { axles: 5 } }];
    const { editor, scene } = setUp(a, b);
    const drawn = box(0, 0, 5, 5, 'lorry');
    editor.commit('draw', [drawn]);
    editor.select([a.id, b.id]);
    editor.classify('lorry');
    expect(scene.doc.shapes.map(({ attributes }) => attributes)).toEqual([{ axles: 3 }, { axles: 5 }, { axles: 3 }]);
    // What is there is not begun anew, and a paste brings its own answers.
    const unanswered = { ...drawn, attributes: {} };
    editor.commit('draw', [unanswered]);
    editor.commit('paste', [box(1, 1, 5, 5, 'lorry')]);
    expect(scene.doc.shapes.slice(2).map(({ attributes }) => attributes)).toEqual([{}, {}]);
  });
});
