import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAnnotationSet, type ReadSet } from '#electron/core/annotation-reading.ts';
import { convertSet, formatOfOutput } from '#electron/core/convert-set.ts';
import type { AnnotationFormat } from '#shared/codecs/annotation-formats.ts';
import { seeded } from '#test/support/seeded.ts';
import { nextShapeId } from '#test/support/codec-files.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { testData } from '#test/support/test-data.ts';

let out: ReturnType<typeof tempDir>;
beforeEach(() => {
  out = tempDir();
});
afterEach(() => out.remove());

const convert = (
  input: string,
  output: string,
  to: AnnotationFormat,
  more: Partial<Parameters<typeof convertSet>[0]> = {},
) => convertSet({ input, output, from: null, to, media: null, overwrite: false, answers: {}, choices: {}, ...more });

const read = (
  path: string,
  more: { format?: AnnotationFormat; answers?: Record<string, string> } = {},
): Promise<ReadSet> =>
  readAnnotationSet(path, {
    ...more,
    modality: 'audio',
    newId: nextShapeId,
    imageSize: () => Promise.resolve(null),
    soundOf: () => Promise.resolve(null),
    signal: new AbortController().signal,
    progress: () => {},
  });

const spansOf = ({ parsed }: ReadSet) =>
  parsed.items.flatMap(({ shapes, proposals = [] }) =>
    [...shapes, ...proposals].flatMap(({ geometry, text }) =>
      geometry.type === 'span' ? [{ ...geometry, text }] : [],
    ),
  );

/** Speakers of each recording: one called alike in two may be two. */
const speakersOf = ({ parsed }: ReadSet): number =>
  new Set(
    parsed.items.flatMap(({ name, shapes }) =>
      shapes.map(({ geometry }) => `${name} ${geometry.type === 'span' ? geometry.tier : ''}`),
    ),
  ).size;

const lossOf = ({ loss }: ReadSet, what: string): number => loss.find((one) => one.what === what)?.count ?? 0;

it.each([
  ['/x/a.TextGrid', 'textgrid'],
  ['/x/a.eaf', 'eaf'],
  ['/x/a.srt', 'srt'],
  ['/x/a.rttm', 'rttm'],
  ['/x/a.csv', 'segments-csv'],
  ['/x/whisper', 'whisper'],
  ['/x/label-studio-audio.json', 'label-studio-audio'],
  ['/x/leaf/a', null],
])('takes %s for %s', (path, format) => {
  expect(formatOfOutput(path)).toBe(format);
});

const annotations = testData('annotations');

describe.skipIf(annotations === null)('files by other tools', () => {
  const at = (path: string) => testData(path)!;

  // Counts are those of the data's own list of sources.
  it.each([
    ['annotations/textgrid/bobby_words_with_newlines.TextGrid', 'textgrid', { '"word"': 4, phrase: 1, '': 4 }],
    ['annotations/textgrid/bobby_words_with_newlines_longfile.TextGrid', 'textgrid', { '"word"': 4, phrase: 1, '': 4 }],
    ['annotations/textgrid/mary.TextGrid', 'textgrid', { phone: 14, word: 4, pitch: 4 }],
    ['annotations/textgrid/mary_longfile.TextGrid', 'textgrid', { phone: 14, word: 4, pitch: 4 }],
    ['annotations/textgrid/textgrid_to_merge.TextGrid', 'textgrid', { bob: 4, mary: 4, sarah: 3 }],
    [
      'annotations/textgrid/all_tiers_have_the_same_name.TextGrid',
      'textgrid',
      { Mary: 1, 'Mary (2)': 1, 'Mary (3)': 1 },
    ],
    ['annotations/audacity/trn08_labels.txt', 'audacity', { '': 16 }],
    ['annotations/subtitles/subsrt_sample.srt', 'srt', { '': 5 }],
    ['annotations/subtitles/subsrt_sample.vtt', 'vtt', { '': 5 }],
    ['annotations/subtitles/webvttpy_invalid_timeframe.srt', 'srt', { '': 5 }],
    ['annotations/rttm_ctm/md_test10.ref.rttm', 'rttm', { spkr1r: 1 }],
  ] as const)('reads %s as %s, tier by tier', async (path, format, tiers) => {
    const set = await read(at(path));
    expect(set.format).toBe(format);
    expect(set.failed).toEqual([]);
    const counts: Record<string, number> = {};
    for (const { tier } of spansOf(set)) counts[tier] = (counts[tier] ?? 0) + 1;
    expect(counts).toEqual(tiers);
  });

  it.each([
    ['annotations/textgrid/bobby_words_with_newlines_longfile.TextGrid', [6, 3, 4]],
    ['annotations/textgrid/mary_longfile.TextGrid', [16, 6, 4]],
    ['annotations/textgrid/all_tiers_have_the_same_name.TextGrid', [3, 3, 3]],
  ] as const)('reads every interval of %s where gaps are asked for', async (path, counts) => {
    const set = await read(at(path), { answers: { 'empty-intervals': 'segments' } });
    const tiers = Map.groupBy(spansOf(set), ({ tier }) => tier);
    expect([...tiers.values()].map((all) => all.length)).toEqual(counts);
  });

  it.each([
    ['audio/ami/debug.train.rttm', 77, 31],
    ['audio/long/long_open_mix.rttm', 806, null],
    ['annotations/rttm_ctm/asclite__testfiles__generic-1.rttm', 3, 2],
    ...[3, 4, 4, 3, 3, 4, 1, 2, 1, 1].map(
      (n, i) => [`annotations/rttm_ctm/md_test${i + 1}.ref.rttm`, n, i === 9 ? 1 : n] as const,
    ),
  ] as const)('reads the turns and speakers of %s', async (path, turns, speakers) => {
    const set = await read(at(path));
    expect([set.format, set.failed]).toEqual(['rttm', []]);
    const spans = spansOf(set);
    expect(spans).toHaveLength(turns);
    if (speakers !== null) expect(speakersOf(set)).toBe(speakers);
  });

  it('keeps speakers whose names are not ASCII, and lines of other types', async () => {
    expect(spansOf(await read(at('audio/ami/debug.train.rttm'))).some(({ tier }) => tier === 'MÉO069')).toBe(true);
    const output = join(out.path, 'again.rttm');
    const path = at('annotations/rttm_ctm/asclite__testfiles__generic-1.rttm');
    await convert(path, output, 'rttm');
    const others = (text: string) =>
      text
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('SPEAKER'))
        .sort();
    expect(others(readFileSync(output, 'utf8'))).toEqual(others(readFileSync(path, 'utf8')));
  });

  it.each([
    ['asclite__testfiles__basic.ctm', 38],
    ['asclite__testfiles__isgbug-fail.ctm', 2],
    ['asclite__testfiles__isgbug-work.ctm', 1],
    ['doc__images_ref.ctm', 336],
    ['lhotse_supervision.ctm', 5],
  ])('reads the words of %s', async (name, words) => {
    const path = at(`annotations/rttm_ctm/${name}`);
    const single = await read(path, { answers: { pause: 'word' } });
    expect([single.format, single.failed]).toEqual(['ctm', []]);
    // Lines that say where alternatives begin and end are no words, and are counted.
    const marks = single.parsed.items.length > 0 ? lossOf(single, 'other-row') : 0;
    expect(spansOf(single).length + marks).toBe(words);
    // Together they say the same words, and go back with their own times.
    const grouped = await read(path);
    expect(spansOf(grouped).flatMap(({ text }) => text!.split(' '))).toHaveLength(words - marks);
    const output = join(out.path, 'again.ctm');
    const { loss } = await convert(path, output, 'ctm');
    expect(loss.filter(({ what }) => what === 'words' || what === 'text-changed')).toEqual([]);
    const rows = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.startsWith(';;') && !line.includes(' * * '))
        .map((line) => line.trim().split(/\s+/).slice(2).join(' '))
        .sort();
    expect(rows(readFileSync(output, 'utf8'))).toEqual(rows(readFileSync(path, 'utf8')));
  });

  it('reads the same from the long and the short form of a TextGrid', async () => {
    const [short, long] = await Promise.all(
      ['', '_longfile'].map((form) => read(at(`annotations/textgrid/bobby_words_with_newlines${form}.TextGrid`))),
    );
    // The two files differ in the texts of their points alone.
    const intervals = (set: ReadSet) => spansOf(set).filter(({ start, end }) => start < end);
    expect(intervals(short!)).toEqual(intervals(long!));
    expect(spansOf(long!)).toHaveLength(9);
    expect(spansOf(short!)[0]!.text).toBe('"""BOBBY"""\nNoun');
    const utf16 = spansOf(await read(at('annotations/textgrid/mary_longfile.TextGrid')));
    expect(utf16.slice(0, 2).map(({ text }) => text)).toEqual(['m', 'ə']);
  });

  it('reads ELAN as a peer does, references with the time of what they refer to', async () => {
    const set = await read(at('annotations/elan/test.eaf'));
    expect(set.failed).toEqual([]);
    const rows = readFileSync(at('annotations/elan/test.eaf.tsv'), 'utf8').trim().split('\n');
    const expected = rows.map((row) => {
      const [tier, , start, end, , text] = row.split('\t').map((cell) => cell.slice(1, -1).replaceAll('""', '"'));
      return { tier, start: Math.round(Number(start) * 1e6), end: Math.round(Number(end) * 1e6), text };
    });
    expect(expected).toHaveLength(43);
    expect(spansOf(set).map(({ tier, start, end, text }) => ({ tier, start, end, text }))).toEqual(expected);
    expect(set.parsed.items[0]!.name).toBe('test.wav');
  });

  it('writes ELAN back with its references, participants and types', async () => {
    const output = join(out.path, 'again.eaf');
    const path = at('annotations/elan/test.eaf');
    const { loss } = await convert(path, output, 'eaf');
    expect(loss).toEqual([{ what: 'sound-unknown', count: 1 }]);
    const [before, after] = [readFileSync(path, 'utf8'), readFileSync(output, 'utf8')];
    const count = (text: string, what: RegExp) => [...text.matchAll(what)].length;
    for (const what of [
      /<REF_ANNOTATION/g,
      /<ALIGNABLE_ANNOTATION/g,
      /PARTICIPANT="P001"/g,
      /<LINGUISTIC_TYPE\b/g,
      /<TIER\b/g,
      /<CONSTRAINT\b/g,
    ])
      expect([what.source, count(after, what)]).toEqual([what.source, count(before, what)]);
    expect(after).toContain('<PROPERTY NAME="lastUsedAnnotationId">57</PROPERTY>');
    expect(spansOf(await read(output))).toEqual(spansOf(await read(path)));
  });

  it('reads regions of Label Studio and what is said of the whole recording', async () => {
    const set = await read(at('annotations/labelstudio/lsf_audio_regions__annotations__1.json'));
    expect([set.format, set.failed]).toEqual(['label-studio-audio', []]);
    const [item] = set.parsed.items;
    expect(item!.name).toMatch(/barradeen-emotional\.mp3$/);
    expect(item!.shapes.map(({ label }) => label)).toEqual(['Beat', 'Other']);
    const output = join(out.path, 'again.json');
    await convert(at('annotations/labelstudio/lsf_audio_regions__annotations__1.json'), output, 'label-studio-audio');
    const [task] = JSON.parse(readFileSync(output, 'utf8')) as {
      annotations: { result: { type: string; id: string }[] }[];
    }[];
    expect(task!.annotations[0]!.result.map(({ type, id }) => `${type} ${id}`).sort()).toEqual([
      'choices hIj6zg57SY',
      'labels JhxupEJWlW',
      'labels SsGrpVgy_C',
    ]);
  });

  it('comes to no harm by bytes that are changed or missing', { timeout: 120_000 }, async () => {
    const some = [
      ...['textgrid/mary_longfile.TextGrid', 'textgrid/bobby_words_with_newlines.TextGrid', 'elan/test.eaf'],
      ...['audacity/trn08_labels.txt', 'subtitles/subsrt_sample.srt', 'subtitles/subsrt_sample.vtt'],
      ...['rttm_ctm/md_test4.ref.rttm', 'rttm_ctm/asclite__testfiles__basic.ctm'],
      'labelstudio/lsf_audio_regions__annotations__1.json',
    ];
    const random = seeded(7);
    let refused = 0;
    for (const name of some) {
      const whole = readFileSync(at(`annotations/${name}`));
      const format = (await read(at(`annotations/${name}`))).format;
      for (let i = 0; i < 25; i += 1) {
        const bytes = Buffer.from(i % 2 === 0 ? whole.subarray(0, Math.floor(random() * whole.length)) : whole);
        for (let flips = i % 5; flips > 0 && bytes.length > 0; flips -= 1)
          bytes[Math.floor(random() * bytes.length)]! ^= 1 << Math.floor(random() * 8);
        const path = join(out.path, name.slice(name.lastIndexOf('/') + 1));
        writeFileSync(path, bytes);
        const result = await read(path, { format }).catch((error: unknown) => error);
        if (result instanceof Error) {
          refused += 1;
          expect(result).toMatchObject({
            code: 'imports/unreadable',
            details: { problem: expect.any(String) as string },
          });
        }
      }
    }
    expect(refused).toBeGreaterThan(30);
  });

  it('refuses a TextGrid that ends within a character, with the line', async () => {
    await expect(read(at('annotations/malformed/textgrid_truncated_utf16.TextGrid'))).rejects.toMatchObject({
      code: 'imports/unreadable',
      details: { place: expect.stringMatching(/^line \d{2,}$/) as string, problem: 'not-utf-16' },
    });
  });

  it('takes the good line of a bad RTTM and tells the others, each with its line and reason', async () => {
    const set = await read(at('annotations/malformed/rttm_bad.rttm'));
    expect(spansOf(set)).toMatchObject([{ start: 0, end: 1_000_000, tier: 'A' }]);
    expect(set.failed).toEqual([
      { where: 'line 2', why: 'time-negative' },
      { where: 'line 3', why: 'field-wrong' },
      { where: 'line 4', why: 'columns-wrong' },
    ]);
  });

  it('takes the cues of a WebVTT that have times and tells the one that has none', async () => {
    const set = await read(at('annotations/subtitles/webvttpy_missing_timeframe.vtt'));
    expect(spansOf(set)).toHaveLength(6);
    expect(set.failed).toEqual([{ where: 'line 6', why: 'time-missing' }]);
  });

  it('takes rate and length from the recordings, so that times are whole frames', async () => {
    const output = join(out.path, 'set.csv');
    const { items, objects, loss } = await convert(at('audio/ami/debug.train.rttm'), output, 'segments-csv', {
      media: at('audio/ami'),
    });
    expect([items, objects]).toEqual([10, 77]);
    // Two of them are not in the folder.
    expect(loss).toEqual([{ what: 'sound-unknown', count: 2 }]);
    const rows = readFileSync(output, 'utf8').split('\r\n');
    expect(rows.find((row) => row.startsWith('trn01.wav'))).toMatch(/,16000,480001,1,person,/);
  });

  /** Converts along formats, each from what the one before wrote; answers what each lost. */
  async function along(start: string, media: string, chain: readonly AnnotationFormat[]) {
    let [input, from] = [start, null as AnnotationFormat | null];
    const lost: Record<string, number>[] = [];
    for (const [i, to] of chain.entries()) {
      const output = join(out.path, `${i}-${to}`);
      const { failed, loss } = await convert(input, output, to, { media, from, choices: { overlaps: 'keep' } });
      expect([to, failed]).toEqual([to, []]);
      lost.push(Object.fromEntries(loss.map(({ what, count }) => [what, count])));
      [input, from] = [output, to];
    }
    return { end: input, from: from!, lost };
  }

  it('carries a TextGrid through every format that holds words and tiers, to the frame', async () => {
    const media = at('audio/praatio');
    const start = at('annotations/textgrid/mary_longfile.TextGrid');
    const chain = [
      'eaf',
      'segments-csv',
      'audacity',
      'whisper',
      'label-studio-audio',
      'segments-jsonl',
      'textgrid',
    ] as const;
    // The recording is named otherwise than the grid.
    const input = join(out.path, 'mary.TextGrid');
    writeFileSync(input, readFileSync(start));
    const first = await readWith(input, media, 'textgrid');
    expect(spansOf(first)).toHaveLength(22);
    expect(first.parsed.items[0]!.sound).toEqual({ rate: 48_000, frames: 89_745, channels: 1 });
    const { end, lost } = await along(input, media, chain);
    expect(placed(await readWith(end, media, 'textgrid'))).toEqual(placed(first));
    // Points become a millisecond to others than us in ELAN; what a format kept of its own is left behind.
    for (const { field: _, moment: __, ...others } of lost) expect(others).toEqual({});
    expect(lost[0]!['moment']).toBe(4);

    const turns = await along(end, media, ['rttm', 'srt']);
    expect(turns.lost[0]).toEqual({ text: 22 });
    expect(turns.lost[1]).toMatchObject({ moment: 4, 'empty-text': 22 });
  });

  it('carries turns through formats of turns, to the frame, and counts what subtitles round', async () => {
    const media = at('audio/ami');
    const start = at('audio/ami/debug.train.rttm');
    const first = await readWith(start, media, 'rttm');
    const { end, lost } = await along(start, media, ['eaf', 'segments-csv', 'ctm', 'rttm']);
    expect(placed(await readWith(end, media, 'rttm'))).toEqual(placed(first));
    const vtt = await along(end, media, ['vtt']);
    const rounded = await readWith(vtt.end, media, 'vtt');
    expect(spansOf(rounded)).toHaveLength(77);
    const near = placed(rounded).map(({ start: from }, i) => Math.abs(from - placed(first)[i]!.start));
    expect(Math.max(...near)).toBeLessThanOrEqual(8);
    // Each turn is without words, and speakers overlap in none of their own tiers.
    expect(lost.map(({ 'empty-text': empty = 0 }) => empty)).toEqual([0, 0, 77, 0]);
    expect(vtt.lost[0]!['empty-text']).toBe(77);
  });

  async function readWith(path: string, media: string, format: AnnotationFormat): Promise<ReadSet> {
    const output = join(out.path, `${nextShapeId()}.jsonl`);
    await convert(path, output, 'segments-jsonl', { media, from: format });
    return read(output);
  }
});

/** Where segments lie and what they say, in order. */
const placed = (set: ReadSet) =>
  set.parsed.items
    .flatMap(({ name, shapes }) =>
      shapes.flatMap(({ geometry, text = '' }) =>
        geometry.type === 'span' ? [{ name, tier: geometry.tier, start: geometry.start, end: geometry.end, text }] : [],
      ),
    )
    .sort((a, b) => order(a.name, b.name) || order(a.tier, b.tier) || a.start - b.start || a.end - b.end);
const order = (a: string, b: string) => (a < b ? -1 : Number(a > b));

describe('one recording', () => {
  const srt = '1\n00:00:00,500 --> 00:00:02,000\nAnn: Hello\n\n2\n00:00:02,000 --> 00:00:03,250\nBen: 你好\n';

  it('is written to the file that is named, where a format has one for each', async () => {
    const input = join(out.path, 'talk.srt');
    writeFileSync(input, srt);
    const output = join(out.path, 'out.TextGrid');
    expect(await convert(input, output, 'textgrid')).toMatchObject({ from: 'srt', items: 1, objects: 2 });
    expect(spansOf(await read(output))).toMatchObject([
      { tier: 'Ann', start: 500_000, end: 2_000_000, text: 'Hello' },
      { tier: 'Ben', start: 2_000_000, end: 3_250_000, text: '你好' },
    ]);
  });

  it('becomes subtitles from what a machine said of it, and tells that its scores are gone', async () => {
    const input = join(out.path, 'talk.json');
    const segments = [{ id: 0, start: 0.5, end: 2, text: ' Hello', avg_logprob: -0.1 }];
    writeFileSync(input, JSON.stringify({ text: ' Hello', language: 'en', segments }));
    const output = join(out.path, 'talk.srt');
    const converted = await convert(input, output, 'srt');
    expect(converted).toMatchObject({ from: 'whisper', items: 1, objects: 1 });
    expect(converted.loss).toContainEqual({ what: 'score', count: 1 });
    expect(readFileSync(output, 'utf8')).toBe('1\n00:00:00,500 --> 00:00:02,000\nHello\n');
  });

  it('does not become boxes, nor a picture segments', async () => {
    const input = join(out.path, 'talk.srt');
    writeFileSync(input, srt);
    const refused = { code: 'imports/unreadable', details: { problem: 'other-modality' } };
    await expect(convert(input, join(out.path, 'a'), 'coco')).rejects.toMatchObject(refused);
    const coco = join(out.path, 'in.json');
    writeFileSync(coco, JSON.stringify({ images: [], categories: [], annotations: [] }));
    await expect(convert(coco, join(out.path, 'b'), 'rttm')).rejects.toMatchObject(refused);
    expect(existsSync(join(out.path, 'a'))).toBe(false);
  });

  it('does not take several into the file of one', async () => {
    const input = join(out.path, 'in.rttm');
    writeFileSync(input, 'SPEAKER a 1 0 1 <NA> <NA> x <NA> <NA>\nSPEAKER b 1 0 1 <NA> <NA> x <NA> <NA>\n');
    const refused = expect.objectContaining({ code: 'files/not-a-folder' }) as Error;
    await expect(convert(input, join(out.path, 'a.eaf'), 'eaf')).rejects.toThrow(refused);
    await convert(input, join(out.path, 'all'), 'eaf');
    expect(readdirSync(join(out.path, 'all')).sort()).toEqual(['a.eaf', 'b.eaf']);
  });
});

/** Praat, where it is installed. */
const praat = ['/usr/bin/praat', '/usr/local/bin/praat'].find((path) => existsSync(path));

describe.skipIf(praat === undefined)('Praat', () => {
  const script = `form Read
  sentence path
endform
Text writing preferences: "UTF-8"
Read from file: path$
tiers = Get number of tiers
writeInfoLine: tiers
for tier to tiers
  name$ = Get tier name: tier
  interval = Is interval tier: tier
  if interval
    count = Get number of intervals: tier
  else
    count = Get number of points: tier
  endif
  appendInfoLine: name$, tab$, interval, tab$, count
  for i to count
    if interval
      text$ = Get label of interval: tier, i
    else
      text$ = Get label of point: tier, i
    endif
    appendInfoLine: "|", text$, "|"
  endfor
endfor
`;
  const texts = ['He said "hello"', 'a\\as b', '你好，世界 😀', 'two\nlines', '! no comment', '100ms <exists> 5'];

  it.each(['long', 'short'])('reads our TextGrids in the %s form: tiers, intervals and texts', async (layout) => {
    const rows = texts.map((text, i) => ({
      file: 'a.wav',
      tier: i < 3 ? 'Ann "A"' : '',
      start_s: i,
      end_s: i + 0.5,
      rate: 16_000,
      text,
    }));
    // One over the third, and a point.
    rows.push({ ...rows[2]!, end_s: 2.25, text: 'over it' });
    rows.push({ ...rows[0]!, tier: 'marks', start_s: 1, end_s: 1, text: 'here' });
    const input = join(out.path, 'in.jsonl');
    writeFileSync(input, rows.map((row) => `${JSON.stringify({ ...row, recording_frames: 160_000 })}\n`).join(''));
    const output = join(out.path, 'a.TextGrid');
    await convert(input, output, 'textgrid', { choices: { layout } });
    writeFileSync(join(out.path, 'read.praat'), script);
    const said = execFileSync(praat!, ['--run', join(out.path, 'read.praat'), output], { encoding: 'utf8' });
    expect(said).toBe(
      [
        '4',
        ...['Ann "A"\t1\t6', '|He said "hello"|', '||', '|a\\as b|', '||', '|over it|', '||'],
        ...['Ann "A" ⟨2⟩\t1\t3', '||', '|你好，世界 😀|', '||'],
        ...['\t1\t7', '||', '|two\nlines|', '||', '|! no comment|', '||', '|100ms <exists> 5|', '||'],
        ...['marks\t0\t1', '|here|'],
        '',
      ].join('\n'),
    );
  });
});
