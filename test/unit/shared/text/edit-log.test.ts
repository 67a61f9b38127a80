import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editFigures } from '#shared/text/edit-figures.ts';
import { decodeEdits, type Edit, editWays, emptyLogEnd, encodeEdits, textAfter } from '#shared/text/edit-log.ts';

const start = Date.UTC(2026, 10, 22, 8);
const typed = (from: number, inserted: string, at = start, removed = 0): Edit => ({
  ...{ at, from, removed, inserted, how: 'type' },
});

/** Edits that each fit the text the ones before lead to, with halves of surrogate pairs among them. */
const histories = fc
  .array(
    fc.record({
      passed: fc.nat(100_000),
      where: fc.double({ min: 0, max: 1, noNaN: true }),
      gone: fc.double({ min: 0, max: 1, noNaN: true }),
      inserted: fc.string({ unit: fc.constantFrom('a', '字', '\uD83D', '\uDE00', '\n', 'é'), maxLength: 6 }),
      how: fc.constantFrom(...editWays),
      origin: fc.option(fc.string({ maxLength: 8 }), { nil: undefined }),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let text = '';
    let at = start;
    const edits = steps.map(({ passed, where, gone, inserted, how, origin }): Edit => {
      at += passed;
      const from = Math.floor(where * (text.length + 1)) % (text.length + 1);
      const removed = Math.floor(gone * (text.length - from));
      text = text.slice(0, from) + inserted + text.slice(from + removed);
      return { at, from, removed, inserted, how, ...(origin !== undefined && { origin }) };
    });
    return { edits, text };
  });

describe('the edit log', () => {
  it('gives every edit back, and the text they lead to', () => {
    fc.assert(
      fc.property(histories, ({ edits, text }) => {
        const { bytes, end } = encodeEdits(edits);
        const back = decodeEdits(bytes);
        expect(back).toEqual({ edits, end });
        expect(textAfter(back.edits)).toBe(text);
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it('may be written in pieces', () => {
    fc.assert(
      fc.property(histories, fc.nat(60), ({ edits }, cut) => {
        const first = encodeEdits(edits.slice(0, cut));
        const second = encodeEdits(edits.slice(cut), first.end);
        expect([...first.bytes, ...second.bytes]).toEqual([...encodeEdits(edits).bytes]);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('begins from a text that was there', () => {
    expect(textAfter([typed(5, '!', start, 1), typed(0, '“')], 'Hallo?')).toBe('“Hallo!');
  });

  it('keeps an hour of typing under 200 kB', () => {
    // 300 keystrokes a minute, a word taken back now and then.
    const edits: Edit[] = [];
    let length = 0;
    for (let key = 0; key < 18_000; key += 1) {
      const at = start + key * 200 + ((key * 7919) % 90);
      if (key % 40 === 39) edits.push(typed((length -= 5), '', at, 5));
      else edits.push(typed(length++, 'etaoin'[key % 6]!, at));
    }
    expect(encodeEdits(edits).bytes.length).toBeLessThan(110_000);
  });

  it('refuses what is no log', () => {
    const { bytes } = encodeEdits([typed(0, 'Chinese 字'), typed(3, 'x', start + 5, 2)]);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      try {
        expect(decodeEdits(bytes.slice(0, cut)).edits.length).toBeLessThan(2);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
    expect(() => decodeEdits(Uint8Array.of(255, 1))).toThrow(RangeError);
    expect(() => decodeEdits(Uint8Array.of(32, 0, 255, 255, 255, 255, 15))).toThrow(RangeError);
    expect(() => textAfter([typed(9, 'x')], 'short')).toThrow(RangeError);
    expect(() => textAfter([typed(0, '', start, 9)], 'short')).toThrow(RangeError);
  });

  it('counts on when the clock is set back', () => {
    const { bytes, end } = encodeEdits([typed(0, 'a'), typed(1, 'b', start - 60_000)]);
    expect(end.at).toBe(start);
    expect(decodeEdits(bytes).edits.map(({ at }) => at)).toEqual([start, start]);
    expect(emptyLogEnd.at).toBe(0);
  });
});

describe('the figures of a history', () => {
  it('tell typing from pasting, and leave pauses out', () => {
    const pasted: Edit = { at: start + 61_000, from: 3, removed: 0, inserted: 'x'.repeat(400), how: 'paste' };
    const edits = [typed(0, 'abc'), typed(1, '', start + 1000, 1), typed(2, 'c', start + 1500), pasted];
    expect(editFigures(edits, '')).toEqual({
      ...{ active_ms: 1500, typed: 4, pasted: 400, removed: 1, pastes: 1 },
      // The deletion, and the letter typed somewhere else after it.
      revisions: 2,
    });
  });

  it('do not take a composition for going back', () => {
    const composed = (inserted: string, removed: number): Edit => ({
      ...{ at: start, from: 0, removed, inserted, how: 'compose' },
    });
    expect(editFigures([composed('n', 0), composed('ni', 1), composed('你', 2)], '')).toMatchObject({
      ...{ revisions: 0, typed: 1, removed: 0 },
    });
  });

  it('count characters as people do, put in and taken out', () => {
    const family = '👨‍👩‍👧';
    const pasted: Edit = { at: start, from: 0, removed: 0, inserted: `${family}e\u0301`, how: 'paste' };
    const cut = typed(0, '', start, family.length);
    expect(editFigures([pasted, cut], '')).toMatchObject({ pasted: 2, removed: 1, typed: 0 });
  });

  it('take what a composition is put in the place of for taken out, and no less than nothing for typed', () => {
    const over: Edit = { at: start, from: 0, removed: 9, inserted: 'n', how: 'compose' };
    const done: Edit = { at: start, from: 0, removed: 1, inserted: '你', how: 'compose' };
    expect(editFigures([over, done], 'nine char')).toMatchObject({ typed: 1, removed: 9, revisions: 1 });
  });
});
