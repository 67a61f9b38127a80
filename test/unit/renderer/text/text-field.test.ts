import { ChangeSet } from '@codemirror/state';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromBase64, toBase64 } from '#shared/proofs/base64.ts';
import { decodeEdits, textAfter } from '#shared/text/edit-log.ts';
import { ClientError } from '#renderer/client/client-error.ts';
import { lineBreak } from '#renderer/text/edit-history.ts';
import { createTextField, type KeptHistory, type TextField } from '#renderer/text/text-field.ts';

/** A host that keeps one log in memory, and can go away or lose an answer. */
function host() {
  let bytes = new Uint8Array();
  const state = { away: false, loseAnswer: false };
  return {
    state,
    bytes: () => bytes,
    set(data: Uint8Array) {
      bytes = Uint8Array.from(data);
    },
    port: {
      append: async (after: number, data: string) => {
        if (state.away) throw new ClientError('client/unreachable', {}, 'texts.appendLog');
        if (after !== bytes.length) throw new ClientError('drafts/stale', {}, 'texts.appendLog');
        bytes = Uint8Array.from([...bytes, ...fromBase64(data)]);
        if (state.loseAnswer) {
          state.loseAnswer = false;
          throw new ClientError('client/unreachable', {}, 'texts.appendLog');
        }
        return { length: bytes.length };
      },
      read: async () => {
        if (state.away) throw new ClientError('client/unreachable', {}, 'texts.readLogs');
        return toBase64(bytes);
      },
    },
  };
}

const opened: TextField[] = [];
function open(of: ReturnType<typeof host>, { before = '', kept = 'full' as KeptHistory } = {}): TextField {
  const field = createTextField({ name: 'answer', before, stored: of.bytes(), port: of.port, kept });
  opened.push(field);
  return field;
}

function type(field: TextField, text: string, from = field.doc.length): void {
  for (const [at, letter] of [...text].entries()) {
    field.take(ChangeSet.of({ from: from + at, insert: letter }, field.doc.length, lineBreak), 'type');
  }
}

const stored = (of: ReturnType<typeof host>, before = '') => textAfter(decodeEdits(of.bytes()).edits, before);

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 10, 22) }));
afterEach(() => {
  for (const field of opened.splice(0)) field.dispose();
  vi.useRealTimers();
});

describe('a text being written', () => {
  it('is with the host within a second, and undone after it is opened again', async () => {
    const of = host();
    const field = open(of);
    type(field, 'The moon.');
    await vi.advanceTimersByTimeAsync(700);
    type(field, ' The sun.');
    expect(field.saved).toBe('saving');
    await vi.advanceTimersByTimeAsync(1000);
    expect(field.saved).toBe('saved');
    expect(stored(of)).toBe('The moon. The sun.');
    const again = open(of);
    expect(again.undo()).toBe(true);
    expect(again.text()).toBe('The moon.');
  });

  it('loses nothing when the host goes away, and writes nothing twice when an answer is lost', async () => {
    const of = host();
    const field = open(of);
    of.state.away = true;
    type(field, 'abc');
    await vi.advanceTimersByTimeAsync(2000);
    expect(field.saved).toBe('waiting');
    type(field, 'def');
    of.state.away = false;
    of.state.loseAnswer = true;
    field.retry();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(field.saved).toBe('saved');
    expect(stored(of)).toBe('abcdef');
    expect(decodeEdits(of.bytes()).edits).toHaveLength(6);
  });

  it('stands as it is here when another window wrote, whose text an undo brings back', async () => {
    const of = host();
    const field = open(of);
    type(field, 'one');
    await vi.advanceTimersByTimeAsync(1000);
    const other = open(of);
    type(other, ' other');
    await vi.advanceTimersByTimeAsync(1000);
    type(field, ' mine');
    const reloaded = vi.fn<() => void>();
    field.on('reload', reloaded);
    await vi.advanceTimersByTimeAsync(2000);
    expect(reloaded).toHaveBeenCalledOnce();
    expect(field.text()).toBe('one mine');
    expect(stored(of)).toBe('one mine');
    field.undo();
    expect(field.text()).toBe('one other');
  });

  it('keeps neither times nor ways where no history is kept, and still undoes', async () => {
    const of = host();
    const field = open(of, { before: 'a draft', kept: 'off' });
    type(field, ' more');
    expect(field.undo()).toBe(true);
    expect(field.text()).toBe('a draft');
    await vi.advanceTimersByTimeAsync(1000);
    const { edits } = decodeEdits(of.bytes());
    expect(new Set(edits.map(({ at, how }) => `${at} ${how}`))).toEqual(new Set(['0 program']));
    expect(stored(of, 'a draft')).toBe('a draft');
  });

  it('undoes sentence by sentence after a restart where no times are kept', async () => {
    const of = host();
    const field = open(of, { kept: 'off' });
    for (const letter of 'One. 二二。Three\n4') type(field, letter);
    await vi.advanceTimersByTimeAsync(1000);
    const again = open(of, { kept: 'off' });
    const seen = [again.text()];
    while (again.undo()) seen.push(again.text());
    expect(seen).toEqual(['One. 二二。Three\n4', 'One. 二二。Three\n', 'One. 二二。', 'One.', '']);
  });

  it('takes the log as it is after its history was erased', async () => {
    const of = host();
    const field = open(of);
    type(field, 'words');
    await vi.advanceTimersByTimeAsync(1000);
    of.set(new Uint8Array());
    await field.reread();
    expect(field.text()).toBe('');
    expect(field.history.canUndo).toBe(false);
    type(field, 'x');
    await vi.advanceTimersByTimeAsync(1000);
    expect(stored(of)).toBe('x');
  });
});
