import { createHash } from 'node:crypto';
import { AppError } from '#shared/contract/errors.ts';
import type { AnnotationDoc, ShapeId } from '#shared/domain/annotation.ts';
import type { BlobRef, Sha256Hex } from '#shared/domain/blob.ts';
import type { SubmissionBody } from '#shared/domain/entry-kinds.ts';
import type {
  EntryId,
  GuidelineId,
  JudgementId,
  ProjectId,
  SegmentId,
  SubmissionId,
  TaskId,
} from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Label, LabelSet } from '#shared/domain/label-set.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import type { TextItem } from '#shared/domain/text.ts';
import type { Day } from '#shared/domain/time.ts';
import type { MediaInfo, SoundInfo, TaskState } from '#shared/domain/work.ts';
import { canonicalBytes } from '#shared/proofs/canonical.ts';
import * as picture from '#shared/rules/image-breaches.rules.ts';
import { machineShare } from '#shared/rules/machine-share.rules.ts';
import * as recording from '#shared/rules/sound-breaches.rules.ts';
import * as text from '#shared/rules/text-breaches.rules.ts';
import { countByLabel, nextRound, submitRefusal } from '#shared/rules/tasks.rules.ts';
import type { Quiet } from '#shared/sound/silences.ts';
import type { BlobStore } from '#electron/core/blob-store.ts';
import type { AnyEntryDraft, Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import { judgementWith, sealedText, withoutHistory } from '#electron/core/text-sealing.ts';
import type { Database, ReadDb, WriteDb } from '#electron/db/database.ts';
import { hashFile } from '#electron/media/file-hash.ts';
import { probedFor } from '#electron/media/media-probe.ts';
import type { MediaResolver, ResolvedMedia } from '#electron/media/media-resolver.ts';
import { draftDoc, type SealedDoc } from '#electron/repositories/drafts.repository.ts';
import { guidelineFromRow, guidelineOn, type GuidelineRow } from '#electron/repositories/guidelines.repository.ts';
import { judgementFromRow, listJudgements } from '#electron/repositories/judgements.repository.ts';
import { findProject, modalityOf, projectFromRow } from '#electron/repositories/projects.repository.ts';
import { listProposals } from '#electron/repositories/proposals.repository.ts';
import { findSegment } from '#electron/repositories/segments.repository.ts';
import {
  countSubmissions,
  currentSubmission,
  findSubmission,
  listSubmissions,
  submissionFromRow,
} from '#electron/repositories/submissions.repository.ts';
import { findTask, setSubmittedLength, type TaskWithRoot } from '#electron/repositories/tasks.repository.ts';
import { findTextItem, itemInfo, replaceTextLogs, textLogs } from '#electron/repositories/texts.repository.ts';

export interface SubmissionsDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  media: MediaResolver;
  blobs: BlobStore;
  sealedDoc: SealedDoc;
  /** The working day under way. */
  today(): Day;
  /** Ends the stretch being measured on a task, so that its time counts in what is sealed. Inside the transaction. */
  onSubmit(db: WriteDb, taskId: TaskId): void;
  /** Milliseconds measured on a task, all its stretches together. */
  taskTimeMs(db: ReadDb, taskId: TaskId): number;
}

/** Beyond this much canonical JSON an annotation is kept as a blob beside the ledger, not in it. */
const maxFieldBytes = 32 * 1024;

/** Sealing what was annotated, and reading back what was sealed. */
export function createSubmissionsService(
  deps: SubmissionsDeps,
): Handlers<'tasks.submit' | 'submissions.list' | 'submissions.get'> {
  const { db } = deps;
  return {
    'tasks.submit': (input) => submit(deps, input),

    'submissions.list': ({ taskId, projectId, offset, limit }) => {
      const filter = { taskId, projectId };
      return {
        total: countSubmissions(db.read, filter),
        submissions: listSubmissions(db.read, filter, offset ?? 0, limit ?? 100).map(submissionFromRow),
      };
    },

    'submissions.get': ({ submissionId }) => {
      const row = findSubmission(db.read, submissionId);
      if (row === undefined) throw new AppError('submissions/not-found');
      return { ...submissionFromRow(row), annotation: deps.sealedDoc(db.read, submissionId) };
    },
  };
}

interface SubmitInput {
  taskId: TaskId;
  journalLength: number;
  segmentId?: SegmentId | null | undefined;
  likeness?: string | null | undefined;
  reason?: string | undefined;
  breachesSeen?: boolean | undefined;
  proposalsSeen?: boolean | undefined;
  fits?: readonly { shape: ShapeId; px: number }[] | undefined;
  sound?: { rate: number; channels: number; frames: number } | undefined;
  quiet?: Quiet | undefined;
  machineUnseen?: boolean | undefined;
}

/** What takes time, and is therefore done before the transaction. */
interface Prepared {
  /** Of a task of text the facts of a file are those of its item. */
  media: Pick<ResolvedMedia, 'info'>;
  mediaHash: Sha256Hex;
  /** What a task of text asks; null for the others. */
  item: TextItem | null;
  doc: AnnotationDoc;
  docHash: Sha256Hex;
  annotation: AnnotationDoc | BlobRef;
}

async function submit(deps: SubmissionsDeps, input: SubmitInput) {
  const { db } = deps;
  const task = requireSubmittable(db.read, input);
  if (input.segmentId != null && findSegment(db.read, input.segmentId, task.project_id) === undefined) {
    throw new AppError('segments/not-found');
  }
  const prepared = await prepare(deps, task);
  // Everything is looked at again inside: another window may have drawn or submitted while the photo was hashed.
  return db.transaction((tx) => seal(tx, deps, requireSubmittable(tx, input), input, prepared));
}

/** The task, if exactly this may be submitted now. */
function requireSubmittable(db: ReadDb, input: SubmitInput): TaskWithRoot {
  const task = findTask(db, input.taskId);
  if (task === undefined) throw new AppError('tasks/not-found');
  const facts = {
    state: task.state,
    journalLength: task.journal_length,
    submittedLength: task.submitted_length,
    kindChanged: (currentSubmission(db, task.id)?.task_kind ?? null) !== task.kind,
  };
  switch (submitRefusal(facts, input.journalLength, input.reason)) {
    case 'stale':
      throw new AppError('drafts/stale', { expected: task.journal_length, got: input.journalLength });
    case 'nothing-new':
      throw new AppError('tasks/already-submitted', { changed: false });
    case 'reason-needed':
      throw new AppError('tasks/already-submitted', { changed: true });
    case null:
      return task;
  }
}

async function prepare(deps: SubmissionsDeps, task: TaskWithRoot): Promise<Prepared> {
  const found = findTextItem(deps.db.read, task.id);
  const given = found === undefined ? await preparedMedia(deps, task) : preparedItem(found);
  const doc = draftDoc(deps.db.read, task, deps.sealedDoc);
  const bytes = canonicalBytes(doc as Json);
  const docHash = createHash('sha256').update(bytes).digest('hex');
  let annotation: AnnotationDoc | BlobRef = doc;
  if (bytes.length > maxFieldBytes) {
    const blob = await deps.blobs.put(bytes);
    annotation = { blob, bytes: bytes.length, mediaType: 'application/json', name: null };
  }
  return { ...given, doc, docHash, annotation };
}

type Given = Pick<Prepared, 'media' | 'mediaHash' | 'item'>;

function preparedItem({ item, hash, bytes }: NonNullable<ReturnType<typeof findTextItem>>): Given {
  return { media: { info: itemInfo(bytes) }, mediaHash: hash, item };
}

async function preparedMedia(deps: SubmissionsDeps, task: TaskWithRoot): Promise<Given> {
  const found = await deps.media.resolve(task.root_path, task.name);
  const media = { ...found, ...probedFor(modalityOf(deps.db.read, task.project_id), found) };
  if (media.path === null || media.info.problem === 'unreadable') {
    throw new AppError('files/unreadable', { path: task.name, problem: media.info.problem ?? 'missing' });
  }
  const mediaHash = await hashFile(media.path).catch((error: NodeJS.ErrnoException) => {
    throw new AppError('files/unreadable', { path: task.name, problem: error.code ?? 'unreadable' });
  });
  return { media, mediaHash, item: null };
}

function seal(tx: WriteDb, deps: SubmissionsDeps, task: TaskWithRoot, input: SubmitInput, prepared: Prepared) {
  const taskId = task.id as TaskId;
  const projectId = task.project_id as ProjectId;
  deps.onSubmit(tx, taskId);
  const at = new Date(deps.clock.now()).toISOString();
  const last = currentSubmission(tx, task.id) ?? null;
  const guideline = guidelineOn(tx, task.project_id, deps.today());
  const submissionId = deps.ids.uuid() as SubmissionId;
  const machine = shareOfMachine(tx, task, prepared, input);
  const drafts: AnyEntryDraft[] = [
    {
      kind: 'submission.sealed',
      body: {
        ...describe(task, prepared, input),
        guideline: (guideline?.id ?? null) as GuidelineId | null,
        guideline_version: guideline?.version ?? null,
        project: projectId,
        task: taskId,
        segment: input.segmentId ?? null,
        round: nextRound(last, task.state),
        media_likeness: input.likeness ?? null,
        task_kind: task.kind,
        breaches: openBreaches(tx, deps, { task, prepared, guideline, input }),
        ...textParts(tx, taskId, prepared, guideline),
        machine,
        time_spent_ms: deps.taskTimeMs(tx, taskId),
      },
      occurredStart: at,
      occurredEnd: null,
      source: 'measured',
      subjects: [submissionId, taskId, projectId],
    },
  ];
  if (last !== null) {
    drafts.push({
      kind: 'entry.superseded',
      body: {
        correction_reason: input.reason ?? supersededBecause(task.state),
        superseded_by: submissionId,
      },
      occurredStart: at,
      occurredEnd: null,
      source: 'measured',
      subjects: [last.id, taskId, projectId],
      amends: last.entry_id as EntryId,
    });
  }
  drafts.push(...judgementDrafts(tx, deps, { task, prepared, guideline, input }, at));
  const [entry] = deps.ledger.append(tx, drafts);
  setSubmittedLength(tx, task.id, task.journal_length);
  return { submissionId, entryId: entry!.id };
}

/** What is being sealed. */
interface Sealing {
  task: TaskWithRoot;
  prepared: Prepared;
  guideline: GuidelineRow | undefined;
  input: SubmitInput;
}

/** The judgement that is sealed by submitting, in the same moment: a change of mind is never without what it changed. */
function judgementDrafts(
  tx: WriteDb,
  { ids }: SubmissionsDeps,
  { task, prepared: { item, doc }, guideline, input }: Sealing,
  at: string,
): AnyEntryDraft[] {
  if (item === null) return [];
  const judgeFirst = guideline !== undefined && guidelineFromRow(guideline).rules.text?.judgeFirst === true;
  const sealed = listJudgements(tx, task.id).map((row) => judgementFromRow(row).judgement);
  const judged = judgementWith(item, doc, sealed, judgeFirst || input.machineUnseen === true);
  if (judged === null) return [];
  const project = task.project_id as ProjectId;
  const judgementId = ids.uuid() as JudgementId;
  return [
    {
      kind: 'judgement.sealed',
      body: { task: task.id as TaskId, project, ...judged },
      occurredStart: at,
      occurredEnd: null,
      source: 'measured',
      subjects: [judgementId, task.id as TaskId, project],
    },
  ];
}

/**
 * The breaches that stand open, as the entry keeps them; null where no rule and no class asks for anything.
 * @throws AppError `tasks/breaches-open` when there are some and nobody was asked about them
 */
function openBreaches(tx: WriteDb, deps: SubmissionsDeps, sealing: Sealing): SubmissionBody['breaches'] {
  const { task, prepared, guideline, input } = sealing;
  const { labels, modality } = projectFromRow(tx, findProject(tx, task.project_id)!, deps.today());
  const rules = guideline === undefined ? {} : guidelineFromRow(guideline).rules;
  const asks = ({ attributes = [], noTranscript }: Label) => attributes.length > 0 || noTranscript === true;
  // A task of text asks for an answer whatever the guideline says.
  if (prepared.item === null && Object.keys(rules).length === 0 && !labels.some(asks)) return null;
  const checked = { doc: prepared.doc, labels, rules };
  const { toAsk, open } =
    prepared.item !== null
      ? breachesOfText(checked, prepared.item)
      : modality === 'audio'
        ? breachesOfSound(checked, prepared, input)
        : breachesOfPicture(checked, prepared, input);
  if (toAsk > 0 && input.breachesSeen !== true) throw new AppError('tasks/breaches-open', { count: toAsk });
  return { asked: toAsk > 0, open };
}

/**
 * What became of a machine's proposals, as the entry keeps it; null where there were none.
 * @throws AppError `tasks/proposals-undecided` when some are left undecided and nobody was asked about them
 */
function shareOfMachine(tx: WriteDb, task: TaskWithRoot, { doc }: Prepared, input: SubmitInput) {
  const share = machineShare(listProposals(tx, task.id), doc);
  const undecided = share?.undecided ?? 0;
  if (undecided > 0 && input.proposalsSeen !== true) {
    throw new AppError('tasks/proposals-undecided', { count: undecided });
  }
  return share;
}

interface Checked {
  doc: AnnotationDoc;
  labels: LabelSet;
  rules: CheckableRules;
}

function breachesOfPicture(checked: Checked, { media }: Prepared, { fits = [] }: SubmitInput) {
  const { width, height } = media.info;
  const breaches = picture.imageBreaches({
    ...checked,
    size: width === null || height === null ? null : { width, height },
    fits: new Map(fits.map(({ shape, px }) => [shape, px])),
  });
  return { toAsk: breaches.filter(picture.isAskedAbout).length, open: picture.breachCounts(breaches) };
}

function breachesOfSound({ rules, ...checked }: Checked, { media }: Prepared, { sound, quiet }: SubmitInput) {
  const { requireLabel, requiredAttributes, requireTranscript, tokens } = rules;
  const rate = soundAsCounted(media.info, sound)?.rate;
  const breaches = recording.soundBreaches({
    ...checked,
    // Of a recording that could not be opened nobody can say how long anything lasts.
    rules: rate === undefined ? { requireLabel, requiredAttributes, requireTranscript, tokens } : rules,
    rate: rate ?? 1,
    frames: sound?.frames ?? null,
    quiet: quiet ?? null,
  });
  return { toAsk: breaches.filter(recording.isAskedAbout).length, open: recording.breachCounts(breaches) };
}

function breachesOfText(checked: Checked, item: TextItem) {
  const breaches = text.textBreaches({ ...checked, item });
  return { toAsk: breaches.filter(text.isAskedAbout).length, open: text.breachCounts(breaches) };
}

/** What is sealed of a task of text alone. Where no history is to be kept, none is left behind. */
function textParts(
  tx: WriteDb,
  taskId: TaskId,
  { item, doc }: Prepared,
  guideline: GuidelineRow | undefined,
): Pick<SubmissionBody, 'text' | 'history'> {
  if (item === null) return { text: null, history: null };
  const rules = (guideline && guidelineFromRow(guideline).rules.text) ?? {};
  const logs = textLogs(tx, taskId);
  const sealed = sealedText(item, doc, logs, rules);
  if ((rules.history ?? 'full') !== 'full') {
    replaceTextLogs(
      tx,
      taskId,
      logs.map((log) => withoutHistory(log, item)),
    );
  }
  return sealed;
}

/** The reason written when nobody was asked for one: it is part of the ledger, so it is the same in every language. */
function supersededBecause(state: TaskState): string {
  return state === 'returned' ? 'revised after a return' : 'submitted again';
}

type MediaAndAnnotation = Pick<
  SubmissionBody,
  | 'media_name'
  | 'media_hash'
  | 'media_bytes'
  | 'media_size'
  | 'media_sound'
  | 'annotation'
  | 'annotation_hash'
  | 'object_counts'
>;

function describe(
  task: TaskWithRoot,
  { media, mediaHash, doc, docHash, annotation }: Prepared,
  { sound }: SubmitInput,
): MediaAndAnnotation {
  const { width, height, bytes } = media.info;
  return {
    media_name: task.name,
    media_hash: mediaHash,
    media_bytes: bytes,
    media_size: width === null || height === null ? null : { width, height },
    media_sound: soundAsCounted(media.info, sound),
    annotation,
    annotation_hash: docHash,
    object_counts: countByLabel(doc),
  };
}

/** What a recording is: what the window found by going through it, since its segments are counted in that, else what the file says. */
function soundAsCounted({ sound, format }: MediaInfo, found: SubmitInput['sound']): SoundInfo | null {
  if (found === undefined) return sound;
  return { codec: sound?.codec ?? format ?? 'unknown', ...found };
}
