import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JournalRecord, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { createDraftJournal } from '#renderer/features/work/draft-journal.ts';
import { createSoundDesk } from '#renderer/features/work/sound/sound-desk.ts';

const idOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as ShapeId;
const segmentOf = (n: number): Shape => ({
  id: idOf(n),
  label: 'valid',
  geometry: { type: 'span', start: n * 1000, end: n * 1000 + 500, tier: 'A', channel: null },
  attributes: {},
  origin: 'hand',
});

/** A desk over two segments, and what reached the disk. */
function twoSegments() {
  const kept: JournalRecord[] = [];
  const base = { version: 1 as const, shapes: [segmentOf(1), segmentOf(2)] };
  const journal = createDraftJournal(
    {
      append: async (_after, records) => {
        kept.push(...records);
        return { length: kept.length };
      },
      get: async () => ({ base, records: kept }),
    },
    { base, records: [] },
  );
  return { desk: createSoundDesk(journal), journal, kept };
}

/** Types letter by letter, `gap` milliseconds apart. */
function type(desk: ReturnType<typeof twoSegments>['desk'], id: ShapeId, text: string, gap: number, before = '') {
  for (let at = 1; at <= text.length; at += 1) {
    desk.write(id, before + text.slice(0, at));
    vi.advanceTimersByTime(gap);
  }
}

const textOf = (desk: ReturnType<typeof twoSegments>['desk'], n: number) =>
  desk.doc.shapes.find(({ id }) => id === idOf(n))?.text;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what is typed into a transcript', () => {
  it('is on its way to the disk within a second, however long it goes on without a rest', async () => {
    const { desk, kept } = twoSegments();
    for (let at = 1; at <= 60; at += 1) {
      desk.write(idOf(1), 'x'.repeat(at));
      await vi.advanceTimersByTimeAsync(50);
      const last = kept.at(-1);
      const written = last?.type === 'do' ? (last.change.edits[0]?.after?.text ?? '').length : 0;
      // 20 letters a second.
      expect(at - written).toBeLessThanOrEqual(20);
    }
  });

  it('comes back as one where it went on without a rest, and in two where there was one', () => {
    const { desk } = twoSegments();
    type(desk, idOf(1), 'without a rest for some seconds', 100);
    vi.advanceTimersByTime(600);
    type(desk, idOf(1), ' and more after it', 100, 'without a rest for some seconds');
    vi.advanceTimersByTime(600);
    expect(textOf(desk, 1)).toBe('without a rest for some seconds and more after it');
    desk.undo();
    expect(textOf(desk, 1)).toBe('without a rest for some seconds');
    desk.undo();
    expect(textOf(desk, 1)).toBeUndefined();
    desk.redo();
    expect(textOf(desk, 1)).toBe('without a rest for some seconds');
    desk.redo();
    expect(textOf(desk, 1)).toBe('without a rest for some seconds and more after it');
    expect(desk.doc.shapes).toHaveLength(2);
  });

  it('is in the document before any other edit, and before another segment is typed in', () => {
    const { desk } = twoSegments();
    desk.write(idOf(1), 'first');
    expect(desk.unwritten(idOf(1))).toBe('first');
    desk.write(idOf(2), 'second');
    expect(desk.unwritten(idOf(1))).toBeNull();
    expect(textOf(desk, 1)).toBe('first');
    desk.edit((doc) => ({
      label: 'delete',
      wanted: [{ id: doc.shapes.find(({ text }) => text === 'second')!.id, after: null }],
    }));
    expect(desk.doc.shapes.map(({ id }) => id)).toEqual([idOf(1)]);
    desk.undo();
    expect(textOf(desk, 2)).toBe('second');
  });

  it('is kept when the desk is put away', () => {
    const { desk, journal } = twoSegments();
    desk.write(idOf(1), 'the last word');
    desk.dispose();
    expect(journal.view().journal.doc.shapes[0]?.text).toBe('the last word');
  });
});

describe('the selection', () => {
  it('leaves out what is gone, and leads to what an undo changed', () => {
    const { desk } = twoSegments();
    desk.select([idOf(1), idOf(2)]);
    desk.edit(() => ({ label: 'delete', wanted: [{ id: idOf(2), after: null }] }));
    expect(desk.selection).toEqual([idOf(1)]);
    desk.undo();
    expect(desk.selection).toEqual([idOf(2)]);
    expect(desk.current?.id).toBe(idOf(2));
  });
});
