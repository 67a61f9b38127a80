import { setImmediate as breathe } from 'node:timers/promises';
import type { FailedRow, Loss, ParsedItem } from '#shared/codecs/codec.ts';
import { withoutEnding } from '#shared/codecs/image/row-reading.codec.ts';
import type { ParsedInput } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { JournalRecord, Proposal, Shape } from '#shared/domain/annotation.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { Day } from '#shared/domain/time.ts';
import { labelColor } from '#shared/rules/label-colors.rules.ts';
import { matchPhotos } from '#shared/rules/photo-matching.rules.ts';
import { heardProposals } from '#shared/rules/transcript-import.rules.ts';
import { readAnnotationSet, type ReadSet } from '#electron/core/annotation-reading.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import { createPhotoSizes } from '#electron/core/photo-sizes.ts';
import { createRecordingFacts } from '#electron/core/recording-facts.ts';
import type { CallContext, Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb, WriteDb } from '#electron/db/database.ts';
import type { MediaResolver } from '#electron/media/media-resolver.ts';
import { appendToDraft, draftDoc, type SealedDoc } from '#electron/repositories/drafts.repository.ts';
import { mergeExtra } from '#electron/repositories/exchange-extras.repository.ts';
import { findProject, projectFromRow } from '#electron/repositories/projects.repository.ts';
import { addProposals, keepCertainty } from '#electron/repositories/proposals.repository.ts';
import { findTask, iterateTasks, type TaskWithRoot } from '#electron/repositories/tasks.repository.ts';

export interface ImportsDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  media: MediaResolver;
  sealedDoc: SealedDoc;
  /** The working day under way. */
  today(): Day;
}

const maxLabels = 500;
const sizesCompared = 1000;
/** Rows listed in an answer; of more, the count is told. */
const listedLimit = 1000;

/** Taking annotations in from files. */
export function createImportsService(deps: ImportsDeps): Handlers<'imports.preview' | 'imports.apply'> {
  return {
    'imports.preview': async (input, context) => {
      const read = await readAnnotations(deps, input, context);
      const { items } = read.set.parsed;
      const objects = items.flatMap(objectsOf);
      return {
        format: read.set.format,
        items: items.length,
        objects: objects.length,
        proposals: items.reduce((sum, { proposals = [] }) => sum + proposals.length, 0),
        byShape: countByShape(objects),
        matched: read.matched.length,
        unmatched: read.unmatched.slice(0, listedLimit),
        newLabels: read.newLabels,
        questions: read.set.questions.map(({ answers, ...question }) => ({ ...question, answers: [...answers] })),
        ...listed(read.failed, read.set.loss),
      };
    },

    'imports.apply': async (input, context) => {
      const read = await readAnnotations(deps, input, context);
      // From here on it is one transaction: it is taken whole or not at all.
      context.signal.throwIfAborted();
      const taken = deps.db.transaction((tx) => take(tx, deps, input, read));
      return { items: read.matched.length, ...taken, ...listed(read.failed, read.set.loss) };
    },
  };
}

interface Matched {
  item: ParsedItem;
  task: TaskWithRoot;
}

/** Files read and held against a project. */
interface ReadAnnotations {
  set: ReadSet;
  matched: Matched[];
  unmatched: string[];
  newLabels: string[];
  failed: FailedRow[];
}

const objectsOf = ({ shapes, proposals = [] }: ParsedItem): (Shape | Proposal)[] => [...shapes, ...proposals];

function countByShape(objects: readonly (Shape | Proposal)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { geometry } of objects) counts[geometry.type] = (counts[geometry.type] ?? 0) + 1;
  return counts;
}

/** What failed and was lost, cut to what a screen can show. */
function listed(failed: readonly FailedRow[], loss: readonly Loss[]) {
  const unlisted = failed.length - listedLimit;
  return {
    failed: failed.slice(0, listedLimit),
    loss: unlisted > 0 ? [...loss, { what: 'failed-not-listed', count: unlisted } as const] : [...loss],
  };
}

async function readAnnotations(
  deps: ImportsDeps,
  {
    projectId,
    path,
    format,
    answers,
    onto,
  }: Pick<ParsedInput<'imports.apply'>, 'projectId' | 'path' | 'format' | 'answers' | 'onto'>,
  context: CallContext,
): Promise<ReadAnnotations> {
  const { labels, modality } = projectOf(deps, deps.db.read, projectId);
  const meant = onto === undefined ? null : meantTask(deps.db.read, projectId, onto);
  const sizeOf = createPhotoSizes(deps.db.read, deps.media, projectId);
  const factsOf = createRecordingFacts(deps.db.read, deps.media, projectId);
  const set = await readAnnotationSet(path, {
    format,
    modality: modality === 'audio' ? 'audio' : 'image',
    answers,
    signal: context.signal,
    progress: (done, of) => context.progress(done, of),
    newId: () => deps.ids.uuid(),
    imageSize: (name) => sizeOf(meant?.name ?? name),
    soundOf: (name) => factsOf(meant?.name ?? name),
  });
  await breathe();
  const { items } = set.parsed;
  const matches =
    meant !== null && items.length === 1
      ? [{ found: meant }]
      : matchPhotos(
          items.map(({ name }) => name),
          iterateTasks(deps.db.read, projectId),
        );
  const read: ReadAnnotations = { set, matched: [], unmatched: [], newLabels: [], failed: [...set.failed] };
  items.forEach((item, i) => {
    const match = matches[i]!;
    if (match === 'none') read.unmatched.push(item.name);
    else if (match === 'ambiguous') read.failed.push({ where: item.where, why: 'photo-ambiguous' });
    else read.matched.push({ item, task: match.found });
  });
  if (modality === 'audio') await refuseUnheard(deps, projectId, read);
  refuseTooManyLabels(read, labels);
  const differing = await countDifferingSizes(deps.media, read.matched);
  if (differing > 0) set.loss.push({ what: 'size-differs', count: differing });
  return read;
}

/** The task that files are said to be about. */
function meantTask(db: ReadDb, projectId: ProjectId, taskId: TaskId): TaskWithRoot {
  const task = findTask(db, taskId);
  if (task === undefined || task.project_id !== projectId) throw new AppError('tasks/not-found');
  return task;
}

/**
 * Recordings whose sampling rate is not known take no segments: their times would be other frames. Those that are not in the project are
 * told as such and not once more.
 */
async function refuseUnheard({ db, media }: ImportsDeps, projectId: ProjectId, read: ReadAnnotations): Promise<void> {
  const heard: Matched[] = [];
  for (const matched of read.matched) {
    const { item, task } = matched;
    const { sound } = (await media.resolve(task.root_path, task.name)).info;
    if (sound !== null && sound.rate === item.sound?.rate) heard.push(matched);
    else read.failed.push({ where: item.where, why: 'sound-missing' });
  }
  read.matched = heard;
  // A name without its ending leads to no recording that can't be opened.
  const stems = new Set(
    read.unmatched.length > 0 ? [...iterateTasks(db.read, projectId)].map(({ name }) => withoutEnding(name)) : [],
  );
  for (const name of read.unmatched) if (stems.has(name)) read.failed.push({ where: name, why: 'sound-missing' });
  read.unmatched = read.unmatched.filter((name) => !stems.has(name));
  read.set.loss = read.set.loss.filter(({ what }) => what !== 'sound-unknown');
}

/**
 * How many photos are of another size than the file says: their boxes were drawn on something else, for instance on the photo before
 * it was turned upright. Looked at in the first thousand; a set is made by one tool in one way.
 */
async function countDifferingSizes(media: MediaResolver, matched: readonly Matched[]): Promise<number> {
  let differing = 0;
  for (const { item, task } of matched.slice(0, sizesCompared)) {
    if (item.size === null) continue;
    const { width, height } = (await media.resolve(task.root_path, task.name)).info;
    if (width !== null && (width !== item.size.width || height !== item.size.height)) differing += 1;
  }
  return differing;
}

/** Sets the labels to be added; items that use one for which the project has no room fail. */
function refuseTooManyLabels(read: ReadAnnotations, labels: LabelSet): void {
  const known = new Set(labels.map(({ key }) => key));
  const wanted = read.set.parsed.labels.map(({ key }) => key).filter((key) => !known.has(key));
  read.newLabels = wanted.slice(0, maxLabels - labels.length);
  const without = new Set(wanted.slice(read.newLabels.length));
  if (without.size === 0) return;
  read.matched = read.matched.filter(({ item }) => {
    const fits = objectsOf(item).every(({ label }) => label === null || !without.has(label));
    if (!fits) read.failed.push({ where: item.where, why: 'too-many-labels' });
    return fits;
  });
}

function projectOf(deps: ImportsDeps, db: ReadDb, projectId: ProjectId) {
  const row = findProject(db, projectId);
  if (row === undefined) throw new AppError('projects/not-found');
  return projectFromRow(db, row, deps.today());
}

/** Everything at once or nothing: labels, one change for each photo, proposals, and what the files say beside. */
function take(
  tx: WriteDb,
  deps: ImportsDeps,
  { projectId, scored, machine, tier }: Pick<ParsedInput<'imports.apply'>, 'projectId' | 'scored' | 'machine' | 'tier'>,
  read: ReadAnnotations,
): { objects: number; proposals: number } {
  const at = deps.clock.now();
  const { parsed, format } = read.set;
  if (read.newLabels.length > 0) addLabels(tx, deps, projectId, read);
  mergeExtra(tx, projectId, format, 'set', parsed.extra);
  for (const { key, extra } of parsed.labels) mergeExtra(tx, projectId, format, `label:${key}`, extra);
  const taken = { objects: 0, proposals: 0 };
  const { labels } = projectOf(deps, tx, projectId);
  for (const { item, task } of read.matched) {
    mergeExtra(tx, projectId, format, `item:${task.id}`, item.extra);
    const now = findTask(tx, task.id);
    if (now === undefined) continue;
    const { proposals: proposed = [] } = machine ? allProposed(item) : item;
    const isHeard = proposed.some(({ geometry }) => geometry.type === 'span');
    const proposals = isHeard ? heardProposals(proposed, { labels, tiers: speakersOf(tx, deps, now, tier) }) : proposed;
    const own = machine ? [] : item.shapes;
    const shapes = scored === 'own' ? [...own, ...proposals.map(ownShape)] : own;
    if (scored === 'apart' && proposals.length > 0) {
      taken.proposals += addProposals(tx, task.id, proposals);
      keepCertainty(tx, now, deps.sealedDoc);
    }
    if (shapes.length === 0) continue;
    appendToDraft(tx, now, [importRecord(shapes, now.shape_count, at)], deps.sealedDoc);
    taken.objects += shapes.length;
  }
  return taken;
}

/** Who speaks in a recording as far as its draft says; else who is given. */
function speakersOf(tx: WriteDb, deps: ImportsDeps, task: TaskWithRoot, given: string | undefined): string[] {
  const { shapes } = task.shape_count === 0 ? { shapes: [] } : draftDoc(tx, task, deps.sealedDoc);
  const named = shapes.flatMap(({ geometry }) =>
    geometry.type === 'span' && geometry.tier !== '' ? [geometry.tier] : [],
  );
  return named.length > 0 || given === undefined ? named : [given];
}

/** All of it as a machine's, which does not say how sure it was. */
function allProposed({ shapes, proposals = [] }: ParsedItem): { proposals: readonly Proposal[] } {
  const own = shapes.map(({ id, label, geometry, attributes, text, extra }): Proposal => {
    const said = { ...(text !== undefined && { text }), ...(extra !== undefined && { extra }) };
    return { id, label, geometry, attributes, ...said, score: null, model: null };
  });
  return { proposals: [...own, ...proposals] };
}

/** A proposal taken for one's own as it is; where it came from stays with it. */
function ownShape({ extra, ...proposal }: Proposal): Shape {
  const { id, label, geometry, text, attributes } = proposal;
  return {
    id,
    label,
    geometry,
    ...(text !== undefined && { text }),
    attributes,
    origin: 'machine',
    proposal,
    ...(extra !== undefined && { extra }),
  };
}

/** One undoable change that puts shapes on top of those that are there. */
function importRecord(shapes: readonly Shape[], below: number, at: number): JournalRecord {
  const edits = shapes.map((after, i) => ({ before: null, after, indexBefore: null, indexAfter: below + i }));
  return { type: 'do', at, change: { label: 'import', edits } };
}

function addLabels(tx: WriteDb, deps: ImportsDeps, projectId: ProjectId, read: ReadAnnotations): void {
  const { name, client, intermediary, modality, labels, archived } = projectFromRow(
    tx,
    findProject(tx, projectId)!,
    deps.today(),
  );
  const added = new Set(read.newLabels);
  const grown = [...labels];
  for (const { key, color, attributes } of read.set.parsed.labels) {
    if (!added.has(key)) continue;
    const own = color !== undefined && /^#[0-9a-f]{6}$/.test(color) ? color : labelColor(grown.length);
    grown.push({ key, color: own, ...(attributes !== undefined && { attributes: attributes.slice(0, 50) }) });
  }
  deps.ledger.append(tx, [
    {
      kind: 'project.changed',
      body: { name, client, intermediary, modality, labels: grown, archived },
      occurredStart: new Date(deps.clock.now()).toISOString(),
      occurredEnd: null,
      source: 'imported',
      subjects: [projectId],
    },
  ]);
}
