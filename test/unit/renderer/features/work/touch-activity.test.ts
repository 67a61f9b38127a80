import { describe, expect, it } from 'vitest';
import type { TaskId } from '#shared/domain/ids.ts';
import { touchActivity } from '#renderer/features/work/touch-activity.ts';

const here = '00000000-0000-7000-8000-000000000001' as TaskId;
const there = '00000000-0000-7000-8000-000000000002' as TaskId;

describe('what a touch counts as', () => {
  it('follows the task where nothing was chosen', () => {
    expect(touchActivity(null, here, 'open')).toBe('annotating');
    expect(touchActivity(null, here, 'returned')).toBe('revising');
    expect(touchActivity({ what: 'annotating', taskId: there }, here, 'returned')).toBe('revising');
    expect(touchActivity({ what: 'revising', taskId: there }, here, 'drafted')).toBe('annotating');
  });

  it('keeps what was chosen for this task, and what does not belong to a task', () => {
    expect(touchActivity({ what: 'revising', taskId: here }, here, 'open')).toBe('revising');
    expect(touchActivity({ what: 'annotating', taskId: here }, here, 'returned')).toBe('annotating');
    expect(touchActivity({ what: 'meeting', taskId: null }, here, 'open')).toBe('meeting');
  });

  it('ends a break', () => {
    expect(touchActivity({ what: 'break', taskId: null }, here, 'returned')).toBe('revising');
  });
});
