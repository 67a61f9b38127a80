import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { TextAnswer, TextItem, TextKind } from '#shared/domain/text.ts';
import { decodeEdits, type Edit, encodeEdits, textAfter } from '#shared/text/edit-log.ts';
import { historyBytes, readHistory } from '#shared/text/history-file.ts';
import { sealedText, withoutHistory } from '#electron/core/text-sealing.ts';

const start = Date.UTC(2026, 10, 22, 8);

const item = (kind: TextKind, draft = 'The sky is gren.'): TextItem => ({
  ...{
    version: 1,
    kind,
    name: '1',
    prompt: [{ role: 'user', content: 'Colour?' }],
    images: [],
    machine: null,
    extra: {},
  },
  candidates: [{ id: 'a', content: draft, model: 'm' }],
});
const doc = (answer: TextAnswer) => ({ version: 1 as const, shapes: [], answer });
const log = (edits: Edit[], field = 'answer') => ({ field, bytes: Buffer.from(encodeEdits(edits).bytes) });
const edit = (from: number, inserted: string, more: Partial<Edit> = {}): Edit => ({
  ...{ at: start, from, removed: 0, inserted, how: 'type' },
  ...more,
});

describe('what is sealed of a text', () => {
  it('counts what was written every way, and a corrected draft by its edits', () => {
    expect(sealedText(item('write'), doc({ text: '今天很好。' }), [], {})).toEqual({
      text: { kind: 'write', refused: null, edits: null, counts: { words: 2, characters: 5, han: 4, sentences: 1 } },
      history: null,
    });
    expect(sealedText(item('correct'), doc({ text: 'The sky is green!' }), [], {}).text).toMatchObject({ edits: 2 });
    expect(sealedText(item('correct'), doc({}), [], {}).text).toMatchObject({ edits: 0, counts: null });
  });

  it('knows a refusal as work done', () => {
    const refused = { reason: 'too-broad', words: '' };
    expect(sealedText(item('write'), doc({ refused, text: 'left over' }), [], {}).text).toEqual({
      ...{ kind: 'write', refused: 'too-broad', counts: null, edits: null },
    });
  });

  it('names the history by the hash of the file it can be shown as, or keeps figures alone', () => {
    const logs = [
      log([edit(0, 'ab'), edit(2, 'long', { how: 'paste', at: start + 900 })]),
      log([edit(0, 'x')], 'reason'),
    ];
    const { history } = sealedText(item('write'), doc({ text: 'ablong' }), logs, {});
    const file = historyBytes(logs.toReversed());
    expect(history).toEqual({
      ...{ hash: createHash('sha256').update(file).digest('hex'), bytes: file.length },
      ...{ active_ms: 900, typed: 3, pasted: 4, removed: 0, pastes: 1, revisions: 0 },
    });
    const back = readHistory(Buffer.from(file).toString('utf8'));
    expect(back.map(({ field, bytes }) => [field, Buffer.from(bytes)])).toEqual(
      logs.map((each) => [each.field, each.bytes]),
    );
    expect(sealedText(item('write'), doc({}), logs, { history: 'summary' }).history).toMatchObject({
      hash: null,
      typed: 3,
    });
    expect(sealedText(item('write'), doc({}), logs, { history: 'off' }).history).toBeNull();
  });

  it('refuses a damaged log', () => {
    const damaged = [{ field: 'answer', bytes: Buffer.from([255]) }];
    expect(() => sealedText(item('write'), doc({}), damaged, {})).toThrow('drafts/unreadable');
  });
});

describe('a log without its history', () => {
  it('gives the same text, begins where the task begins, and tells nothing', () => {
    const told = withoutHistory(log([edit(13, 'e'), edit(4, 'blue ', { at: start + 5000 })]), item('correct'));
    const { figures, text } = read(told.bytes, 'The sky is gren.');
    expect(text).toBe('The blue sky is green.');
    expect(figures).toBe(1);
    expect(Buffer.from(told.bytes).includes('The sky')).toBe(false);
    expect(withoutHistory(log([edit(0, 'a'), edit(0, '', { removed: 1 })]), item('write')).bytes).toHaveLength(0);
  });
});

function read(bytes: Uint8Array, before: string) {
  const { edits } = decodeEdits(bytes);
  return { figures: edits.length, text: textAfter(edits, before) };
}
