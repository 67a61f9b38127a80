import fc from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format as prettified } from 'prettier';
import { describe, expect, it } from 'vitest';
import { appRoot } from '#electron/core/app-root.ts';
import type { TextKind } from '#shared/domain/text.ts';
import { guessTextFormat, textCodecs } from '#shared/codecs/text/text-codecs.ts';
import type { TextFormat } from '#shared/codecs/text/text-formats.ts';
import type { TextSealed } from '#shared/codecs/text/text-codec.ts';
import { CodecError } from '#shared/codecs/codec.ts';
import { nextShapeId, sourceFile } from '#test/support/codec-files.ts';
import { textLossMatrix } from '#test/support/text-matrix.ts';
import { hardTexts, passage, readRows, sampleRow, writeRows } from '#test/support/text-rows.ts';
import { testData } from '#test/support/test-data.ts';

const kinds: readonly TextKind[] = ['write', 'correct', 'categorise', 'mark', 'compare', 'rank', 'rate', 'converse'];

/** Which kinds of answers each format gives back as they were. */
const held: Readonly<Record<TextFormat, readonly TextKind[]>> = {
  jsonl: kinds,
  csv: kinds.filter((kind) => kind !== 'mark'),
  tsv: kinds.filter((kind) => kind !== 'mark'),
  'prompt-response': ['write'],
  messages: ['write'],
  'trl-preference': ['compare'],
  'trl-unpaired': [],
  doccano: ['categorise'],
  'label-studio-text': ['write', 'categorise', 'compare', 'rank', 'rate'],
};

const plain = ({ item: { candidates, kind, name, prompt }, answer, shapes }: TextSealed) => ({
  ...{
    kind,
    prompt,
    name,
    answer: { ...answer, shown: undefined },
    candidates: candidates.map(({ content }) => content),
  },
  passages: shapes.map(({ geometry, label }) => [geometry, label]),
});

async function back(format: TextFormat, row: TextSealed, choices = {}) {
  const { files, loss } = await writeRows(textCodecs[format], [row], choices);
  const read = files[''] === undefined ? [] : await readRows(textCodecs[format], files['']);
  return { rows: read.map((each) => ('row' in each ? { shapes: [], answer: {}, ...each.row } : null)), loss, files };
}

describe.each(Object.entries(textCodecs))('%s', (name, codec) => {
  const format = name as TextFormat;

  it('goes by its name and knows its own files', async () => {
    expect(codec.format).toBe(name);
    const kind = held[format][0] ?? 'rate';
    const { files } = await writeRows(codec, [sampleRow(kind)]);
    expect(guessTextFormat(`rows.${codec.ending}`, files['']!)).toBe(name);
  });

  it.each(held[format].flatMap((kind) => hardTexts.map((text) => [kind, text] as const)))(
    'gives a %s with %j back as it was',
    async (kind, text) => {
      const row = sampleRow(kind, { item: { prompt: [{ role: 'user', content: text }] } });
      const { rows, loss } = await back(format, row);
      const named =
        format === 'jsonl' || format === 'csv' || format === 'tsv' ? {} : { name: expect.any(String) as string };
      const [first] = rows;
      expect(first).toBeTruthy();
      expect({ ...plain(first as TextSealed) }).toEqual({
        ...plain(row),
        ...named,
        // Which was shown first is no part of these formats: they say which is better.
        ...(kind === 'compare' && { answer: expect.anything() as object, candidates: expect.anything() as string[] }),
      });
      expect(loss.filter(({ what }) => what !== 'formula-defused')).toEqual([]);
    },
  );

  it.each(kinds.filter((kind) => !held[format].includes(kind)))('counts a %s it can’t hold', async (kind) => {
    const { loss } = await back(format, sampleRow(kind));
    if (format === 'trl-unpaired' && kind === 'rate') expect(loss).toEqual([]);
    else if (format === 'doccano' && (kind === 'write' || kind === 'correct' || kind === 'mark'))
      expect(loss).toEqual([]);
    else if (format === 'label-studio-text' && (kind === 'correct' || kind === 'mark')) expect(loss).toEqual([]);
    else if (kind === 'converse' && format === 'messages') expect(loss).toEqual([]);
    else expect(loss.length).toBeGreaterThan(0);
  });

  it('counts a refusal, and leaves out what nobody answered', async () => {
    const refused = sampleRow('write', { answer: { refused: { reason: 'too-broad', words: 'x' } } });
    const { rows, loss } = await back(format, refused);
    if (format === 'jsonl' || format === 'csv' || format === 'tsv') expect(rows[0]?.answer).toEqual(refused.answer);
    else expect(loss).toEqual([{ what: 'refused', count: 1 }]);
    const { loss: left } = await back(format, sampleRow('write', { answer: {} }));
    // Our own lines keep every row there is.
    expect(left).toEqual(format === 'jsonl' ? [] : [{ what: 'unanswered', count: 1 }]);
  });

  it('is not harmed by what is altered at any place', async () => {
    const { files } = await writeRows(codec, [
      sampleRow(held[format][0] ?? 'rate'),
      sampleRow(held[format][0] ?? 'rate'),
    ]);
    const text = files['']!;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length),
        fc.nat(5),
        fc.constantFrom('', '"', '{', '\n', '\u0000', '9', ','),
        async (at, cut, put) => {
          try {
            const read = await readRows(codec, text.slice(0, at) + put + text.slice(at + cut));
            for (const each of read) expect('row' in each || each.failed.why).toBeTruthy();
          } catch (error) {
            expect(error).toBeInstanceOf(CodecError);
          }
        },
      ),
      { seed: 5, numRuns: 120 },
    );
  });
});

describe('preferences', () => {
  it('say which is better whatever order they were shown in; ties go to the side file', async () => {
    const better = await back(
      'trl-preference',
      sampleRow('compare', { answer: { shown: ['b', 'a'], preferences: { overall: -3 } } }),
    );
    const [b, a] = [hardTexts[3], hardTexts[2]];
    expect(JSON.parse(better.files['']!)).toEqual({ prompt: hardTexts[1], chosen: b, rejected: a });
    expect(better.loss).toEqual([{ what: 'strength', count: 1 }]);
    const tie = await back('trl-preference', sampleRow('compare', { answer: { preferences: { overall: 0 } } }));
    expect(tie.files['']).toBeUndefined();
    expect(JSON.parse(tie.files['ties.jsonl']!)).toMatchObject({ responses: [a, b], verdict: 'tie' });
    expect(tie.loss).toEqual([{ what: 'tie', count: 1 }]);
  });

  it('are conversational where that is chosen', async () => {
    const row = sampleRow('compare', { answer: { preferences: { overall: 2 } } });
    const { files, rows } = await back('trl-preference', row, { form: 'conversational', margin: 'yes' });
    expect(JSON.parse(files['']!)).toMatchObject({
      ...{ prompt: [{ role: 'user' }], chosen: [{ role: 'assistant', content: hardTexts[3] }], margin: 2 },
    });
    expect(rows[0]?.answer.preferences).toEqual({ overall: -2 });
  });

  it('that are none go to the side file of Label Studio too', async () => {
    const bad = await back(
      'label-studio-text',
      sampleRow('compare', { answer: { preferences: { overall: 'both-bad' } } }),
    );
    expect(JSON.parse(bad.files['ties.jsonl']!)).toMatchObject({ text1: hardTexts[2], verdict: 'both-bad' });
    expect(JSON.parse(bad.files['']!)).toEqual([]);
    expect(bad.loss).toContainEqual({ what: 'both-bad', count: 1 });
  });

  it('escape what some readers take for the end of a line', async () => {
    const { files } = await back('prompt-response', sampleRow('write'));
    expect(files['']!.split('\n')).toHaveLength(2);
    expect(files['']).toContain('\\u2028');
  });
});

describe('the loss matrix of texts', () => {
  it('is what writing and reading one of each comes to', async () => {
    const path = join(appRoot, 'README.md');
    const readme = readFileSync(path, 'utf8');
    const [begin, end] = ['<!-- text loss matrix: begin -->', '<!-- text loss matrix: end -->'];
    const table = await prettified(await textLossMatrix(), { parser: 'markdown', printWidth: 120 });
    expect(table.trim().split('\n')).toHaveLength(16);
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

describe('rankings', () => {
  const row = sampleRow('rank', { answer: { ranking: [['c'], ['a', 'b']] } });
  const [a, b, c] = hardTexts.slice(2, 5);

  it('become pairs only where that is chosen, ties none', async () => {
    const usual = await back('trl-preference', row);
    expect([usual.files[''], usual.loss]).toEqual([undefined, [{ what: 'ranked-apart', count: 1 }]]);
    const { files, loss } = await back('trl-preference', row, { ranked: 'pairs' });
    const pairs = files['']!.trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(pairs).toEqual([
      { prompt: hardTexts[1], chosen: c, rejected: a, rank_gap: 1 },
      { prompt: hardTexts[1], chosen: c, rejected: b, rank_gap: 1 },
    ]);
    expect(loss).toEqual([{ what: 'tie', count: 1 }]);
  });

  it('become n (n - 1) / 2 pairs without ties', async () => {
    const whole = sampleRow('rank', { answer: { ranking: [['c'], ['a'], ['b']] } });
    const { files } = await back('trl-preference', whole, { ranked: 'pairs' });
    const gaps = files['']!.trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { rank_gap: number }).rank_gap);
    expect(gaps).toEqual([1, 2, 1]);
  });
});

describe('questions that both answers begin with', () => {
  it('are told apart turn by turn, and written so where that is chosen', async () => {
    const prompt = [
      { role: 'user', content: hardTexts[1] },
      { role: 'assistant', content: 'Which one?' },
      { role: 'user', content: hardTexts[4] },
    ] as const;
    const row = sampleRow('compare', { item: { prompt: [...prompt] }, answer: { preferences: { overall: -1 } } });
    const { files, rows } = await back('trl-preference', row, { form: 'implicit' });
    const written = JSON.parse(files['']!) as Record<string, { content: string }[]>;
    expect(Object.keys(written)).toEqual(['chosen', 'rejected']);
    expect(written['chosen']!.map(({ content }) => content)).toEqual([
      ...prompt.map(({ content }) => content),
      hardTexts[2],
    ]);
    expect(rows[0]?.item.prompt).toEqual(prompt);
    expect(rows[0]?.item.candidates.map(({ content }) => content)).toEqual([
      [{ role: 'assistant', content: hardTexts[2] }],
      [{ role: 'assistant', content: hardTexts[3] }],
    ]);
  });
});

describe('a question that both texts begin with', () => {
  const roundTrip = async (row: { chosen: string; rejected: string }) => {
    const [read] = await readRows(textCodecs['trl-preference'], `${JSON.stringify(row)}\n`);
    const sealed = { ...(read as { row: TextSealed }).row, shapes: [] };
    const { files } = await writeRows(textCodecs['trl-preference'], [sealed], { form: 'implicit' });
    return { item: sealed.item, written: JSON.parse(files['']!) as unknown };
  };
  const parts = ({ prompt, candidates }: TextSealed['item']) => [
    ...prompt.map(({ content }) => content),
    ...candidates.map(({ content }) => content),
  ];

  it('is told apart where TRL does, and goes back as it came', async () => {
    const sky = { chosen: 'The sky is blue.', rejected: 'The sky is green.' };
    const { item, written } = await roundTrip(sky);
    expect(parts(item)).toEqual(['The sky is', ' blue.', ' green.']);
    expect(written).toEqual(sky);
  });

  it.each([
    [{ chosen: 'Yes', rejected: 'No' }, ['Yes', 'No']],
    [{ chosen: 'Q: 😀', rejected: 'Q: 😁' }, ['Q:', ' 😀', ' 😁']],
    [{ chosen: '问：好？答：好。', rejected: '问：好？答：不好。' }, ['问：好？答：', '好。', '不好。']],
    [{ chosen: 'Same', rejected: 'Same' }, ['Sam', 'e', 'e']],
    [{ chosen: 'A', rejected: 'A and more' }, ['A', 'A and more']],
  ])('leaves a character to each of %j', async (row, expected) => {
    const { item, written } = await roundTrip(row);
    expect(parts(item)).toEqual(expected);
    expect(written).toEqual(row);
  });
});

describe('columns of the row as it came', () => {
  it('are lost only where nothing written holds them', async () => {
    const row = sampleRow('write', {
      item: {
        prompt: [{ role: 'user', content: 'Sum it up.\n\nA long text.' }],
        machine: 'news',
        images: ['a.png'],
        extra: {
          ...{
            instruction: 'Sum it up.',
            instances: [{ input: 'A long text.', note: '' }],
            topic: 'news',
            image: 'a.png',
          },
          ...{ id: 7, by: 'someone', A: 'A' },
        },
      },
    });
    const lost = async (format: TextFormat, choices = {}) =>
      (await writeRows(textCodecs[format], [row], choices)).loss.find(({ what }) => what === 'field')?.count ?? 0;
    // Its number, who wrote it, and a letter that only stands in the text by chance.
    expect(await lost('prompt-response')).toBe(3);
    expect(await lost('prompt-response', { columns: 'keep' })).toBe(0);
    expect(await lost('csv', { columns: 'drop' })).toBe(3);
    expect(await lost('csv')).toBe(0);
  });
});

describe('one list', () => {
  it.each(['jsonl', 'prompt-response', 'trl-preference'] as const)(
    'holds the rows of %s, side files aside',
    async (format) => {
      const kind = format === 'trl-preference' ? 'compare' : 'write';
      const tied = sampleRow('compare', { answer: { preferences: { overall: 0 } } });
      const given =
        format === 'trl-preference' ? [sampleRow(kind), tied, sampleRow(kind)] : [sampleRow(kind), sampleRow(kind)];
      const codec = textCodecs[format];
      const { files } = await writeRows(codec, given, { container: 'list' });
      expect(JSON.parse(files['']!)).toHaveLength(2);
      expect(guessTextFormat('rows.json', files['']!)).toBe(format);
      const read = await readRows(codec, sourceFile('rows.json', files['']!));
      expect(read.filter((each) => 'row' in each)).toHaveLength(2);
      if (format === 'trl-preference') expect(files['ties.jsonl']!.split('\n')).toHaveLength(2);
      expect((await writeRows(codec, [], { container: 'list' })).files['']).toBe('[]\n');
    },
  );
});

describe('what only the owner of a file knows', () => {
  const read = (row: object, answers: Record<string, string>) => readOne(`${JSON.stringify(row)}\n`, answers);
  const readOne = async (text: string, answers: Record<string, string>) => {
    for await (const each of textCodecs.doccano.read(sourceFile('rows.jsonl', text), { newId: nextShapeId, answers })) {
      if ('row' in each) return each.row;
    }
    return null;
  };

  it('says whether offsets count graphemes', async () => {
    const row = { text: '👨‍👩‍👧 words', label: [[2, 7, 'wrong']] };
    const places = async (answers: Record<string, string>) =>
      (await read(row, answers))?.shapes?.map(({ geometry }) => ({ ...geometry }));
    expect(await places({ offsets: 'grapheme' })).toMatchObject([{ start: 9, end: 14 }]);
    expect(await places({})).toMatchObject([{ start: 3, end: 10 }]);
  });

  it('says whether whole labels are classes or texts', async () => {
    const row = { text: 'Hello', label: [' Bonjour '] };
    expect(await read(row, {})).toMatchObject({ item: { kind: 'categorise' }, answer: { categories: [' Bonjour '] } });
    expect(await read(row, { labels: 'texts' })).toMatchObject({
      item: { kind: 'write' },
      answer: { text: ' Bonjour ' },
    });
  });
});

describe('Label Studio', () => {
  const task = (more: object) => JSON.stringify([{ id: 1, data: { text: 'good 😀 day' }, ...more }]);

  it('keeps what a machine predicted apart from what was answered', async () => {
    const choice = { from_name: 'c', to_name: 't', type: 'choices', value: { choices: ['Positive'] } };
    const [read] = await readRows(textCodecs['label-studio-text'], task({ predictions: [{ result: [choice] }] }));
    expect(read).toMatchObject({ row: { item: { kind: 'categorise', machine: 'Positive' }, answer: {} } });
  });

  it('reads each label of a passage, and names with slashes through a taxonomy', async () => {
    const value = { start: 0, end: 4, text: 'good', labels: ['praise', 'tone'] };
    const annotations = [{ result: [{ from_name: 'l', to_name: 't', type: 'labels', value }] }];
    const [read] = await readRows(textCodecs['label-studio-text'], task({ annotations }));
    expect(read && 'row' in read && read.row.shapes?.map(({ label }) => label)).toEqual(['praise', 'tone']);
    const row = sampleRow('categorise', { answer: { categories: ['news/on\\/off'] } });
    const { files, rows } = await back('label-studio-text', row, { categories: 'taxonomy' });
    expect(JSON.parse(files['']!)[0].annotations[0].result[0].value).toEqual({ taxonomy: [['news', 'on/off']] });
    expect(rows[0]?.answer).toEqual(row.answer);
  });
});

describe('passages', () => {
  const text = '😀 wrong 👨‍👩‍👧 words';
  const row = sampleRow('mark', {
    item: { prompt: [], candidates: [{ id: 'a', content: text, model: null }] },
    shapes: [passage(3, 8), passage(9, 17)],
  });

  it('count code points or graphemes for doccano, UTF-16 for Label Studio', async () => {
    const labels = async (choices: object) =>
      JSON.parse((await back('doccano', row, choices)).files['']!).label as unknown;
    expect(await labels({})).toEqual([
      [2, 7, 'wrong'],
      [8, 13, 'wrong'],
    ]);
    expect(await labels({ offsets: 'grapheme' })).toEqual([
      [2, 7, 'wrong'],
      [8, 9, 'wrong'],
    ]);
    const { rows, files } = await back('label-studio-text', row);
    expect(JSON.parse(files['']!)[0].annotations[0].result[0].value).toEqual({
      ...{ start: 3, end: 8, text: 'wrong', labels: ['wrong'] },
    });
    expect(rows[0]?.shapes?.map(({ geometry }) => geometry)).toMatchObject([
      { start: 3, end: 8 },
      { start: 9, end: 17 },
    ]);
    const doccano = await back('doccano', row);
    expect(doccano.rows[0]?.shapes?.map(({ geometry }) => geometry)).toMatchObject([
      { start: 3, end: 8 },
      { start: 9, end: 17 },
    ]);
  });
});

describe('real files', () => {
  it.each([
    ['lsf_pairwise__annotations__1.json', 'compare', { preferences: { overall: 1 } }],
    ['lsf_sentiment_analysis__annotations__0.json', 'categorise', { categories: ['Negative'] }],
  ])('%s is read', async (name, kind, answer) => {
    const path = testData(`annotations/labelstudio/${name}`);
    if (path === null) return;
    const [read] = await readRows(textCodecs['label-studio-text'], readFileSync(path, 'utf8'));
    expect(read).toMatchObject({ row: { item: { kind }, answer } });
  });
});
