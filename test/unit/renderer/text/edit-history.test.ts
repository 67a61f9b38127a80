import { ChangeSet, type ChangeSpec } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEdits, encodeEdits, textAfter, type Edit, type EditWay } from '#shared/text/edit-log.ts';
import {
  createEditHistory,
  editsOf,
  lineBreak,
  replay,
  textOf,
  type EditHistory,
} from '#renderer/text/edit-history.ts';

/** A text with its history, as a field keeps it. */
function writer(before = '') {
  const history: EditHistory = createEditHistory();
  const log: Edit[] = [];
  let doc = textOf(before);
  let now = 1_000_000;
  const take = (changes: ChangeSet, how: EditWay) => {
    const edits = editsOf(changes, how, now);
    history.take(edits, doc);
    doc = changes.apply(doc);
    log.push(...edits);
  };
  return {
    history,
    log,
    text: () => doc.sliceString(0, doc.length, lineBreak),
    wait: (ms: number) => void (now += ms),
    change: (spec: ChangeSpec, how: EditWay = 'type') => take(ChangeSet.of(spec, doc.length, lineBreak), how),
    type(text: string, at = doc.length, how: EditWay = 'type') {
      for (const [step, letter] of [...text].entries()) {
        take(ChangeSet.of({ from: at + step, insert: letter }, doc.length, lineBreak), how);
        now += 90;
      }
    },
    undo() {
      const changes = history.undo(doc.length);
      if (changes) take(changes, 'undo');
      return changes !== null;
    },
    redo() {
      const changes = history.redo(doc.length);
      if (changes) take(changes, 'redo');
      return changes !== null;
    },
  };
}

describe('the history of a text', () => {
  it('takes back what was typed without a rest as one step', () => {
    const text = writer();
    text.type('The moon.');
    text.wait(600);
    text.type(' The sun.');
    text.undo();
    expect(text.text()).toBe('The moon.');
    text.undo();
    expect(text.text()).toBe('');
    expect(text.undo()).toBe(false);
    text.redo();
    text.redo();
    expect(text.text()).toBe('The moon. The sun.');
    expect(text.redo()).toBe(false);
  });

  it('takes back all hits of a replacement at once', () => {
    const text = writer('sea sea sea');
    text.change(
      [0, 4, 8].map((from) => ({ from, to: from + 3, insert: 'ocean' })),
      'program',
    );
    expect(text.text()).toBe('ocean ocean ocean');
    text.undo();
    expect(text.text()).toBe('sea sea sea');
    text.redo();
    expect(text.text()).toBe('ocean ocean ocean');
  });

  it('keeps a composition that took its time as one step, and the next one as another', () => {
    const text = writer();
    text.change({ from: 0, insert: 'n' }, 'compose');
    text.wait(900);
    text.change({ from: 0, to: 1, insert: 'ni' }, 'compose');
    text.wait(2000);
    text.change({ from: 0, to: 2, insert: '你' }, 'compose');
    text.wait(2000);
    text.change({ from: 1, insert: 'h' }, 'compose');
    text.change({ from: 1, to: 2, insert: '好' }, 'compose');
    text.undo();
    expect(text.text()).toBe('你');
    text.undo();
    expect(text.text()).toBe('');
  });

  it('is the same after its log is gone through again, undo and redo among it', () => {
    const text = writer('a draft');
    text.type(' more');
    text.wait(600);
    text.type('x', 3);
    text.undo();
    text.undo();
    text.redo();
    const again = replay(decodeEdits(encodeEdits(text.log).bytes).edits, 'a draft');
    expect(again.text.toString()).toBe('a draft more');
    const changes = again.history.redo(again.text.length)!;
    expect(changes.apply(again.text).toString()).toBe('a dxraft more');
  });

  it('makes the same steps again from any log', () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('type' as const),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        text: fc.string({ minLength: 1, maxLength: 3 }),
      }),
      fc.record({ do: fc.constant('cut' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(4) }),
      fc.record({ do: fc.constant('all' as const) }),
      fc.record({ do: fc.constant('undo' as const) }),
      fc.record({ do: fc.constant('redo' as const) }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.nat(900) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const before = 'one\ntwo\r\nthree';
        const text = writer(before);
        for (const each of steps) {
          const { length } = text.text();
          if (each.do === 'undo') text.undo();
          else if (each.do === 'redo') text.redo();
          else if (each.do === 'wait') text.wait(each.ms);
          else if (each.do === 'type') text.change({ from: Math.floor(each.at * length), insert: each.text });
          else if (each.do === 'cut') {
            const from = Math.floor(each.at * length);
            text.change({ from, to: Math.min(length, from + each.length) });
          } else if (length > 4)
            text.change(
              [
                { from: 0, to: 1, insert: 'AA' },
                { from: 3, to: 4 },
              ],
              'program',
            );
        }
        expect(textAfter(text.log, before)).toBe(text.text());
        const again = replay(decodeEdits(encodeEdits(text.log).bytes).edits, before);
        expect(again.text.sliceString(0, again.text.length, lineBreak)).toBe(text.text());
        // Every step back leads to the same text.
        let doc = again.text;
        while (text.undo()) {
          const changes = again.history.undo(doc.length)!;
          again.history.take(editsOf(changes, 'undo', 0), doc);
          doc = changes.apply(doc);
          expect(doc.sliceString(0, doc.length, lineBreak)).toBe(text.text());
        }
        expect(again.history.canUndo).toBe(false);
        expect(text.text()).toBe(before);
      }),
      { numRuns: 300 },
    );
  });
});
