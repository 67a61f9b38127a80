import { describe, expect, it } from 'vitest';
import type { JournalRecord, Shape } from '#shared/domain/annotation.ts';
import { countByLabel, nextRound, shapesAdded, submitRefusal } from '#shared/rules/tasks.rules.ts';

const shape = (label: string | null): Shape => ({
  id: '01920000-0000-7000-8000-000000000001' as Shape['id'],
  label,
  geometry: { type: 'box', x: 0, y: 0, w: 1, h: 1 },
  attributes: {},
  origin: 'hand',
});
const edit = (before: Shape | null, after: Shape | null) => ({ before, after, indexBefore: null, indexAfter: null });
const did = (...edits: ReturnType<typeof edit>[]): JournalRecord => ({
  type: 'do',
  at: 0,
  change: { label: 'draw', edits },
});

describe('rules of tasks', () => {
  it('tells from records how many shapes they add, unless one of them is an undo', () => {
    const a = shape('a');
    expect(shapesAdded([])).toBe(0);
    expect(shapesAdded([did(edit(null, a), edit(null, a)), did(edit(a, a)), did(edit(a, null))])).toBe(1);
    expect(shapesAdded([did(edit(null, a)), { type: 'undo', at: 0 }])).toBeNull();
    expect(shapesAdded([{ type: 'redo', at: 0 }])).toBeNull();
  });

  it('counts shapes by label, whatever a label is called', () => {
    const shapes = ['car', null, '__proto__', 'constructor', 'car'].map(shape);
    expect(Object.entries(countByLabel({ version: 1, shapes }))).toEqual([
      ['car', 2],
      ['', 1],
      ['__proto__', 1],
      ['constructor', 1],
    ]);
  });

  it('lets a task be submitted only when that would seal what was seen, and something new', () => {
    const task = { state: 'drafted', journalLength: 4, submittedLength: null, kindChanged: false } as const;
    expect(submitRefusal(task, 4, undefined)).toBeNull();
    expect(submitRefusal(task, 3, undefined)).toBe('stale');
    const submitted = { ...task, state: 'submitted', submittedLength: 4 } as const;
    expect(submitRefusal(submitted, 4, 'a reason')).toBe('nothing-new');
    expect(submitRefusal({ ...submitted, journalLength: 5 }, 5, undefined)).toBe('reason-needed');
    expect(submitRefusal({ ...submitted, journalLength: 5 }, 5, 'a reason')).toBeNull();
    // A kind that was wrong is set right by submitting the same again, with the reason.
    expect(submitRefusal({ ...submitted, kindChanged: true }, 4, undefined)).toBe('reason-needed');
    expect(submitRefusal({ ...submitted, kindChanged: true }, 4, 'wrong kind')).toBeNull();
    // Returned work may be sent again as it was: the worker stands by it.
    expect(submitRefusal({ ...submitted, state: 'returned' }, 4, undefined)).toBeNull();
    // Voided work is a draft again.
    expect(submitRefusal({ ...submitted, state: 'drafted' }, 4, undefined)).toBeNull();
  });

  it('counts a round only when work came back', () => {
    expect(nextRound(null, 'drafted')).toBe(1);
    expect(nextRound({ round: 2 }, 'returned')).toBe(3);
    expect(nextRound({ round: 2 }, 'submitted')).toBe(2);
  });
});
