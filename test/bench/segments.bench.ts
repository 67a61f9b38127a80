import { readFileSync } from 'node:fs';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import { proposeSegments } from '#shared/sound/propose.ts';
import { quietOfChannels, type Stretch } from '#shared/sound/silences.ts';
import { soundBreaches } from '#shared/rules/sound-breaches.rules.ts';
import { editDistance } from '#shared/rules/transcript-distance.rules.ts';
import { shapeOf } from '#test/support/canvas-shapes.ts';
import { cpuMs } from '#test/support/cpu-time.ts';
import { seeded } from '#test/support/seeded.ts';
import { testData } from '#test/support/test-data.ts';
import { levelsOf, readWav, type Recording } from '#test/support/wav-file.ts';
import type { BenchRow } from './bench-row.ts';
import { type SilenceKind, type SilenceScene, silenceScene } from './silence-scenes.ts';

/** What the defaults were chosen on, and what is told apart from that: clips that nobody looked at while choosing. */
const sets = {
  tuned: {
    meetings: ['trn01', 'trn03', 'trn04', 'trn05'],
    clips: [
      'libri-1088-134315-0000',
      'telephone8k/ru_basic-pbx-ivr-main',
      'telephone8k/ru_conf-adminmenu',
      'ami/trn05',
    ],
  },
  'held out': {
    meetings: ['trn06', 'trn07', 'trn08', 'trn09'],
    clips: [
      'librispeech-1995-1837-0001',
      'mandarin/aishell-BAC009S0724W0121',
      'telephone8k/ru_demo-instruct',
      'telephone8k/ru_demo-congrats',
      'praatio/mary',
      'ami/trn09',
    ],
  },
} as const;

const rules = { longestSegmentS: 10, longestInnerSilenceS: 0.5, shortestSegmentS: 0.3 };
const seeds = 5;
const noises = [null, 30, 20, 10, 5] as const;

/** Speech and non-speech of the proposals, against what the AMI corpus says, in frames of ten milliseconds. */
function meetingRows(folder: string, set: keyof typeof sets): BenchRow[] {
  const truth = readFileSync(`${folder}/ami/debug.train.rttm`, 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([kind]) => kind === 'SPEAKER')
    .map(([, file, , from, length]) => ({ file, from: Number(from), to: Number(from) + Number(length) }));
  let [frames, speech, missed, wrong] = [0, 0, 0, 0];
  for (const name of sets[set].meetings) {
    const { rate, channels } = readWav(`${folder}/ami/${name}.wav`);
    const levels = levelsOf(channels[0]!, rate);
    const [said, found] = [new Uint8Array(levels.length), new Uint8Array(levels.length)];
    for (const { file, from, to } of truth)
      if (file === name) said.fill(1, Math.round(from * 100), Math.round(to * 100));
    for (const { start, end } of proposedIn(levels, rate, channels[0]!.length)) {
      found.fill(1, Math.round((start / rate) * 100), Math.round((end / rate) * 100));
    }
    frames += levels.length;
    for (const [i, here] of said.entries()) {
      speech += here;
      if (here === 1 && found[i] === 0) missed += 1;
      if (here === 0 && found[i] === 1) wrong += 1;
    }
  }
  const row = (what: string, value: number): BenchRow => ({ name: `segments: AMI, ${set}: ${what}`, value, unit: '%' });
  return [
    row('frames that are wrong', (100 * (missed + wrong)) / frames),
    row('speech that was missed', (100 * missed) / speech),
    row('non-speech that was taken for speech', (100 * wrong) / (frames - speech)),
    row('speech among all frames', (100 * speech) / frames),
  ];
}

function proposedIn(levels: Float32Array, rate: number, frames: number): Stretch[] {
  return proposeSegments([levels], rate, frames, { rules, channel: null, tier: '' }).map(({ geometry }) => {
    if (geometry.type !== 'span') throw new Error('no span');
    return geometry;
  });
}

interface Tally {
  /** Inserted silences over the limit, and those of them found. */
  there: number;
  found: number;
  /** Breaches told, and those in which somebody is heard for more than a fifth of the time, or that are too short. */
  told: number;
  wrong: number;
  /** How far the edges of those found lie from the true ones, in ms. */
  off: number[];
  proposed: number;
  bad: number;
}

function tallied(scene: SilenceScene, tally: Tally): void {
  const { rate, samples, inserted, heard } = scene;
  const levels = levelsOf(samples, rate);
  const doc = {
    version: 1 as const,
    shapes: [shapeOf({ type: 'span', start: 0, end: samples.length, tier: '', channel: null })],
  };
  const quiet = quietOfChannels([levels], rate);
  const only = { longestInnerSilenceS: rules.longestInnerSilenceS };
  const breaches = soundBreaches({ doc, labels: [], rules: only, rate, frames: samples.length, quiet });
  const long = inserted.filter(({ start, end }) => end - start > rules.longestInnerSilenceS * rate);
  for (const silence of long) {
    tally.there += 1;
    const hit = breaches.find(({ at }) => common(at, silence) > 0.5 * (silence.end - silence.start));
    if (!hit) continue;
    tally.found += 1;
    for (const edge of ['start', 'end'] as const)
      tally.off.push((Math.abs(hit.at[edge] - silence[edge]) / rate) * 1000);
  }
  tally.told += breaches.length;
  tally.wrong += breaches.filter(({ at }) => {
    const within = heard.subarray(Math.round((at.start / rate) * 100), Math.round((at.end / rate) * 100));
    const spoken = within.filter((each) => each === 1).length;
    // A silence of no more than half a second is none to tell of; edges are right to ten milliseconds each.
    return spoken > 0.2 * within.length || within.length - spoken < 48;
  }).length;
  const proposed = proposedIn(levels, rate, samples.length);
  tally.proposed += proposed.length;
  tally.bad += proposed.filter(
    (segment) =>
      segment.end - segment.start > rules.longestSegmentS * rate ||
      long.some((silence) => common(silence, segment) > rules.longestInnerSilenceS * rate),
  ).length;
}

const common = (a: Stretch, b: Stretch): number => Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));

function silenceRows(folder: string, set: keyof typeof sets): BenchRow[] {
  const clips = sets[set].clips.map((name): Recording => readWav(`${folder}/${name}.wav`));
  return (['room', 'digital'] as SilenceKind[]).flatMap((kind) =>
    noises.flatMap((snr) => {
      const tally: Tally = { there: 0, found: 0, told: 0, wrong: 0, off: [], proposed: 0, bad: 0 };
      for (const clip of clips)
        for (let seed = 1; seed <= seeds; seed += 1) tallied(silenceScene(clip, seed, kind, snr), tally);
      const noise = snr === null ? 'as it is' : `speech ${snr} dB above noise`;
      const name = `segments: ${kind === 'room' ? 'room noise' : 'digital silence'} put in, ${noise}, ${set}`;
      const row = (what: string, value: number, unit: string): BenchRow => ({ name: `${name}: ${what}`, value, unit });
      return [
        row('silences over 0.5 s found', (100 * tally.found) / tally.there, '%'),
        row('breaches where somebody speaks', (100 * tally.wrong) / tally.told, '%'),
        row('how far the edges found lie off', tally.off.toSorted((a, b) => a - b)[tally.off.length >> 1] ?? 0, 'ms'),
        { ...row('proposals that break a rule', tally.bad, `of ${tally.proposed}`), budget: '0' },
      ];
    }),
  );
}

/** How long it takes: levels of a long recording, a stroke of a key among many segments, two long texts. */
function timeRows(): BenchRow[] {
  const random = seeded(1);
  const hours = Float32Array.from({ length: 4 * 3600 * 100 }, (_, i) =>
    Math.floor(i / 130) % 3 === 0 ? -60 + 3 * random() : -25 + 20 * (random() - 0.5),
  );
  const rate = 16_000;
  const text = () => Array.from({ length: 10_000 }, () => String.fromCodePoint(0x4e00 + Math.floor(3000 * random())));
  const [one, other] = [text(), text()];
  const shapes = Array.from({ length: 5000 }, (_, i) => ({
    ...shapeOf({ type: 'span', start: i * 40_000, end: i * 40_000 + 39_000, tier: '', channel: null }, 'valid'),
    text: '今天天气很好 <noise> 我们去公园',
  }));
  const asked: CheckableRules = {
    ...rules,
    longestGapS: 1,
    noOverlap: 'all',
    requireTranscript: true,
    tokens: [{ text: '<noise>' }],
  };
  const quiet = quietOfChannels([hours], rate);
  const checked = (turn: number) => {
    const doc = { version: 1 as const, shapes: shapes.with(turn, { ...shapes[turn]!, text: `${turn}` }) };
    return soundBreaches({ doc, labels: noLabels, rules: asked, rate, frames: 200_000_000, quiet });
  };
  const row = (name: string, budget: string, work: (turn: number) => void): BenchRow => {
    for (let turn = 0; turn < 5; turn += 1) work(turn);
    const times = Array.from({ length: 9 }, (_, turn) => cpuMs(() => work(turn + 5))).sort((a, b) => a - b);
    return { name: `segments: ${name}, processor time`, value: times[4]!, unit: 'ms', budget };
  };
  return [
    row('propose for 4 h of levels', '300 ms', () => proposedIn(hours, rate, hours.length * 160)),
    row('every breach of 5,000 segments after a stroke of a key', '5 ms', checked),
    row('edit distance of 10,000 characters', '50 ms', () => editDistance(one, other)),
  ];
}

const noLabels: LabelSet = [];

/** Silence and proposals against what is known to be true. */
export async function run(): Promise<BenchRow[]> {
  const folder = testData('audio');
  const times = timeRows();
  if (folder === null) return times;
  const truth = (['tuned', 'held out'] as const).flatMap((set) => [
    ...meetingRows(folder, set),
    ...silenceRows(folder, set),
  ]);
  return [...times, ...truth];
}
