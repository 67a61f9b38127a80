import { ChangeSet } from '@codemirror/state';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JournalRecord, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { TextItem } from '#shared/domain/text.ts';
import { answerChange, changeOf, emptyDoc } from '#shared/rules/undo-journal.rules.ts';
import { passagesOf } from '#shared/rules/text-breaches.rules.ts';
import { createDraftJournal, type DraftJournal } from '#renderer/features/work/draft-journal.ts';
import { createTextDesk, type TextDesk } from '#renderer/features/work/text/text-desk.ts';
import type { TaskTexts } from '#renderer/features/work/text/text-keeper.ts';
import { createTextField, type TextField } from '#renderer/text/text-field.ts';

const item: TextItem = {
  ...{ version: 1, kind: 'write', name: 'q', prompt: [], images: [], candidates: [], machine: null, extra: {} },
};

let journal: DraftJournal;
let field: TextField;
let desk: TextDesk;

beforeEach(() => {
  vi.useFakeTimers();
  const records: JournalRecord[] = [];
  const port = {
    append: async (after: number, more: readonly JournalRecord[]) => {
      records.splice(after, Infinity, ...more);
      return { length: records.length };
    },
    get: async () => ({ base: emptyDoc, records }),
  };
  journal = createDraftJournal(port, { base: emptyDoc, records: [] });
  let bytes = 0;
  field = createTextField({
    ...{ name: 'answer', before: '', stored: new Uint8Array(), kept: 'full' },
    port: { append: async (_after, data) => ({ length: (bytes += atob(data).length) }), read: async () => '' },
  });
  const texts: TaskTexts = {
    taskId: '01920000-0000-7000-8000-000000000001' as TaskId,
    facts: { item, machineHidden: false, machineThere: false, history: 'full' },
    field: () => field,
    fields: () => [field],
    onField: () => () => undefined,
    flush: () => field.flush(),
  };
  desk = createTextDesk(journal, texts);
});
afterEach(() => {
  desk.dispose();
  field.dispose();
  journal.dispose();
  vi.useRealTimers();
});

const type = (text: string, from = field.doc.length) =>
  field.take(ChangeSet.of({ from, insert: text }, field.doc.length, '\n'), 'type');

function tie(id: string, start: number, end: number): void {
  const shape: Shape = {
    id: id as ShapeId,
    label: null,
    geometry: { type: 'passage', field: 'answer', start, end },
    attributes: { source: id },
    origin: 'hand',
  };
  desk.settle();
  desk.do(changeOf(desk.doc, 'answer', [{ id: shape.id, after: shape }])!);
}

const words = (doc = desk.live()) =>
  passagesOf(doc).map(({ geometry: { start, end } }) => doc.answer?.text?.slice(start, end));

describe('the desk of a text', () => {
  it('brings the text into the journal as one step that an undo passes over', () => {
    type('The moon.');
    expect(desk.doc.answer).toBeUndefined();
    expect(desk.live().answer?.text).toBe('The moon.');
    desk.settle();
    desk.settle();
    expect(desk.doc.answer?.text).toBe('The moon.');
    expect(journal.view().journal.undoStack).toHaveLength(1);
    desk.say({ refused: { reason: 'other', words: 'no' } });
    type(' More.');
    desk.settle();
    desk.undo();
    expect(desk.doc.answer?.refused).toBeUndefined();
    expect(desk.live().answer?.text).toBe('The moon. More.');
  });

  it('keeps passages at their words while one writes, and has them in the journal soon after', async () => {
    type('moon and sun');
    tie('a', 0, 4);
    tie('b', 9, 12);
    type('The ', 0);
    type('shining ', 13);
    expect(words()).toEqual(['moon', 'sun']);
    await vi.advanceTimersByTimeAsync(2000);
    expect(words(desk.doc)).toEqual(['moon', 'sun']);
    desk.undo();
    expect(words()).toEqual(['moon']);
  });

  it('drops a passage whose words are gone', () => {
    type('moon and sun');
    tie('a', 0, 4);
    field.take(ChangeSet.of({ from: 0, to: 5 }, field.doc.length, '\n'), 'type');
    desk.settle();
    expect(desk.doc.shapes).toEqual([]);
  });

  it('says nothing where nothing is different', () => {
    expect(desk.say({ categories: ['a'] })).toBe(true);
    expect(desk.say({ categories: ['a'] })).toBe(false);
    expect(answerChange(desk.doc, { categories: null })).not.toBeNull();
  });
});
