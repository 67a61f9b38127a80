import { describe, expect, it } from 'vitest';
import { annotationCodecs } from '#shared/codecs/annotation-codecs.ts';
import type { SoundFormat } from '#shared/codecs/annotation-formats.ts';
import type { ParseResult } from '#shared/codecs/codec.ts';
import { parseFiles, writeFiles } from '#test/support/codec-files.ts';
import { recording, segment, span } from '#test/support/sound-matrix.ts';

const read = (format: SoundFormat, text: string, answers: Record<string, string> = {}, path?: string) =>
  parseFiles(annotationCodecs[format], { [path ?? `a.${annotationCodecs[format].ending}`]: text }, { answers });

/** Tier, start and end in milliseconds, and text. */
const saidIn = ({ parsed }: ParseResult) =>
  parsed.items.flatMap(({ shapes, proposals = [] }) =>
    [...shapes, ...proposals].flatMap(({ geometry, text }) =>
      geometry.type === 'span' ? [[geometry.tier, geometry.start / 1000, geometry.end / 1000, text]] : [],
    ),
  );

async function written(
  format: SoundFormat,
  shapes: ReturnType<typeof segment>[],
  choices: Record<string, string> = {},
) {
  const codec = annotationCodecs[format];
  const { files, summary } = await writeFiles(
    codec,
    { items: [{ ...recording, shapes, extra: {} }], labels: [] },
    choices,
  );
  return {
    text: Object.values(files).join(''),
    files,
    loss: Object.fromEntries(summary.loss.map(({ what, count }) => [what, count])),
  };
}

describe('TextGrid', () => {
  const head = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n';

  it('takes only what stands free: strings, numbers and flags', async () => {
    const text = `${head}xmin = 0s ! begins here "not this" 99
xmax = 3e0 seconds
tiers? <exists> and size = 2 tiers
"IntervalTier" named "say ""hi""" from 0 to 3 has 3
0 0.1s "a ! is no comment
in a string"
0.1 +2 ""
2 0x3 "\\as {}"
"TextTier" "" 0 3 1
1.5 "here"
`;
    const set = await read('textgrid', text);
    expect(saidIn(set)).toEqual([
      ['say "hi"', 0, 100, 'a ! is no comment\nin a string'],
      ['say "hi"', 2000, 3000, '\\as {}'],
      ['', 1500, 1500, 'here'],
    ]);
    expect([set.failed, set.questions]).toMatchObject([[], [{ name: 'empty-intervals', taken: 'gaps' }]]);
    expect(set.parsed.items[0]!.sound).toEqual({ rate: 1_000_000, frames: 3_000_000, channels: null });
  });

  it('tells the line of what is backwards, negative or behind the end, and takes the rest', async () => {
    const rows = '0 1 "good" 2 1 "back" -1 0 "early" 5 6 "late" 1 2 "good too"'.replace(/" /g, '"\n');
    const set = await read('textgrid', `${head}0 3 <exists> 1 "IntervalTier" "A" 0 3 5\n${rows}`);
    expect(saidIn(set).map(([, , , text]) => text)).toEqual(['good', 'good too']);
    expect(set.failed).toEqual([
      { where: 'line 6', why: 'end-before-start' },
      { where: 'line 7', why: 'time-negative' },
      { where: 'line 8', why: 'beyond-the-end' },
    ]);
  });

  it('fills gaps, ends with the recording, and puts overlaps into further tiers that come back', async () => {
    const shapes = [
      segment(span(16_000, 48_000), { text: 'one' }),
      segment(span(32_000, 64_000), { text: 'two' }),
      segment(span(40_000, 50_000), { text: 'three' }),
      segment(span(64_000, 80_000), { text: '"' }),
    ];
    const { text, loss } = await written('textgrid', shapes, { layout: 'short' });
    expect(loss).toEqual({ overlap: 2 });
    expect(text).toContain('"A"\n0\n30.0000625\n5\n0\n1\n""\n1\n3\n"one"\n3\n4\n""\n4\n5\n""""\n5\n30.0000625\n""\n');
    expect(text).toContain('"A ⟨2⟩"');
    expect(text).toContain('"A ⟨3⟩"');
    expect(text).not.toContain('\\"');
  });

  it('keeps tiers without segments, their order, and names that two tiers share', async () => {
    const tiers = [
      '"IntervalTier" "B" 0 1 1 0 1 ""',
      '"TextTier" "P" 0 1 0',
      '"IntervalTier" "A" 0 1 1 0 1 "x"',
      '"IntervalTier" "A" 0 1 1 0 1 "y"',
    ];
    const set = await read('textgrid', `${head}0 1 <exists> 4 ${tiers.join(' ')}`);
    expect(saidIn(set).map(([tier]) => tier)).toEqual(['A', 'A (2)']);
    expect(set.loss).toContainEqual({ what: 'tier-renamed', count: 1 });
    const { files } = await writeFiles(annotationCodecs.textgrid, { ...set.parsed }, { layout: 'short' });
    const again = Object.values(files)[0]!.replace(/\s+/g, ' ');
    for (const tier of tiers) expect(again).toContain(tier.replace('"P" 0 1 0', '"P" 0 1 0'));
    expect([...again.matchAll(/"(?:Interval|Text)Tier" ("\w")/g)].map(([, name]) => name)).toEqual([
      '"B"',
      '"P"',
      '"A"',
      '"A"',
    ]);
  });
});

describe('EAF', () => {
  const eaf = (slots: string, tiers: string, media = 'TIME_ORIGIN="1000" ') =>
    `<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="" DATE="2020-01-01T00:00:00+00:00" FORMAT="2.8" VERSION="2.8">
<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"><MEDIA_DESCRIPTOR MEDIA_URL="file:///C:/x/a%20b.wav" MIME_TYPE="audio/x-wav" ${media}/></HEADER>
<TIME_ORDER>${slots}</TIME_ORDER>${tiers}</ANNOTATION_DOCUMENT>`;
  const slot = (id: string, value?: number) =>
    `<TIME_SLOT TIME_SLOT_ID="${id}"${value === undefined ? '' : ` TIME_VALUE="${value}"`} />`;
  const own = (id: string, from: string, to: string, text: string) =>
    `<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="${id}" TIME_SLOT_REF1="${from}" TIME_SLOT_REF2="${to}"><ANNOTATION_VALUE>${text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>`;
  const ref = (id: string, parent: string, text: string, previous = '') =>
    `<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="${id}" ANNOTATION_REF="${parent}"${previous && ` PREVIOUS_ANNOTATION="${previous}"`}><ANNOTATION_VALUE>${text}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>`;
  const slots = [slot('t1', 0), slot('t2', 1000), slot('t3'), slot('t4'), slot('t5', 4000)].join('');

  it('adds the offset of the recording, fills open times evenly, and finds what is referred to before it comes', async () => {
    const tiers = [
      `<TIER TIER_ID="words" PARENT_REF="A">${ref('a9', 'a1', '二', 'a8')}${ref('a8', 'a1', '一')}${ref('a7', 'a2', 'x')}</TIER>`,
      `<TIER TIER_ID="A">${own('a1', 't1', 't2', ' &lt;hi&gt; ')}${own('a2', 't2', 't3', '')}${own('a3', 't3', 't4', 'c')}${own('a4', 't4', 't5', 'd')}</TIER>`,
    ];
    const set = await read('eaf', eaf(slots, tiers.join('')));
    expect(set.failed).toEqual([]);
    expect(saidIn(set)).toEqual([
      ['words', 1500, 2000, '二'],
      ['words', 1000, 1500, '一'],
      ['words', 2000, 3000, 'x'],
      ['A', 1000, 2000, ' <hi> '],
      ['A', 2000, 3000, undefined],
      ['A', 3000, 4000, 'c'],
      ['A', 4000, 5000, 'd'],
    ]);
    // Three with an open end, two that share the time of one.
    expect(set.loss).toContainEqual({ what: 'time-filled', count: 5 });
    expect(set.parsed.items[0]!.name).toBe('a b.wav');

    const { files, summary } = await writeFiles(annotationCodecs.eaf, set.parsed);
    const text = Object.values(files)[0]!;
    expect(summary.loss).toEqual([]);
    expect([...text.matchAll(/<REF_ANNOTATION/g)]).toHaveLength(3);
    expect(text).toContain('TIME_ORIGIN="1000"');
    expect(text).toContain('TIME_SLOT_ID="ts1" TIME_VALUE="0"');
    expect(text).toContain('PREVIOUS_ANNOTATION="a8"');
    expect(saidIn(await read('eaf', text))).toEqual(saidIn(set));
  });

  it('tells what refers to nothing, to itself, or stands twice', async () => {
    const tiers = [
      `<TIER TIER_ID="A">${own('a1', 't1', 't2', 'good')}\n${own('a1', 't1', 't2', 'again')}\n${own('a2', 't1', 'nowhere', 'lost')}</TIER>`,
      `\n<TIER TIER_ID="B" PARENT_REF="A">${ref('b1', 'b2', 'circle')}${ref('b2', 'b1', 'circle')}\n${ref('b3', 'a77', 'nothing')}</TIER>`,
    ];
    const set = await read('eaf', eaf(slots, tiers.join('')));
    expect(saidIn(set).map(([, , , text]) => text)).toEqual(['good']);
    expect(set.failed.map(({ why }) => why)).toEqual([
      'id-repeated',
      'time-missing',
      'reference-broken',
      'reference-broken',
      'reference-broken',
    ]);
  });

  it('refuses times that are not milliseconds, and entities', async () => {
    await expect(read('eaf', eaf(slots, '').replace('"milliseconds"', '"PAL-frames"'))).rejects.toMatchObject({
      problem: 'time-unit-unknown',
      place: 'line 3',
    });
    await expect(read('eaf', `<!DOCTYPE a [<!ENTITY x "y">]>${eaf(slots, '')}`)).rejects.toMatchObject({
      problem: 'entities-refused',
    });
  });

  it('keeps exact frames only while the milliseconds are theirs', async () => {
    const { text } = await written('eaf', [segment(span(16_001, 40_007))]);
    expect(text).toContain('TIME_VALUE="1000"');
    expect(saidIn(await read('eaf', text)).map(([, start]) => start)).toEqual([16.001]);
    // Someone moved it in ELAN by ten milliseconds.
    const moved = await read('eaf', text.replace('TIME_VALUE="1000"', 'TIME_VALUE="1010"'));
    expect(saidIn(moved).map(([, start, end]) => [start, end])).toEqual([[16.16, 40]]);
  });

  it('says class, attributes and notes in tiers below, and the highest number that it gave', async () => {
    const rich = segment(span(0, 16_000), {
      label: 'valid',
      ambiguous: 'who?',
      attributes: { gender: 'female', noisy: true },
    });
    const { text, loss } = await written('eaf', [rich]);
    expect(loss).toEqual({});
    for (const tier of ['A@class', 'A@gender', 'A@noisy', 'A@ambiguous']) expect(text).toContain(`TIER_ID="${tier}"`);
    expect(text).toContain('<PROPERTY NAME="lastUsedAnnotationId">5</PROPERTY>');
  });
});

describe('Audacity', () => {
  it('reads decimal commas, leading zeros, points, frequencies and several tracks of one file', async () => {
    const set = await read(
      'audacity',
      '888.009796\t889,5\tone\n\\\t100.5\t-1\n890\t890\t\n0.5\t1\t two\tmore\n1,5\tx\tbad\n',
    );
    expect(saidIn(set)).toEqual([
      ['', 888_009.796, 889_500, 'one'],
      ['', 890_000, 890_000, undefined],
      ['(2)', 500, 1000, ' two\tmore'],
    ]);
    expect(set.failed).toEqual([{ where: 'line 5', why: 'field-wrong' }]);
    const { files } = await writeFiles(annotationCodecs.audacity, set.parsed);
    expect(files['a.txt']).toBe('888.009796\t889.500000\tone\n\\\t100.5\t-1\n890.000000\t890.000000\t\n');
    expect(files['a [(2)].txt']).toBe('0.500000\t1.000000\t two more\n');
  });

  it('takes texts for what they are said to be', async () => {
    const text = '0\t1\tspeech\n';
    expect((await read('audacity', text, { 'label-text': 'class' })).parsed.labels.map(({ key }) => key)).toEqual([
      'speech',
    ]);
    expect(saidIn(await read('audacity', text, { 'label-text': 'tier' }))).toEqual([['speech', 0, 1000, undefined]]);
    const { text: classes, loss } = await written('audacity', [segment(span(0, 16_000), { label: 'valid' })], {
      'label-text': 'class',
    });
    expect([classes, loss]).toEqual(['0.000000\t1.000000\tvalid\n', { text: 1 }]);
  });
});

describe('RTTM and CTM', () => {
  it('reads nine fields and ten, and channels where there are several', async () => {
    const set = await read(
      'rttm',
      ';; comment\nSPEAKER talk 1 0.5 1.5 <NA> <NA> Ann <NA>\nSPEAKER talk 2 1 1 <NA> <NA> Ben <NA> <NA>\nSPEAKER talk 2 9 1 <NA> <NA> Ben 0.9 <NA>\n',
    );
    const [item] = set.parsed.items;
    expect(item!.shapes.map(({ geometry }) => geometry)).toMatchObject([
      { tier: 'Ann', channel: 0 },
      { tier: 'Ben', channel: 1 },
    ]);
    expect(item!.proposals).toMatchObject([{ score: 0.9, geometry: { tier: 'Ben', channel: 1 } }]);
  });

  it('writes names of several words as one, and never two as the same', async () => {
    const tiers = ['Ann B', 'Ann_B', 'Ann\tB', '<NA>', ';;x', ''];
    const { text } = await written(
      'rttm',
      tiers.map((tier, i) => segment(span(i, i + 1, { tier }), { text: '' })),
    );
    const words = text
      .split('\n')
      .filter((line) => line.startsWith('SPEAKER'))
      .map((line) => line.split(' '));
    expect(words.every((fields) => fields.length === 10)).toBe(true);
    expect(new Set(words.map((fields) => fields[7])).size).toBe(6);
    const set = await read('rttm', text);
    expect(set.parsed.items[0]!.name).toBe('dir/a');
    expect(saidIn(set).map(([tier]) => tier)).toEqual(tiers);
  });

  it('makes segments of words until there is a pause, in each channel by itself', async () => {
    const words = 'a A 0.0 0.5 one\na A 0.6 0.4 two\na B 0.2 3 other\na A 2.0 0.5 three ;\n;; a A 3 1 no\n';
    const set = await read('ctm', words.replace(' ;', ''));
    expect(saidIn(set)).toEqual([
      ['', 0, 1000, 'one two'],
      ['', 200, 3200, 'other'],
      ['', 2000, 2500, 'three'],
    ]);
    expect(set.questions).toMatchObject([{ name: 'pause', taken: '800ms' }]);
    expect(saidIn(await read('ctm', words.replace(' ;', ''), { pause: '2s' }))).toHaveLength(2);
  });

  it('takes words with a confidence for a machine’s', async () => {
    const set = await read('ctm', 'a 1 0 1 one 0.5\na 1 1 1 two 1.0\nb 1 0 1 one 7.07\n');
    expect(set.parsed.items.map(({ proposals }) => proposals!.map(({ score, text }) => [score, text]))).toEqual([
      [[0.75, 'one two']],
      [[null, 'one']],
    ]);
  });
});

describe('subtitles', () => {
  it('reads SRT with a dot, without numbers, with empty lines, arrows and numbers in the text', async () => {
    const text = `\uFEFF1\r\n00:00:01.5 --> 00:00:02,500\r\nfirst --> not a time\r\n\r\nafter an empty line\r\n42\r\n\r\n00:00:03,000 --> 00:00:04,000 X1:1\r\nsecond\r\n\r\n3\r\n00:00:05,000 --> 00:00:06,000\r\n`;
    const set = await read('srt', text.replace('\uFEFF', ''));
    expect(saidIn(set)).toEqual([
      ['', 1500, 2500, 'first --> not a time\n\nafter an empty line\n42'],
      ['', 3000, 4000, 'second'],
      ['', 5000, 6000, undefined],
    ]);
  });

  it('takes no line of times for a subtitle that stands within the text of one', async () => {
    const set = await read('srt', '1\n00:00:01,000 --> 00:00:02,000\nsaid\n00:00:05,000 --> 00:00:06,000\nmore\n');
    expect(saidIn(set)).toEqual([['', 1000, 2000, 'said\n00:00:05,000 --> 00:00:06,000\nmore']]);
  });

  it('takes names before colons for speakers where all have them, or where it is said', async () => {
    const cue = (at: number, text: string) => `00:00:0${at},000 --> 00:00:0${at + 1},000\n${text}\n\n`;
    expect(
      saidIn(await read('srt', cue(1, 'Ann: hi') + cue(2, 'Ben: yes: no'))).map(([tier, , , text]) => [tier, text]),
    ).toEqual([
      ['Ann', 'hi'],
      ['Ben', 'yes: no'],
    ]);
    const mixed = cue(1, 'Ann: hi') + cue(2, 'well');
    expect(saidIn(await read('srt', mixed))[0]).toEqual(['', 1000, 2000, 'Ann: hi']);
    expect(saidIn(await read('srt', mixed, { prefix: 'tier' }))[0]).toEqual(['Ann', 1000, 2000, 'hi']);
  });

  it('cuts subtitles where they overlap, with all that is said then', async () => {
    const shapes = [
      segment(span(0, 32_000), { text: 'one' }),
      segment(span(16_000, 48_000, { tier: 'B' }), { text: 'two' }),
    ];
    const { text, loss } = await written('srt', shapes);
    expect(text).toBe(
      '1\n00:00:00,000 --> 00:00:01,000\nA: one\n\n2\n00:00:01,000 --> 00:00:02,000\nA: one\nB: two\n\n3\n00:00:02,000 --> 00:00:03,000\nB: two\n',
    );
    expect(loss).toEqual({ overlap: 2 });
  });

  it('does not repeat words without end where very many lie over each other', async () => {
    const shapes = Array.from({ length: 3000 }, (_, i) => segment(span(i * 16, 400_000 - i * 16)));
    const { text, loss } = await written('srt', shapes);
    expect([...text.matchAll(/-->/g)]).toHaveLength(3000);
    expect(loss).toEqual({ overlap: 3000 });
  });

  it('begins no subtitle before the one before it ended', async () => {
    const shapes = Array.from({ length: 400 }, (_, i) => segment(span(i * 1237, (i + 1) * 1237)));
    for (const format of ['srt', 'vtt'] as const) {
      const { text, loss } = await written(format, shapes);
      const times = [...text.matchAll(/(\S+) --> (\S+)/g)];
      expect(times).toHaveLength(400);
      times.forEach(([, start], i) => expect(i === 0 || start! >= times[i - 1]![2]!).toBe(true));
      expect(Object.keys(loss)).toEqual(['rounded']);
    }
  });

  it('reads WebVTT with notes, styles, ids, settings and markup, and writes them back', async () => {
    const text = `WEBVTT - a title\nKind: captions\n\nSTYLE\n::cue { color: lime }\n\nNOTE\nto myself\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Ann &amp; Ben>I &lt;3 you\n\n01:00:00.000 --> 01:00:01.000\n<i>so</i> <c.loud>loud</c>\n`;
    const set = await read('vtt', text);
    expect(saidIn(set)).toEqual([
      ['Ann & Ben', 1000, 2000, 'I <3 you'],
      ['', 3_600_000, 3_601_000, 'so loud'],
    ]);
    const { files } = await writeFiles(annotationCodecs.vtt, set.parsed);
    expect(Object.values(files)[0]).toBe(text.replace('00:01.000 --> 00:02', '00:00:01.000 --> 00:00:02'));
    await expect(read('vtt', 'WEBVTTX\n')).rejects.toMatchObject({ problem: 'not-this-format' });
  });
});

describe('Whisper', () => {
  it('reads OpenAI’s JSON: proposals as sure as their tokens, with the words’ times kept', async () => {
    const words = [{ word: ' Hi', start: 0, end: 0.4, probability: 0.5 }];
    const first = {
      id: 0,
      seek: 0,
      start: 0,
      end: 1.5,
      text: ' Hi',
      tokens: [50364, 2421],
      temperature: 0,
      avg_logprob: -0.25,
      compression_ratio: 1,
      no_speech_prob: 0.01,
      words,
    };
    const json = {
      task: 'transcribe',
      language: 'english',
      duration: 9.5,
      text: ' Hi',
      segments: [first, { start: 2, end: 1, text: 'x' }],
    };
    const set = await read('whisper', JSON.stringify(json));
    expect(set.parsed.items[0]!.proposals).toMatchObject([
      { text: 'Hi', score: Math.exp(-0.25), extra: { whisper: { words } } },
    ]);
    expect(set.failed).toEqual([{ where: 'segments[1]', why: 'end-before-start' }]);
    expect(set.questions).toMatchObject([{ name: 'leading-space', taken: 'dropped' }]);
    const { files } = await writeFiles(annotationCodecs.whisper, set.parsed);
    const again = JSON.parse(Object.values(files)[0]!) as { segments: unknown[] };
    expect(again).toMatchObject({ language: 'english', duration: 9.5, text: ' Hi' });
    // What was taken away comes back in its own format.
    expect(again.segments).toEqual([first]);
    const kept = await read('whisper', JSON.stringify(json), { 'leading-space': 'kept' });
    expect(kept.parsed.items[0]!.proposals![0]!.text).toBe(' Hi');
  });

  it('reads whisper.cpp’s JSON and that of programs that tell speakers', async () => {
    const cpp = {
      model: { type: 'base' },
      result: { language: 'en' },
      transcription: [
        {
          timestamps: { from: '00:00:00,000', to: '00:00:01,240' },
          offsets: { from: 0, to: 1240 },
          text: ' Go',
          tokens: [{ p: 0.5 }, { p: 1 }],
        },
      ],
    };
    expect((await read('whisper', JSON.stringify(cpp))).parsed.items[0]!.proposals).toMatchObject([
      { text: 'Go', score: 0.75, model: 'base', geometry: { start: 0, end: 1_240_000 } },
    ]);
    const x = {
      segments: [
        {
          start: 0.5,
          end: 1,
          text: ' A',
          speaker: 'SPEAKER_01',
          words: [{ word: 'A', start: 0.5, end: 1, score: 0.9 }],
        },
      ],
      language: 'zh',
    };
    expect((await read('whisper', JSON.stringify(x))).parsed.items[0]!.proposals).toMatchObject([
      { score: 0.9, geometry: { tier: 'SPEAKER_01' } },
    ]);
  });
});

describe('tables of segments', () => {
  it('make cells harmless that a spreadsheet would compute, and bring them back', async () => {
    const texts = ['=1+1', '＝1', '+x', '-x', '@x', "'=x", "'x", '\tx', 'a "b", c\nd', ' x '];
    const { text } = await written(
      'segments-csv',
      texts.map((one, i) => segment(span(i, i + 1), { text: one })),
    );
    expect(text).toContain(",'=1+1,");
    const cells = text.split(/[,\r\n]/).map((cell) => cell.replace(/^"/, ''));
    expect(cells.filter((cell) => /^[=+@]/.test(cell))).toEqual([]);
    expect(saidIn(await read('segments-csv', text)).map(([, , , said]) => said)).toEqual(texts);
  });

  it('reads what others write: seconds alone, semicolons, columns in any order and of their own', async () => {
    const set = await read(
      'segments-csv',
      'text;start_s;end_s;file;reviewer\nhello;0.5;1.25;a.wav;Ann\nbad;x;1;a.wav;\nshort;1\n',
    );
    expect(saidIn(set)).toEqual([['', 500, 1250, 'hello']]);
    expect(set.failed).toEqual([
      { where: 'line 3', why: 'field-wrong' },
      { where: 'line 4', why: 'columns-wrong' },
    ]);
    const { files } = await writeFiles(annotationCodecs['segments-csv'], set.parsed);
    expect(Object.values(files)[0]).toMatch(/^file,.*,reviewer\r\na\.wav,.*,Ann\r\n$/);
  });

  it('do not take times that disagree, nor lines that are none', async () => {
    const rows = [
      { file: 'a.wav', start_s: 1, end_s: 2, start_frame: 8000, end_frame: 16_000, rate: 8000 },
      { file: 'a.wav', start_s: 1.5, end_s: 2, start_frame: 8000, end_frame: 16_000, rate: 8000 },
      { file: 'a.wav', start_s: 1 },
      { start_s: 1, end_s: 2 },
    ];
    const set = await read(
      'segments-jsonl',
      `${rows.map((row) => JSON.stringify(row)).join('\n')}\n{"file":"a.wav",\n`,
    );
    expect(saidIn(set)).toHaveLength(1);
    expect(set.failed.map(({ where, why }) => `${where} ${why}`)).toEqual([
      'line 2 times-disagree',
      'line 3 time-missing',
      'line 4 name-missing',
      'line 5 not-json',
    ]);
  });

  it('hold in JSON Lines what every other format said of a segment', async () => {
    const extra = { whisper: { words: [{ word: 'hi' }] }, vtt: { id: '1' } };
    const { text, loss } = await written('segments-jsonl', [segment(span(0, 1), { extra, text: '' })]);
    expect(loss).toEqual({});
    expect((await read('segments-jsonl', text)).parsed.items[0]!.shapes[0]).toMatchObject({ extra, text: '' });
  });
});
