import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { convertTexts, textFormatOfOutput } from '#electron/core/convert-texts.ts';
import { tempDir } from '#test/support/temp-dir.ts';

let folder: ReturnType<typeof tempDir>;
beforeEach(() => {
  folder = tempDir();
});
afterEach(() => folder.remove());

const conversion = (input: string, output: string, to: string, choices = {}) => ({
  ...{ input: join(folder.path, input), output: join(folder.path, output), from: null, to, media: null },
  ...{ overwrite: false, answers: {}, choices },
});

it('converts answers, with what can’t be carried and what could not be read', async () => {
  const rows = [{ prompt: 'Why?', response: ' Because.' }, '{ bad', { prompt: 'How?', response: 'So.' }];
  const lines = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row)));
  writeFileSync(join(folder.path, 'in.jsonl'), lines.join('\n'));
  const done = await convertTexts(conversion('in.jsonl', 'out.jsonl', 'messages'));
  expect(done).toMatchObject({
    from: 'prompt-response',
    items: 2,
    objects: 2,
    failed: [{ where: 'line 2', why: 'not-json' }],
  });
  expect(JSON.parse(readFileSync(join(folder.path, 'out.jsonl'), 'utf8').split('\n')[0]!)).toEqual({
    messages: [
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: ' Because.' },
    ],
  });
});

it('writes nothing where nothing could be read, and never over a file', async () => {
  writeFileSync(join(folder.path, 'in.jsonl'), '{"chosen": {}, "rejected": {}}');
  expect(await convertTexts(conversion('in.jsonl', 'out.csv', 'csv'))).toMatchObject({ items: 0 });
  expect(existsSync(join(folder.path, 'out.csv'))).toBe(false);
  writeFileSync(join(folder.path, 'out.csv'), 'kept');
  await expect(convertTexts(conversion('in.jsonl', 'out.csv', 'csv'))).rejects.toMatchObject({ code: 'files/exists' });
  expect(readFileSync(join(folder.path, 'out.csv'), 'utf8')).toBe('kept');
});

it('is asked for by a name in the path, or by an ending where texts are read', () => {
  expect(textFormatOfOutput('x/answers.trl-preference.jsonl', null)).toBe('trl-preference');
  expect(textFormatOfOutput('x/out.csv', null)).toBe(null);
  expect(textFormatOfOutput('x/out.csv', 'messages')).toBe('csv');
  expect(textFormatOfOutput('x/out.json', 'coco')).toBe(null);
});
