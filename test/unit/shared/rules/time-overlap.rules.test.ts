import { expect, it } from 'vitest';
import { overlappedNeighbour, ownLane } from '#shared/rules/time-overlap.rules.ts';

it('gives each source its lanes, and each thing waited for its own', () => {
  expect(ownLane({ lane: 'activity', what: 'break', source: 'measured' })).toBe('measured/activity');
  expect(ownLane({ lane: 'activity', what: 'break', source: 'stated' })).toBe('stated/activity');
  expect(ownLane({ lane: 'waiting', what: 'tasks', source: 'stated' })).not.toBe(
    ownLane({ lane: 'waiting', what: 'rules', source: 'stated' }),
  );
  expect(ownLane({ lane: 'presence', what: 'present', source: 'imported' })).toBeNull();
  expect(ownLane({ source: 'measured' })).toBeNull();
});

it('finds the neighbour that is overlapped, and none where one ends as the other begins', () => {
  const before = { start: '01', end: '05' };
  const after = { start: '08', end: '09' };
  expect(overlappedNeighbour({ start: '05', end: '08' }, before, after)).toBeNull();
  expect(overlappedNeighbour({ start: '04', end: '08' }, before, after)).toBe(before);
  expect(overlappedNeighbour({ start: '05', end: '09' }, before, after)).toBe(after);
  expect(overlappedNeighbour({ start: '05', end: '09' }, undefined, undefined)).toBeNull();
});
