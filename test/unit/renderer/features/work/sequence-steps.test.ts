import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { carryOn, fillBetween, type SequencePort } from '#renderer/features/work/sequence-steps.ts';
import { boxOf } from '#test/support/box-of.ts';
import { box as boxAt } from '#test/support/canvas-workbench.ts';
import { drawAndSubmit, drawn, photoProject, type PhotoProject } from '#test/support/photo-project.ts';

const names = Array.from({ length: 8 }, (_, at) => `${at}.png`);

describe('an object over several photos', () => {
  let project: PhotoProject;
  let tasks: TaskId[];
  beforeEach(async () => {
    project = await photoProject(names);
    tasks = (await project.importAll()).map(({ id }) => id);
  });
  afterEach(() => project.close());

  const at = (index: number): SequencePort => ({
    client: project.core as unknown as SequencePort['client'],
    projectId: project.projectId,
    taskId: tasks[index]!,
    labels: [{ key: 'car', color: '#112233' }],
    newId: () => uuidv7() as ShapeId,
  });
  const state = async (index: number) => {
    const { base, records } = await project.core.call('drafts.get', { taskId: tasks[index]! });
    return { ...foldJournal(records, base), length: records.length };
  };
  const append = async (index: number, ...shapes: Shape[]) => {
    const { length, doc } = await state(index);
    const records = [drawn(shapes, doc.shapes.length)];
    await project.core.call('drafts.append', { taskId: tasks[index]!, after: length, records });
  };
  const move = async (index: number, x: number): Promise<Shape> => {
    const { length, doc } = await state(index);
    const before = doc.shapes[0]!;
    const after: Shape = { ...before, geometry: { ...boxOf(before.geometry), x } };
    const edits = [{ before, after, indexBefore: 0, indexAfter: 0 }];
    const record = { type: 'do' as const, at: 1, change: { label: 'move' as const, edits } };
    await project.core.call('drafts.append', { taskId: tasks[index]!, after: length, records: [record] });
    return after;
  };
  const lefts = () =>
    Promise.all(
      tasks.map(async (_, index) => (await state(index)).doc.shapes.map(({ geometry }) => boxOf(geometry).x)),
    );

  it('is carried on as one undoable change a photo; what is sealed is left out and counted', async () => {
    const car = boxAt(0, 10, 5, 5, 'car');
    await append(0, car);
    await drawAndSubmit(project.core, tasks[2]!, [boxAt(99, 1, 5, 5, 'car')]);
    expect(await carryOn(at(0), 'propagate', [car], 3)).toEqual({ photos: 2, shapes: 2, leftOut: 1 });
    expect(await lefts()).toEqual([[0], [0], [99], [0], [], [], [], []]);
    expect((await state(1)).undoStack.map(({ label }) => label)).toEqual(['propagate']);
    // Again, with the object elsewhere: copies follow, and what a person moved stays.
    await move(3, 40);
    const moved = await move(0, 7);
    expect(await carryOn(at(0), 'propagate', [moved], 4)).toEqual({ photos: 2, shapes: 2, leftOut: 1 });
    expect(await lefts()).toEqual([[7], [7], [99], [40], [7], [], [], []]);
    expect(await carryOn(at(0), 'propagate', [moved], 4)).toEqual({ photos: 0, shapes: 0, leftOut: 1 });
    // The end of the queue is the end.
    expect(await carryOn(at(7), 'duplicate', [moved], 5)).toEqual({ photos: 0, shapes: 0, leftOut: 0 });
  });

  it('is filled in between two key photos, from either end', async () => {
    const car = boxAt(0, 10, 5, 5, 'car');
    await append(0, car);
    await carryOn(at(0), 'propagate', [car], 6);
    const key = await move(4, 40);
    expect(await fillBetween(at(0), (await state(0)).doc, [car])).toEqual({ photos: 3, shapes: 3, leftOut: 0 });
    expect(await lefts()).toEqual([[0], [10], [20], [30], [40], [0], [0], []]);
    expect((await state(2)).undoStack.map(({ label }) => label)).toEqual(['propagate', 'interpolate']);
    // From the later one there is no key after it, so it looks back; the key was moved on meanwhile.
    const later = await move(4, 80);
    expect(await fillBetween(at(4), (await state(4)).doc, [later])).toEqual({ photos: 3, shapes: 3, leftOut: 0 });
    expect(await lefts()).toEqual([[0], [20], [40], [60], [80], [0], [0], []]);
    expect(key.id).toBe(later.id);
  });

  it('says so where no other photo has it', async () => {
    const car = boxAt(0, 10, 5, 5, 'car');
    await append(0, car);
    expect(await fillBetween(at(0), (await state(0)).doc, [car])).toBeNull();
  });
});
