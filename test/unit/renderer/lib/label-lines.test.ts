import { describe, expect, it } from 'vitest';
import { labelSet } from '#shared/domain/label-set.ts';
import { drivingClasses, readLabelLines, writeLabelLines } from '#renderer/lib/label-lines.ts';

describe('readLabelLines', () => {
  it('takes one label a line, with the name to show after an equals sign of either width', () => {
    const read = readLabelLines('car\n\n  bus = 公交车  \r\ntraffic cone＝锥桶\n');
    expect(read).toMatchObject({
      ok: true,
      labels: [{ key: 'car' }, { key: 'bus', name: '公交车' }, { key: 'traffic cone', name: '锥桶' }],
    });
    if (read.ok) expect(labelSet.safeParse(read.labels).success).toBe(true);
  });

  it('says which label is there twice or too long', () => {
    expect(readLabelLines('car\nbus\ncar = x')).toEqual({ ok: false, problem: 'twice', key: 'car' });
    expect(readLabelLines('x'.repeat(201))).toMatchObject({ ok: false, problem: 'long' });
  });

  it('reads back what it writes', () => {
    const labels = drivingClasses.map(({ key, words }) => ({ key, name: words }));
    const read = readLabelLines(writeLabelLines(labels));
    expect(read.ok && read.labels.map(({ key }) => key)).toEqual(drivingClasses.map(({ key }) => key));
    expect(new Set(read.ok ? read.labels.map(({ color }) => color) : []).size).toBe(12);
  });
});
