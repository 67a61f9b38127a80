import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '#shared/domain/json.ts';
import {
  machineAgreement,
  machineCorrections,
  type JudgedTask,
  type ProposalCounts,
  sameAnswer,
} from '#shared/metrics/machine.metric.ts';

const before = (judgement: Json, machineAnswer: Json = null) => ({ beforeMachine: true, judgement, machineAnswer });
const after = (judgement: Json, machineAnswer: Json = null) => ({ beforeMachine: false, judgement, machineAnswer });
const nothing: ProposalCounts = {
  ...{ proposed: 0, accepted: 0, corrected: 0, rejected: 0, undecided: 0, byHand: 0, labelsChanged: 0 },
  ...{ iouMillionths: 0, iouKnown: 0, movedMilliPx: 0, movedKnown: 0 },
  ...{ shiftedMicros: 0, shiftedKnown: 0, transcriptCharacters: 0, transcriptEdits: 0 },
};
const counts = (over: Partial<ProposalCounts>): ProposalCounts => ({ ...nothing, ...over });

describe('agreement with the machine', () => {
  it('is told apart before and after its answer was seen', () => {
    const tasks: JudgedTask[] = [
      // Held to their own word; came round; agreed from the start; the answer is not known.
      { judgements: [before('yes'), after('yes', 'no')], final: null },
      { judgements: [before('yes'), after('no', 'no')], final: null },
      { judgements: [before('no', 'no')], final: null },
      { judgements: [before('yes')], final: null },
    ];
    expect(machineAgreement(tasks)).toEqual({
      before: { of: 1, all: 3 },
      after: { of: 1, all: 2 },
      cameRound: { of: 1, all: 2 },
      final: { of: 0, all: 0 },
    });
  });

  it('asks of the last submission whether it took the proposals whole', () => {
    const judgements = [before('a')];
    const whole = counts({ proposed: 3, accepted: 3 });
    const tasks = [whole, counts({ proposed: 3, accepted: 2, corrected: 1 }), { ...whole, byHand: 1 }, null];
    expect(machineAgreement(tasks.map((final) => ({ judgements, final }))).final).toEqual({ of: 1, all: 3 });
  });

  it('knows an answer by what it says', () => {
    expect(sameAnswer(' a  b\n', 'a b')).toBe(true);
    expect(sameAnswer({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
    expect(sameAnswer('1', 1)).toBe(false);
  });
});

const some = fc.record(
  Object.fromEntries(Object.keys(nothing).map((name) => [name, fc.nat(1000)])) as {
    [K in keyof ProposalCounts]: fc.Arbitrary<number>;
  },
);

describe('corrections of proposals', () => {
  it('say that the machine was right in 61 of 88', () => {
    const { right } = machineCorrections([
      counts({ proposed: 60, accepted: 41, corrected: 19 }),
      counts({ proposed: 30, accepted: 20, rejected: 8, undecided: 2 }),
    ]);
    expect(right).toEqual({ of: 61, all: 88 });
  });

  it('add up in any order and in any parts', () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), fc.nat(12), (all, cut) => {
        const whole = machineCorrections(all);
        expect(machineCorrections(all.toReversed())).toEqual(whole);
        const parts = [machineCorrections(all.slice(0, cut)), machineCorrections(all.slice(cut))];
        expect(machineCorrections(parts)).toEqual(whole);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('know no mean of nothing', () => {
    const none = { meanIouMillionths: null, meanMovedMilliPx: null, meanShiftedMicros: null };
    expect(machineCorrections([nothing])).toMatchObject({ ...none, transcripts: { of: 0, all: 0 } });
  });

  it('tell of speech how far boundaries moved, and how much of the transcripts is the worker’s', () => {
    const heard = counts({ shiftedMicros: 250_000, shiftedKnown: 2, transcriptCharacters: 90, transcriptEdits: 12 });
    const silent = counts({ transcriptCharacters: 10 });
    expect(machineCorrections([heard, silent])).toMatchObject({
      meanShiftedMicros: 125_000,
      transcripts: { of: 12, all: 100 },
    });
  });
});
