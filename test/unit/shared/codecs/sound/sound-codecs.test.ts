import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { format as prettified } from 'prettier';
import { describe, expect, it } from 'vitest';
import { appRoot } from '#electron/core/app-root.ts';
import { annotationCodecs, guessFormats } from '#shared/codecs/annotation-codecs.ts';
import { soundFormats } from '#shared/codecs/annotation-formats.ts';
import { type AnnotationCodec, CodecError, type Loss } from '#shared/codecs/codec.ts';
import { proposal as proposalSchema, shape as shapeSchema, type Shape } from '#shared/domain/annotation.ts';
import { isCanonicalisable } from '#shared/proofs/canonical.ts';
import { parseFiles, writeFiles } from '#test/support/codec-files.ts';
import {
  proposedSpan,
  recording,
  segment,
  soundAtHand,
  soundLossMatrix,
  soundRoundTrip,
  span,
} from '#test/support/sound-matrix.ts';

const codecs = soundFormats.map((name) => [name, annotationCodecs[name]] as const);
const countOf = (loss: readonly Loss[], what: string) => loss.find((one) => one.what === what)?.count ?? 0;
const lostIn = (loss: readonly Loss[]) => loss.filter(({ what }) => what !== 'rounded' && what !== 'overlap');

/** On whole milliseconds, so that formats of those lose nothing. */
const speech = [
  segment(span(160, 16_000), { text: 'Hello: "you"' }),
  segment(span(16_000, 48_000, { tier: 'Speaker 2' }), { text: '你好，<b>世界</b> & 😀\n第二行' }),
  segment(span(16_016, 17_600, { tier: 'Speaker 2' }), { text: 'over it' }),
  segment(span(100_000, 480_000), { text: 'a\\as b' }),
];

describe.each(codecs)('%s', (name, codec) => {
  const spans = codec.holds.spans!;
  // Subtitles are cut where they overlap, unless asked not to be.
  const choices: Record<string, string> = name === 'srt' ? { overlaps: 'keep' } : {};

  it('goes by its name, and says what it holds', () => {
    expect(codec.format).toBe(name);
    expect(codec.modality).toBe('audio');
    expect(codec.holds.shapes).toEqual(['span']);
    expect(spans).toBeDefined();
    for (const { answers } of codec.choices) expect(answers.length).toBeGreaterThan(1);
  });

  it('gives segments back where they were, with what it holds, and counts nothing as lost', async () => {
    const shapes = speech.map((shape) => {
      const { text, ...rest } = shape;
      return spans.text
        ? { ...rest, text: name === 'ctm' || name === 'audacity' ? text!.replace(/\s+/g, ' ') : text! }
        : rest;
    });
    const { items, loss, objects } = await soundRoundTrip(codec, { shapes }, { choices });
    expect(items.map((item) => item.name)).toEqual([recording.name]);
    expect(items[0]!.sound).toEqual(recording.sound);
    const said = ({ geometry, text }: Shape) => ({ geometry, text: text ?? null });
    const byStart = (all: readonly Shape[]) =>
      all.map(said).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    expect(byStart(items[0]!.shapes)).toEqual(byStart(shapes));
    expect(objects).toBe(shapes.length);
    expect(lostIn(loss).filter(({ what }) => what !== 'words')).toEqual([]);
    for (const shape of items[0]!.shapes) expect(shape.origin).toBe('imported');
  });

  it('gives odd frames back to the frame where it says so, and counts what it rounds', async () => {
    const odd = [
      segment(span(1, 16_003)),
      segment(span(20_001, 20_002, { tier: 'B' })),
      segment(span(480_000, 480_001)),
    ];
    const { items, loss } = await soundRoundTrip(codec, { shapes: odd });
    const places = items[0]!.shapes.map(({ geometry }) => geometry);
    if (spans.exact) expect(places).toEqual(expect.arrayContaining(odd.map(({ geometry }) => geometry)));
    else expect(countOf(loss, 'rounded')).toBe(3);
    expect(places).toHaveLength(3);
  });

  it('holds each thing that it says, and counts the others', async () => {
    const geometry = span(16_000, 32_000);
    const rich = segment(geometry, {
      label: 'valid',
      ambiguous: 'two readings',
      attributes: { gender: 'female', age: 3 },
    });
    const { items, loss } = await soundRoundTrip(codec, { shapes: [rich] });
    const back = items[0]!.shapes[0]!;
    const held = {
      text: spans.text,
      label: spans.label,
      attribute: codec.holds.attributes,
      ambiguous: spans.ambiguous,
    };
    expect({
      text: back.text === 'word',
      label: back.label === 'valid',
      attribute: back.attributes['gender'] === 'female' && back.attributes['age'] === 3,
      ambiguous: back.ambiguous === 'two readings',
    }).toEqual(held);
    expect(Object.fromEntries(Object.keys(held).map((what) => [what, countOf(loss, what) === 0]))).toEqual(held);

    const second = segment(span(0, 16_000, { channel: 1 }));
    const channelled = await soundRoundTrip(codec, { shapes: [second] });
    expect(channelled.items[0]!.shapes[0]!.geometry).toEqual({ ...second.geometry, channel: spans.channel ? 1 : null });
    expect(countOf(channelled.loss, 'channel')).toBe(spans.channel ? 0 : 1);

    const moment = await soundRoundTrip(codec, { shapes: [segment(span(16_000, 16_000))] });
    expect(moment.items[0]!.shapes).toHaveLength(1);
    expect(countOf(moment.loss, 'moment')).toBe(spans.moments ? 0 : 1);
    if (spans.moments) expect(moment.items[0]!.shapes[0]!.geometry).toEqual(span(16_000, 16_000));

    const proposed = await soundRoundTrip(codec, { proposals: [proposedSpan(geometry)] });
    if (codec.holds.proposals)
      expect(proposed.items[0]!.proposals).toMatchObject([
        { score: 0.75, geometry, ...(spans.text && { text: 'word' }) },
      ]);
    else expect(countOf(proposed.loss, 'proposal')).toBe(1);

    expect((await soundRoundTrip(codec, {})).items).toHaveLength(codec.holds.emptyItems ? 1 : 0);
    const alone = await soundRoundTrip(codec, { shapes: [segment(geometry)] }, { atHand: false });
    expect(alone.items[0]!.sound?.rate).toBe(codec.holds.sizes ? 16_000 : 1_000_000);
    expect(alone.items[0]!.sound?.frames === recording.sound.frames).toBe(codec.holds.sizes);
    // Without the recording times are kept to the microsecond, or exactly.
    const [at] = alone.items[0]!.shapes.map((shape) => shape.geometry);
    expect(at).toMatchObject(codec.holds.sizes ? { start: 16_000, end: 32_000 } : { start: 1_000_000, end: 2_000_000 });
  });

  it('keeps the tier of each segment, or counts it', async () => {
    const tiers = ['A', 'speaker two', '说话人：一', 'a', 'x/y', 'A ⟨2⟩', "O'Neil & Söhne", 'default'];
    const shapes = tiers.map((tier, i) => segment(span(i * 16_000, (i + 1) * 16_000, { tier })));
    const { items, loss } = await soundRoundTrip(codec, { shapes });
    const back = items[0]!.shapes.map(({ geometry }) => (geometry.type === 'span' ? geometry.tier : ''));
    expect(back.filter((tier) => tiers.includes(tier)).length + countOf(loss, 'tier')).toBe(tiers.length);
    if (name !== 'srt') expect(back.sort()).toEqual([...tiers].sort());
  });

  it('is guessed from what it writes', async () => {
    const { files } = await writeFiles(codec, { items: [{ ...recording, shapes: speech, extra: {} }], labels: [] });
    const heads = Object.entries(files).map(([path, head]) => ({ path, head }));
    expect(guessFormats(heads, 'audio')[0]?.format).toBe(name);
    expect(guessFormats(heads)[0]?.format).toBe(name);
  });

  it('writes what it read once more alike', async () => {
    const set = { items: [{ ...recording, shapes: speech, extra: {} }], labels: [] };
    const first = await writeFiles(codec, set);
    const { parsed } = await parseFiles(codec, first.files, { soundOf: soundAtHand });
    const second = await writeFiles(codec, { items: parsed.items, labels: parsed.labels, extra: parsed.extra });
    const again = await parseFiles(codec, second.files, { soundOf: soundAtHand });
    const bare = (items: typeof parsed.items) =>
      items.flatMap(({ shapes, proposals = [] }) =>
        [...shapes, ...proposals].map(({ geometry, text, label }) => [geometry, text, label]),
      );
    expect(bare(again.parsed.items)).toEqual(bare(parsed.items));
  });

  it('does not name a recording out of its folder, nor two alike', async () => {
    const items = ['../../etc/a.wav', 'b.wav', 'b.mp3', 'B.WAV'].map((one) => ({
      ...recording,
      name: one,
      shapes: speech.slice(0, 1),
      extra: {},
    }));
    const { files, summary } = await writeFiles(codec, { items, labels: [] });
    for (const path of Object.keys(files)) expect(path.split('/')).not.toContain('..');
    expect(summary.objects + countOf(summary.loss, 'left-out-span')).toBe(4);
    const { parsed } = await parseFiles(codec, files);
    expect(parsed.items.flatMap((item) => [...item.shapes])).toHaveLength(summary.objects);
  });

  it('is not harmed by what is altered or cut at any place', { timeout: 120_000 }, async () => {
    const proposals = codec.holds.proposals ? { proposals: [proposedSpan(span(5, 500))] } : {};
    const item = { ...recording, shapes: speech, extra: {}, ...proposals };
    const { files } = await writeFiles(codec, { items: [item], labels: [] });
    const all = Object.entries(files);
    const hostile = [
      ...[
        '1e999',
        '-1e308',
        'NaN',
        'Infinity',
        '99999999999999999999',
        '-1',
        '0.5',
        'null',
        '__proto__',
        'constructor',
      ],
      ...[
        '{',
        ']',
        '"',
        '""',
        '<',
        '>',
        '&x;',
        '\u0000',
        '\ud800',
        '水',
        '',
        '\t',
        '\n',
        '\r\n',
        ' --> ',
        '!',
        ',',
        '\\',
        "'",
      ],
      ...['[['.repeat(2000), '<a>'.repeat(2000), '"'.repeat(2001)],
    ];
    const change = fc.record({ file: fc.nat(), at: fc.nat(), drop: fc.nat(12), put: fc.constantFrom(...hostile) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), fc.option(fc.nat()), async (changes, cut) => {
        const altered = new Map(all);
        for (const { file, at, drop, put } of changes) {
          const [path] = all[file % all.length]!;
          const text = altered.get(path)!;
          const from = at % (text.length + 1);
          altered.set(path, text.slice(0, from) + put + text.slice(from + drop));
        }
        if (cut !== null) {
          const [path] = all[0]!;
          altered.set(path, altered.get(path)!.slice(0, cut % altered.get(path)!.length));
        }
        await expectHarmless(codec, Object.fromEntries(altered));
      }),
      { numRuns: 150, seed: 5 },
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('refuses what is built to harm, in linear time', { timeout: 120_000 }, async () => {
    const long = 200_000;
    const texts = [
      '',
      '{"__proto__":{"polluted":1}}',
      '[{"__proto__":{"polluted":1}}]',
      '['.repeat(long),
      `{"segments":[${'{"start":0,"end":1,"text":"x"},'.repeat(20_000)}{"start":0,"end":1}]}`,
      `[{"data":{"audio":"a.wav"},"annotations":[{"result":[${'{"id":"a","type":"labels","value":{"start":0,"end":1,"labels":["x"]}},'.repeat(5000)}{}]}]}]`,
      '<a>'.repeat(50_000),
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><ANNOTATION_DOCUMENT><TIER TIER_ID="&x;"/></ANNOTATION_DOCUMENT>',
      `File type = "ooTextFile"\nObject class = "TextGrid"\n0 1 <exists> 1 "IntervalTier" "a" 0 1 1000000000 ${'0 1 "x" '.repeat(20_000)}`,
      `File type = "ooTextFile"\nObject class = "TextGrid"\n0 1 <exists> 1 "IntervalTier" "${'"'.repeat(long)}`,
      `File type = "ooTextFile"\nObject class = "TextGrid"\n${'! '.repeat(long)}`,
      'SPEAKER a 1 0 1 <NA> <NA> b <NA> <NA>\n'.repeat(20_000),
      `SPEAKER ${'a '.repeat(long)}`,
      'a 1 0 0.1 w\n'.repeat(20_000),
      '0\t1\tx\n'.repeat(20_000),
      '\\\t1\t2\n'.repeat(long / 4),
      `1\n${'00:00:00,000 --> 00:00:01,000\nx\n'.repeat(20_000)}`,
      `WEBVTT\n\n${'00:00.000 --> 00:01.000\n<v a>x\n\n'.repeat(20_000)}`,
      `WEBVTT\n\n00:00.000 --> 00:01.000\n${'<'.repeat(long)}`,
      `00:00:00,000${' '.repeat(long)}-->${' '.repeat(long)}`,
      `file,start_s,end_s\n"${'"'.repeat(long)}`,
      `file,start_s,end_s\n${','.repeat(long)}`,
      '\r'.repeat(long),
    ];
    for (const text of texts) {
      const begun = process.cpuUsage();
      await expectHarmless(codec, { [`a.${codec.ending}`]: text });
      const { user } = process.cpuUsage(begun);
      expect(user / 1e6, text.slice(0, 60)).toBeLessThan(15);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

/** What is read is valid whatever was given, or it is refused; and it can be written. */
async function expectHarmless(codec: AnnotationCodec, files: Record<string, string>): Promise<void> {
  let read;
  try {
    read = await parseFiles(codec, files, { soundOf: soundAtHand });
  } catch (error) {
    expect(error).toBeInstanceOf(CodecError);
    return;
  }
  const { parsed } = read;
  for (const { shapes, proposals = [], name, extra } of parsed.items) {
    expect(name === '' || name.startsWith('/') || name.split('/').includes('..')).toBe(false);
    expect(isCanonicalisable(extra)).toBe(true);
    for (const shape of shapes) {
      if (shapes.length < 1000 || shape === shapes[0]) expect(shapeSchema.safeParse(shape).error).toBeUndefined();
      if (shapes.length < 1000) expect(isCanonicalisable(shape)).toBe(true);
    }
    for (const proposal of proposals.slice(0, 1000)) expect(proposalSchema.safeParse(proposal).error).toBeUndefined();
  }
  await writeFiles(codec, { items: parsed.items, labels: parsed.labels, extra: parsed.extra });
}

describe('what is cut off', () => {
  const whole = ['textgrid', 'eaf', 'whisper', 'label-studio-audio'] as const;
  it.each(whole)('is refused where a file of %s ends in its middle', async (name) => {
    const codec = annotationCodecs[name];
    const { files } = await writeFiles(codec, { items: [{ ...recording, shapes: speech, extra: {} }], labels: [] });
    const [path, text] = Object.entries(files)[0]!;
    const last = text.trimEnd().length;
    for (let at = 1; at < last; at += 7) {
      await expect(parseFiles(codec, { [path]: text.slice(0, at) })).rejects.toMatchObject({
        place: expect.stringMatching(/^line \d+/) as string,
      });
    }
  });

  it.each(['rttm', 'audacity', 'segments-csv', 'segments-jsonl'] as const)('fails its own row in %s', async (name) => {
    const codec = annotationCodecs[name];
    const shapes = speech.map((shape) => ({ ...shape, text: 'words' }));
    const { files } = await writeFiles(codec, { items: [{ ...recording, shapes, extra: {} }], labels: [] });
    const [path, text] = Object.entries(files)[0]!;
    for (let at = 1; at < text.length; at += 3) {
      const cut = text.slice(0, at);
      const rows =
        cut.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith(';;')).length -
        Number(name === 'segments-csv');
      const read = await parseFiles(codec, { [path]: cut }).catch((error: unknown) => {
        expect(error).toBeInstanceOf(CodecError);
        return null;
      });
      if (read !== null)
        expect(read.parsed.items.flatMap((item) => item.shapes).length + read.failed.length).toBe(Math.max(0, rows));
    }
  });
});

describe('the loss matrix of sound', () => {
  it('is what writing and reading one of each comes to', async () => {
    const path = join(appRoot, 'README.md');
    const readme = readFileSync(path, 'utf8');
    const [begin, end] = ['<!-- sound loss matrix: begin -->', '<!-- sound loss matrix: end -->'];
    const table = await prettified(await soundLossMatrix(), { parser: 'markdown', printWidth: 120 });
    expect(table.trim().split('\n')).toHaveLength(17);
    const [from, to] = [readme.indexOf(begin) + begin.length, readme.indexOf(end)];
    expect(to).toBeGreaterThan(from);
    // Renewed by UPDATE_LOSS_MATRIX=1, when a format holds more or less than it did.
    if (process.env['UPDATE_LOSS_MATRIX']) {
      writeFileSync(path, `${readme.slice(0, from)}\n\n${table}\n${readme.slice(to)}`);
    } else {
      expect(readme.slice(from, to).trim()).toBe(table.trim());
    }
  });
});
