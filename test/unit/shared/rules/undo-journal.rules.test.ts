import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import {
  annotationDoc,
  change as changeSchema,
  shapeId,
  type AnnotationDoc,
  type Change,
  type JournalRecord,
  type Shape,
} from '#shared/domain/annotation.ts';
import {
  appendRecord,
  applyChange,
  changeOf,
  effectOf,
  emptyDoc,
  foldJournal,
  invertChange,
  startJournal,
  type JournalState,
} from '#shared/rules/undo-journal.rules.ts';
import { boxOf } from '#test/support/box-of.ts';

function box(x: number, label: string | null = null): Shape {
  return {
    id: shapeId.parse(uuidv7()),
    label,
    geometry: { type: 'box', x, y: 0, w: 10, h: 10 },
    attributes: {},
    origin: 'hand',
  };
}

function draw(doc: AnnotationDoc, ...shapes: Shape[]): Change {
  return changeOf(
    doc,
    'draw',
    shapes.map((shape) => ({ id: shape.id, after: shape })),
  )!;
}

function record(change: Change): JournalRecord {
  return { type: 'do', at: 1, change };
}

const undo: JournalRecord = { type: 'undo', at: 1 };
const redo: JournalRecord = { type: 'redo', at: 1 };

describe('applyChange', () => {
  it('shares every shape it does not touch and leaves the old document alone', () => {
    const shapes = [box(1), box(2), box(3)];
    const doc: AnnotationDoc = { version: 1, shapes };
    const moved: Shape = { ...shapes[1]!, label: 'car' };
    const next = applyChange(doc, changeOf(doc, 'classify', [{ id: moved.id, after: moved }])!);
    expect(next).not.toBe(doc);
    expect(next.shapes).toEqual([shapes[0], moved, shapes[2]]);
    expect(next.shapes[0]).toBe(shapes[0]);
    expect(doc.shapes).toEqual([shapes[0], shapes[1], shapes[2]]);
  });

  it('takes out and puts in at places counted in the document before and after', () => {
    const [a, b, c, d] = [box(1), box(2), box(3), box(4)];
    const doc: AnnotationDoc = { version: 1, shapes: [a, b, c] };
    const change: Change = {
      label: 'delete',
      edits: [
        { before: a, after: null, indexBefore: 0, indexAfter: null },
        { before: c, after: c, indexBefore: 2, indexAfter: 0 },
        { before: null, after: d, indexBefore: null, indexAfter: 2 },
      ],
    };
    const next = applyChange(doc, change);
    expect(next.shapes).toEqual([c, b, d]);
    expect(applyChange(next, invertChange(change))).toEqual(doc);
  });

  it('finds a shape by its id when the record names another place, and loses nothing', () => {
    const [a, b, c] = [box(1), box(2), box(3)];
    const doc: AnnotationDoc = { version: 1, shapes: [a, b] };
    const wrongPlace: Change = {
      label: 'delete',
      edits: [{ before: b, after: null, indexBefore: 0, indexAfter: null }],
    };
    expect(applyChange(doc, wrongPlace).shapes).toEqual([a]);
    const unknown: Change = { label: 'move', edits: [{ before: c, after: c, indexBefore: 7, indexAfter: 9 }] };
    expect(applyChange(doc, unknown).shapes).toEqual([a, b, c]);
  });

  it('deletes and restores thousands of shapes in one change', () => {
    const shapes = Array.from({ length: 5_000 }, (_, index) => box(index));
    const doc: AnnotationDoc = { version: 1, shapes };
    const odd = shapes.filter((_, index) => index % 2 === 1);
    const change = changeOf(
      doc,
      'delete',
      odd.map(({ id }) => ({ id, after: null })),
    )!;
    const next = applyChange(doc, change);
    expect(next.shapes).toEqual(shapes.filter((_, index) => index % 2 === 0));
    expect(applyChange(next, invertChange(change)).shapes).toEqual(shapes);
  });
});

describe('changeOf', () => {
  it('leaves out what alters nothing', () => {
    const a = box(1);
    const doc: AnnotationDoc = { version: 1, shapes: [a] };
    expect(changeOf(doc, 'move', [{ id: a.id, after: a }])).toBeNull();
    expect(changeOf(doc, 'delete', [{ id: box(2).id, after: null }])).toBeNull();
  });

  it('writes changes that the contract accepts', () => {
    const a = box(1);
    expect(changeSchema.parse(draw(emptyDoc, a))).toEqual(draw(emptyDoc, a));
    expect(annotationDoc.parse(applyChange(emptyDoc, draw(emptyDoc, a))).shapes).toEqual([a]);
  });
});

describe('proposals turned down', () => {
  const [one, two, three] = [box(1).id, box(2).id, box(3).id];

  it('are part of the document, taken back by undo, and left out where there are none', () => {
    const a = box(1);
    const start: AnnotationDoc = { version: 1, shapes: [a] };
    const reject = changeOf(start, 'reject', [], { rejected: [one, two] })!;
    expect(changeSchema.parse(reject)).toEqual(reject);
    let state = appendRecord(startJournal(start), record(reject));
    expect(annotationDoc.parse(state.doc).rejected).toEqual([one, two]);
    const accept = changeOf(state.doc, 'accept', [{ id: a.id, after: null }], { rejected: [two] })!;
    const records: JournalRecord[] = [record(reject), record(accept), undo, redo, undo, undo];
    for (const [at, each] of records.entries()) {
      if (at > 0) state = appendRecord(state, each);
      expect(foldJournal(records.slice(0, at + 1), start)).toEqual(state);
    }
    expect(state.doc).toEqual(start);
    expect('rejected' in state.doc).toBe(false);
    expect(changeOf(state.doc, 'reject', [], { rejected: [] })).toBeNull();
  });

  it('stay turned down when a record knew nothing of them', () => {
    const doc: AnnotationDoc = { version: 1, shapes: [], rejected: [one, three] };
    const change: Change = { label: 'reject', edits: [], rejected: { before: [one], after: [one, two] } };
    expect(applyChange(doc, change).rejected).toEqual([one, two, three]);
  });
});

describe('a place for what is new', () => {
  it('is on top, or right above another shape, which may itself be gone', () => {
    const [a, b, c, d, e] = [box(1), box(2), box(3), box(4), box(5)];
    const doc: AnnotationDoc = { version: 1, shapes: [a, b, c] };
    const added = [d, e].map((shape) => ({ id: shape.id, after: shape }));
    const changed = { ...a, label: 'car' };
    for (const [wanted, above, expected] of [
      [added, null, [a, b, c, d, e]],
      [added, a.id, [a, d, e, b, c]],
      [[...added, { id: a.id, after: null }], a.id, [d, e, b, c]],
      [[{ id: a.id, after: null }, ...added, { id: c.id, after: null }], b.id, [b, d, e]],
      [[{ id: a.id, after: changed }, ...added], a.id, [changed, d, e, b, c]],
    ] as const) {
      const change = changeOf(doc, 'slice', wanted, { above })!;
      const next = applyChange(doc, change);
      expect(next.shapes).toEqual(expected);
      expect(applyChange(next, invertChange(change))).toEqual(doc);
    }
  });
});

describe('the journal', () => {
  it('undoes and redoes, and forgets what could be redone at the next change', () => {
    const [a, b] = [box(1), box(2)];
    let state = appendRecord(startJournal(), record(draw(emptyDoc, a)));
    state = appendRecord(state, record(draw(state.doc, b)));
    state = appendRecord(state, undo);
    expect(state.doc.shapes).toEqual([a]);
    expect(state.redoStack).toHaveLength(1);
    expect(appendRecord(state, redo).doc.shapes).toEqual([a, b]);
    state = appendRecord(state, record(draw(state.doc, box(3))));
    expect(state.redoStack).toEqual([]);
    expect(effectOf(state, redo)).toBeNull();
  });

  it('ignores an undo and a redo that find nothing', () => {
    const state = startJournal();
    expect(appendRecord(state, undo)).toBe(state);
    expect(appendRecord(state, redo)).toBe(state);
    expect(foldJournal([undo, redo, undo])).toEqual(state);
  });
});

/** The naive model: whole documents in a list, and a place in it. Frozen, so that no one can write into a snapshot. */
function createModel() {
  const documents: (readonly Shape[])[] = [Object.freeze([])];
  let at = 0;
  return {
    get shapes() {
      return documents[at]!;
    },
    do(shapes: readonly Shape[]) {
      documents.length = at + 1;
      documents.push(Object.freeze(shapes.map((shape) => Object.freeze(shape))));
      at += 1;
    },
    undo: () => void (at = Math.max(0, at - 1)),
    redo: () => void (at = Math.min(documents.length - 1, at + 1)),
    depth: () => ({ undo: at, redo: documents.length - 1 - at }),
  };
}

type Op =
  | { type: 'draw'; count: number }
  | { type: 'move' | 'delete' | 'classify' | 'raise'; picks: number[] }
  | { type: 'replace'; picks: number[]; count: number }
  | { type: 'undo' | 'redo' };

const picks = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 });
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('draw' as const), count: fc.integer({ min: 1, max: 25 }) }) },
  {
    weight: 8,
    arbitrary: fc.record({ type: fc.constantFrom('move', 'classify', 'raise', 'delete'), picks }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('replace' as const), picks, count: fc.integer({ min: 1, max: 25 }) }),
  },
  { weight: 6, arbitrary: fc.record({ type: fc.constantFrom('undo', 'redo') }) },
);

/** What an operation makes of the shapes, said in the plainest way: filter, map, concat. */
function perform(shapes: readonly Shape[], operation: Op): { label: Change['label']; shapes: Shape[] } | null {
  if (operation.type === 'draw') {
    return { label: 'draw', shapes: [...shapes, ...Array.from({ length: operation.count }, (_, i) => box(i))] };
  }
  if (!('picks' in operation) || shapes.length === 0) return null;
  const picked = new Set(operation.picks.map((pick) => shapes[pick % shapes.length]!.id));
  const rest = shapes.filter((shape) => !picked.has(shape.id));
  const chosen = shapes.filter((shape) => picked.has(shape.id));
  switch (operation.type) {
    case 'delete':
      return { label: 'delete', shapes: rest };
    case 'raise':
      return { label: 'move', shapes: [...rest, ...chosen] };
    case 'replace':
      return { label: 'paste', shapes: [...rest, ...Array.from({ length: operation.count }, (_, i) => box(i))] };
    case 'classify':
      return { label: 'classify', shapes: shapes.map((s) => (picked.has(s.id) ? { ...s, label: `l${s.id[0]}` } : s)) };
    case 'move':
      return {
        label: 'move',
        shapes: shapes.map((s) =>
          picked.has(s.id) ? { ...s, geometry: { ...boxOf(s.geometry), x: boxOf(s.geometry).x + 0.1 } } : s,
        ),
      };
  }
}

/** A change between two whole documents, found by comparing them (the canvas builds its own with less work). */
function difference(label: Change['label'], before: readonly Shape[], after: readonly Shape[]): Change | null {
  const placeBefore = new Map(before.map((shape, index) => [shape.id, index]));
  const placeAfter = new Map(after.map((shape, index) => [shape.id, index]));
  const edits: Change['edits'] = [];
  for (const [id, indexBefore] of placeBefore) {
    const indexAfter = placeAfter.get(id) ?? null;
    const next = indexAfter === null ? null : after[indexAfter]!;
    if (indexAfter === indexBefore && next === before[indexBefore]) continue;
    edits.push({ before: before[indexBefore]!, after: next, indexBefore, indexAfter });
  }
  for (const [id, indexAfter] of placeAfter) {
    if (!placeBefore.has(id)) edits.push({ before: null, after: after[indexAfter]!, indexBefore: null, indexAfter });
  }
  return edits.length === 0 ? null : { label, edits };
}

describe('against a naive model that keeps whole documents', () => {
  it('never differs over 10,000 edits, and folding the records gives the live state', () => {
    let edits = 0;
    fc.assert(
      fc.property(fc.array(op, { minLength: 500, maxLength: 500, size: 'max' }), (operations) => {
        const model = createModel();
        const records: JournalRecord[] = [];
        let state: JournalState = startJournal();
        operations.forEach((operation, index) => {
          const wanted = perform(model.shapes, operation);
          const change = wanted && difference(wanted.label, model.shapes, wanted.shapes);
          if (operation.type === 'undo' || operation.type === 'redo') {
            model[operation.type]();
            records.push({ type: operation.type, at: index });
          } else if (wanted && change) {
            model.do(wanted.shapes);
            records.push({ type: 'do', at: index, change });
          } else return;
          edits += 1;
          state = appendRecord(state, records.at(-1)!);
          expectSame(state.doc.shapes, model.shapes);
          expect({ undo: state.undoStack.length, redo: state.redoStack.length }).toEqual(model.depth());
          if (index % 61 !== 0 && index !== operations.length - 1) return;
          const folded = foldJournal(records);
          expectSame(folded.doc.shapes, state.doc.shapes);
          expect(folded.undoStack.every((done, at) => done === state.undoStack[at])).toBe(true);
          expect(folded.redoStack.every((undone, at) => undone === state.redoStack[at])).toBe(true);
          expect([folded.undoStack.length, folded.redoStack.length]).toEqual([
            state.undoStack.length,
            state.redoStack.length,
          ]);
        });
      }),
      { seed: 20261122, numRuns: 24 },
    );
    expect(edits).toBeGreaterThan(10_000);
  }, 120_000);
});

/** The very same objects in the same order (comparing their contents 12,000 times would take a minute). */
function expectSame(actual: readonly Shape[], expected: readonly Shape[]): void {
  expect(actual.length).toBe(expected.length);
  const firstDifference = actual.findIndex((shape, index) => shape !== expected[index]);
  expect(firstDifference).toBe(-1);
}
