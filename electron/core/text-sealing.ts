import { createHash } from 'node:crypto';
import { AppError } from '#shared/contract/errors.ts';
import type { AnnotationDoc } from '#shared/domain/annotation.ts';
import type { SubmissionBody } from '#shared/domain/entry-kinds.ts';
import type { Json } from '#shared/domain/json.ts';
import type { TextAnswer, TextItem, TextRules } from '#shared/domain/text.ts';
import { sameAnswer } from '#shared/metrics/machine.metric.ts';
import { comparedJudgements, judgementOf } from '#shared/rules/judgement-form.rules.ts';
import { draftEdits } from '#shared/text/draft-edits.ts';
import { editFigures } from '#shared/text/edit-figures.ts';
import { decodeEdits, encodeEdits, textAfter, type Edit } from '#shared/text/edit-log.ts';
import { historyBytes } from '#shared/text/history-file.ts';
import { textBefore } from '#shared/text/text-fields.ts';
import { textLengths } from '#shared/text/text-lengths.ts';
import type { TextLog } from '#electron/repositories/texts.repository.ts';

/** What a submission keeps of a task of text beside its answer. */
export interface SealedText {
  text: NonNullable<SubmissionBody['text']>;
  history: SubmissionBody['history'];
}

/**
 * What is sealed of a task of text.
 * @throws AppError `drafts/unreadable` when an edit log is damaged
 */
export function sealedText(item: TextItem, doc: AnnotationDoc, logs: readonly TextLog[], rules: TextRules): SealedText {
  const answer = doc.answer ?? {};
  const written = writtenText(answer);
  return {
    text: {
      kind: item.kind,
      refused: answer.refused?.reason ?? null,
      counts: written === '' || answer.refused ? null : textLengths(written),
      edits: item.kind === 'correct' && !answer.refused ? editsOfDraft(item, answer) : null,
    },
    history: sealedHistory(item, logs, rules.history ?? 'full'),
  };
}

/** What is sealed as a judgement together with a submission. */
export interface JudgementWith {
  judgement: Json;
  before_machine: boolean;
  machine_answer: Json;
}

/**
 * The judgement a submission brings with it: the own one where the machine was not heard before, the change of mind where another was sealed;
 * null where there is nothing to add. `sealed` are the judgements of the task so far, `unseen` says that the machine's answer was not shown.
 */
export function judgementWith(
  item: TextItem,
  doc: AnnotationDoc,
  sealed: readonly Json[],
  unseen: boolean,
): JudgementWith | null {
  if (item.machine === null) return null;
  const judgement = judgementOf(doc);
  const before = sealed.at(-1);
  if (before === undefined) return unseen ? { judgement, before_machine: true, machine_answer: item.machine } : null;
  return sameMind(item, before, judgement) ? null : { judgement, before_machine: false, machine_answer: item.machine };
}

/** Whether two judgements say the same to what the machine answered; a reason written since is no change of mind. */
function sameMind(item: TextItem, before: Json, now: Json): boolean {
  const [one, other] = [comparedJudgements(item, before, item.machine), comparedJudgements(item, now, item.machine)];
  return one && other ? sameAnswer(one.own, other.own) : sameAnswer(before, now);
}

/** The answer with its texts as they stand in the edit logs, which are ahead of it until it is sealed. @throws AppError `drafts/unreadable` */
export function answerAsWritten(item: TextItem, doc: AnnotationDoc, logs: readonly TextLog[]): TextAnswer {
  const texts = new Map(logs.map(({ field, bytes }) => [field, textOf(readLog(bytes), textBefore(item, field))]));
  const answer: TextAnswer = { ...doc.answer };
  const text = texts.get('answer');
  if (text !== undefined && text !== '') answer.text = text;
  const reason = texts.get('reason');
  if (reason !== undefined && reason !== '') answer.reason = reason;
  if (answer.turns) {
    answer.turns = answer.turns.map((turn, place) => ({
      ...turn,
      content: texts.get(`turn.${place}`) ?? turn.content,
    }));
  }
  return answer;
}

/** Everything the worker wrote as an answer: the text, or their own turns. */
function writtenText({ text, turns = [] }: TextAnswer): string {
  return text ?? turns.flatMap(({ role, content }) => (role === 'user' ? [content] : [])).join('\n');
}

function editsOfDraft(item: TextItem, { text }: TextAnswer): number {
  const draft = textBefore(item, 'answer');
  return draftEdits(draft, text ?? draft).edits;
}

function sealedHistory(
  item: TextItem,
  logs: readonly TextLog[],
  kept: NonNullable<TextRules['history']>,
): SealedText['history'] {
  if (kept === 'off' || logs.length === 0) return null;
  const figures = logs.map(({ field, bytes }) => figuresOf(readLog(bytes), textBefore(item, field)));
  const sum = (name: keyof (typeof figures)[number]) => figures.reduce((all, each) => all + each[name], 0);
  const file = kept === 'full' ? historyBytes(logs) : null;
  return {
    hash: file && createHash('sha256').update(file).digest('hex'),
    bytes: file?.length ?? 0,
    active_ms: sum('active_ms'),
    typed: sum('typed'),
    pasted: sum('pasted'),
    removed: sum('removed'),
    pastes: sum('pastes'),
    revisions: sum('revisions'),
  };
}

/** A log that gives the same text and says nothing of how it came to be. @throws AppError `drafts/unreadable` */
export function withoutHistory({ field, bytes }: TextLog, item: TextItem): TextLog {
  const before = textBefore(item, field);
  const edits = readLog(bytes);
  const text = textOf(edits, before);
  if (text === before) return { field, bytes: Buffer.alloc(0) };
  const whole = { at: 0, from: 0, removed: before.length, inserted: text, how: 'program' } as const;
  return { field, bytes: Buffer.from(encodeEdits([whole]).bytes) };
}

const textOf = (edits: Edits, before: string) => readable(() => textAfter(edits, before));
const figuresOf = (edits: Edits, before: string) => readable(() => editFigures(edits, before));
const readLog = (bytes: Uint8Array) => readable(() => decodeEdits(bytes).edits);

type Edits = readonly Edit[];

/** What is read of a log. @throws AppError `drafts/unreadable` when it is damaged */
function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new AppError('drafts/unreadable', { problem: (error as Error).message });
  }
}
