import { describe, expect, it } from 'vitest';
import {
  effectiveSeries,
  inForceOn,
  missingLabelInUse,
  projectNameKey,
  ruleYoungerThanWork,
} from '#shared/rules/projects.rules.ts';

describe('what is set from a day on', () => {
  const sets = [
    { effectiveFrom: '2026-11-10', is: 'a' },
    { effectiveFrom: '2026-11-01', is: 'b' },
    { effectiveFrom: '2026-11-10', is: 'c' },
  ];

  it('holds from that day, the later writing of the same day in the place of the earlier', () => {
    const on = (day: string) => inForceOn(sets, day)?.is ?? null;
    expect([on('2026-10-31'), on('2026-11-01'), on('2026-11-09'), on('2026-11-10'), on('2027-01-01')]).toEqual([
      null,
      'b',
      'b',
      'c',
      'c',
    ]);
    expect(effectiveSeries(sets, () => '').map(({ is }) => is)).toEqual(['b', 'c']);
    expect(effectiveSeries(sets, ({ is }) => is)).toHaveLength(sets.length);
  });
});

describe('names of projects', () => {
  it('that look alike compare equal', () => {
    expect(projectNameKey(' CAFE\u0301\t Night ')).toBe(projectNameKey('café night'));
    expect(projectNameKey('街景 1')).not.toBe(projectNameKey('街景 2'));
  });
});

describe('labels in use', () => {
  it('must stay', () => {
    const labels = [{ key: 'car', color: '#000000' }];
    expect(missingLabelInUse(labels, ['car'])).toBeNull();
    expect(missingLabelInUse(labels, ['car', 'bus'])).toBe('bus');
    expect(missingLabelInUse([], [])).toBeNull();
    expect(missingLabelInUse(labels, ['', 'car'])).toBeNull();
  });
});

describe('a rule and the work it is held against', () => {
  const work = { sealedAt: '2026-11-22T01:00:00.000Z', day: '2026-11-22' };
  const rule = { effectiveFrom: '2026-11-22', receivedAt: '2026-11-22T01:00:00.000Z' };

  it('is younger when it came into force on a later day or was received after the sealing', () => {
    expect(ruleYoungerThanWork(rule, work)).toBe(false);
    expect(ruleYoungerThanWork({ ...rule, effectiveFrom: '2026-11-23' }, work)).toBe(true);
    expect(ruleYoungerThanWork({ ...rule, receivedAt: '2026-11-22T01:00:00.001Z' }, work)).toBe(true);
  });

  it('is not called older when one of the two is unknown', () => {
    expect(ruleYoungerThanWork({ ...rule, effectiveFrom: null }, work)).toBeNull();
    expect(ruleYoungerThanWork(rule, { ...work, sealedAt: null })).toBeNull();
    expect(ruleYoungerThanWork({ effectiveFrom: null, receivedAt: '2026-11-23T00:00:00.000Z' }, work)).toBe(true);
    expect(ruleYoungerThanWork({ effectiveFrom: null, receivedAt: null }, work)).toBeNull();
  });
});
