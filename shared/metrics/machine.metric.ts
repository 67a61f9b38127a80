import type { Json } from '../domain/json.ts';
import { canonicalJson } from '../proofs/canonical.ts';

/** Part and whole of a share, both counted; never a rounded ratio. */
export interface Share {
  of: number;
  all: number;
}

/** A judgement as it was sealed; what was erased, and an answer that is not known, is null. */
export interface SealedJudgement {
  beforeMachine: boolean;
  judgement: Json;
  machineAnswer: Json;
}

/** What became of a machine's proposals in one submission. All counted in objects. */
export interface ProposalCounts {
  proposed: number;
  accepted: number;
  corrected: number;
  rejected: number;
  undecided: number;
  byHand: number;
  labelsChanged: number;
  /** Of corrected objects: intersection over union with the proposal in millionths, summed, and of how many it is known. */
  iouMillionths: number;
  iouKnown: number;
  /** The side that moved farthest, in thousandths of a pixel, summed, and of how many it is known. */
  movedMilliPx: number;
  movedKnown: number;
  /** Of segments of sound: the boundary that moved farthest, in microseconds, summed, and of how many it is known. */
  shiftedMicros: number;
  shiftedKnown: number;
  /** Transcripts made from a machine's: characters (graphemes) that stand in the end, and how many had to be put in, taken out or exchanged. */
  transcriptCharacters: number;
  transcriptEdits: number;
}

/** A task on which the worker judged for themselves, in the order of sealing, with what was submitted last. */
export interface JudgedTask {
  judgements: readonly SealedJudgement[];
  final: ProposalCounts | null;
  /** Of a task of text: what was submitted last, in the form its machine's answer has; null where it says nothing to that. */
  finalAnswer?: Json;
}

export interface MachineAgreement {
  /** Tasks judged before the machine's answer was seen whose first judgement is the machine's answer / such tasks with a known answer. */
  before: Share;
  /** Tasks judged (again) after it was seen whose last judgement is the machine's answer / such tasks with a known answer. */
  after: Share;
  /** Tasks judged before and after that changed from another answer to the machine's / those that differed before. */
  cameRound: Share;
  /**
   * Judged tasks whose last submission took every proposal as it was and added nothing, or gives the machine's answer / judged tasks submitted
   * with proposals or with an answer where the machine's is known.
   */
  final: Share;
}

/**
 * How often the worker and the machine agree, before and after the machine's answer was seen. The answer compared with is the last one known of
 * the task: a judgement sealed before it was shown names none. Tasks without a known answer are in no share.
 */
export function machineAgreement(tasks: Iterable<JudgedTask>): MachineAgreement {
  const shares = { before: none(), after: none(), cameRound: none(), final: none() };
  for (const { judgements, final, finalAnswer = null } of tasks) {
    if (final !== null) count(shares.final, final.accepted === final.proposed && final.byHand === 0);
    const answer = judgements.findLast(({ machineAnswer }) => machineAnswer !== null)?.machineAnswer ?? null;
    if (answer === null) continue;
    if (final === null && finalAnswer !== null) count(shares.final, sameAnswer(finalAnswer, answer));
    const agrees = (sealed: SealedJudgement) => sameAnswer(sealed.judgement, answer);
    const first = judgements.find(({ beforeMachine, judgement }) => beforeMachine && judgement !== null);
    const last = judgements.findLast(({ beforeMachine, judgement }) => !beforeMachine && judgement !== null);
    if (first !== undefined) count(shares.before, agrees(first));
    if (last !== undefined) count(shares.after, agrees(last));
    if (first !== undefined && last !== undefined && !agrees(first)) count(shares.cameRound, agrees(last));
  }
  return shares;
}

const none = (): Share => ({ of: 0, all: 0 });

function count(share: Share, is: boolean): void {
  share.all += 1;
  if (is) share.of += 1;
}

/** Whether two answers are the same: texts but for white space and Unicode form, anything else as canonical JSON. */
export function sameAnswer(one: Json, other: Json): boolean {
  if (typeof one === 'string' && typeof other === 'string') return plain(one) === plain(other);
  return canonicalJson(one) === canonicalJson(other);
}

const plain = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

export interface MachineCorrections extends ProposalCounts {
  /** Proposals taken as they were / proposals decided about: "the machine was right in 61 of 88". */
  right: Share;
  /** Mean intersection over union of corrected objects with their proposals, in millionths; null where none is known. */
  meanIouMillionths: number | null;
  /** Mean of the side that moved farthest, in thousandths of a pixel; null where none is known. */
  meanMovedMilliPx: number | null;
  /** Mean of the boundary that moved farthest, in microseconds; null where none is known. */
  meanShiftedMicros: number | null;
  /** The machine's character error rate: characters changed / characters that stand in the end; more than one where it wrote far too much. */
  transcripts: Share;
}

/** How often and how far the worker corrected the machine: counts of the last submission of each task, added up. */
export function machineCorrections(submissions: Iterable<ProposalCounts>): MachineCorrections {
  const sum: ProposalCounts = {
    proposed: 0,
    accepted: 0,
    corrected: 0,
    rejected: 0,
    undecided: 0,
    byHand: 0,
    labelsChanged: 0,
    iouMillionths: 0,
    iouKnown: 0,
    movedMilliPx: 0,
    movedKnown: 0,
    shiftedMicros: 0,
    shiftedKnown: 0,
    transcriptCharacters: 0,
    transcriptEdits: 0,
  };
  const names = Object.keys(sum) as (keyof ProposalCounts)[];
  for (const counts of submissions) for (const name of names) sum[name] += counts[name];
  return {
    ...sum,
    right: { of: sum.accepted, all: sum.accepted + sum.corrected + sum.rejected },
    meanIouMillionths: mean(sum.iouMillionths, sum.iouKnown),
    meanMovedMilliPx: mean(sum.movedMilliPx, sum.movedKnown),
    meanShiftedMicros: mean(sum.shiftedMicros, sum.shiftedKnown),
    transcripts: { of: sum.transcriptEdits, all: sum.transcriptCharacters },
  };
}

const mean = (sum: number, known: number) => (known === 0 ? null : Math.round(sum / known));
