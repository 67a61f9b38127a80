import type { AnnotationDoc, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { TaskState } from '#shared/domain/work.ts';
import { carriedShape, filledBetween, isKey, keyShapeOf, objectOf } from '#shared/rules/sequence.rules.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import type { Client } from '#renderer/client/client.ts';

/** How far objects are carried at once, and how far away the other key image is looked for. */
export const farthestPhoto = 200;
/** Drafts read at once. */
const batch = 10;

/** What the steps work with. */
export interface SequencePort {
  readonly client: Pick<Client, 'call'>;
  readonly projectId: ProjectId;
  /** The photo one is at. */
  readonly taskId: TaskId;
  readonly labels: LabelSet;
  newId(): ShapeId;
}

/** What came of a step. */
export interface SequenceResult {
  /** Photos that were changed. */
  readonly photos: number;
  readonly shapes: number;
  /** Photos left as they are because they are submitted or were given back. */
  readonly leftOut: number;
}

interface Photo {
  readonly id: TaskId;
  readonly state: TaskState;
}

/** Puts shapes on the next `count` photos (by file), where these photos have nothing of the same object that a person placed. */
export async function carryOn(
  port: SequencePort,
  label: 'duplicate' | 'propagate',
  shapes: readonly Shape[],
  count: number,
): Promise<SequenceResult> {
  const photos = (await photosFrom(port, count)).later;
  const open = photos.filter(isOpen);
  const docs = await docsOf(port, open);
  const wanted = open.map(({ id }, at) => {
    const there = docs[at]!.shapes;
    return { taskId: id, shapes: shapes.flatMap((shape) => carriedOnto(there, shape, port)) };
  });
  return write(port, label, wanted, photos.length - open.length);
}

/** The copy of a shape for a photo; one that was carried there before takes its new place, one that a person put there stays. */
function carriedOnto(there: readonly Shape[], shape: Shape, { labels, newId }: SequencePort): Shape[] {
  const { type } = shape.geometry;
  if (type === 'tag' && there.some(({ geometry, label }) => geometry.type === 'tag' && label === shape.label))
    return [];
  const before = there.find((each) => objectOf(each) === objectOf(shape));
  if (before && isKey(before)) return [];
  const copy = carriedShape(shape, labels, before?.id ?? newId());
  return before && JSON.stringify(before) === JSON.stringify(copy) ? [] : [copy];
}

/**
 * Fills in objects on the photos between this one and the other key image of each, later ones first (shared/rules/sequence.rules.ts says
 * which that is). Null when no shape has another key image.
 */
export async function fillBetween(
  port: SequencePort,
  here: AnnotationDoc,
  shapes: readonly Shape[],
): Promise<SequenceResult | null> {
  const { later, earlier } = await photosFrom(port, farthestPhoto);
  const wanted = new Map<Photo, Shape[]>();
  let rest = shapes;
  let found = 0;
  for (const photos of [later, earlier]) {
    const docs = await docsUntilKeys(port, photos, rest);
    const missed: Shape[] = [];
    for (const shape of rest) {
      const key = keyShapeOf(shape, here, docs);
      if (!key) missed.push(shape);
      else {
        found += 1;
        filledBetween(shape, key, docs, port.labels, port.newId).forEach((filled, at) => {
          wanted.set(photos[at]!, [...(wanted.get(photos[at]!) ?? []), filled]);
        });
      }
    }
    rest = missed;
  }
  if (found === 0) return null;
  const open = [...wanted].filter(([photo]) => isOpen(photo));
  const changed = open.map(([{ id }, filled]) => ({ taskId: id, shapes: filled }));
  return write(port, 'interpolate', changed, wanted.size - open.length);
}

/** One undoable change in each photo, all of them or none. */
async function write(
  { client }: SequencePort,
  label: 'duplicate' | 'propagate' | 'interpolate',
  wanted: readonly { readonly taskId: TaskId; readonly shapes: Shape[] }[],
  leftOut: number,
): Promise<SequenceResult> {
  const tasks = wanted.filter(({ shapes }) => shapes.length > 0);
  if (tasks.length === 0) return { photos: 0, shapes: 0, leftOut };
  const { shapes } = await client.call('drafts.addShapes', { label, tasks: [...tasks] });
  return { photos: tasks.length, shapes, leftOut };
}

/** What is sealed, and what was given back undone, is not worked on. */
function isOpen({ state }: Photo): boolean {
  return state !== 'submitted' && state !== 'released';
}

/** The photos around this one by file, the nearest first. */
async function photosFrom(
  { client, projectId, taskId }: SequencePort,
  count: number,
): Promise<{ later: readonly Photo[]; earlier: readonly Photo[] }> {
  const from = { projectId, from: taskId } as const;
  const [next, previous] = await Promise.all([
    client.call('tasks.neighbour', { ...from, direction: 'next' }),
    client.call('tasks.neighbour', { ...from, direction: 'previous' }),
  ]);
  const page = async (offset: number, limit: number): Promise<readonly Photo[]> =>
    limit === 0 ? [] : (await client.call('tasks.list', { projectId, offset, limit })).tasks;
  const before = previous.index === null ? 0 : previous.index + 1;
  const first = Math.max(0, before - count);
  return {
    later: next.index === null ? [] : await page(next.index, count),
    earlier: [...(await page(first, before - first))].reverse(),
  };
}

/** The drafts of photos, up to the one in which every shape has a key; all of them while one has none. */
async function docsUntilKeys(
  port: SequencePort,
  photos: readonly Photo[],
  shapes: readonly Shape[],
): Promise<{ doc: AnnotationDoc }[]> {
  const docs: { doc: AnnotationDoc }[] = [];
  const hasKey = (shape: Shape): boolean =>
    docs.some(({ doc }) => doc.shapes.some((each) => objectOf(each) === objectOf(shape) && isKey(each)));
  while (docs.length < photos.length && !shapes.every(hasKey)) {
    const next = await docsOf(port, photos.slice(docs.length, docs.length + batch));
    docs.push(...next.map((doc) => ({ doc })));
  }
  return docs;
}

async function docsOf({ client }: SequencePort, photos: readonly Photo[]): Promise<AnnotationDoc[]> {
  const docs: AnnotationDoc[] = [];
  for (let from = 0; from < photos.length; from += batch) {
    const drafts = photos.slice(from, from + batch).map(({ id }) => client.call('drafts.get', { taskId: id }));
    docs.push(...(await Promise.all(drafts)).map(({ base, records }) => foldJournal(records, base).doc));
  }
  return docs;
}
