import type { LabelSet } from '#shared/domain/label-set.ts';
import { labelColor } from '#shared/rules/label-colors.rules.ts';

/** A label set as typed, or what is wrong with it. */
export type LabelLines = { ok: true; labels: LabelSet } | { ok: false; problem: 'twice' | 'long'; key: string };

const longest = 200;

/** Reads labels, one per line: `car`, or `car = 轿车` where another name is to be shown. Empty lines don't count. */
export function readLabelLines(text: string): LabelLines {
  const labels: LabelSet = [];
  for (const line of text.split(/\r?\n/)) {
    const [, left = '', right = ''] = /^([^=＝]*)(?:[=＝](.*))?$/.exec(line) ?? [];
    const key = left.trim();
    const name = right.trim();
    if (key === '') continue;
    if (key.length > longest || name.length > longest) return { ok: false, problem: 'long', key: key.slice(0, 40) };
    if (labels.some((label) => label.key === key)) return { ok: false, problem: 'twice', key };
    const color = labelColor(labels.length);
    labels.push(name === '' || name === key ? { key, color } : { key, name, color });
  }
  return { ok: true, labels };
}

/** A label set as lines. */
export function writeLabelLines(labels: readonly { key: string; name?: string | undefined }[]): string {
  return labels.map(({ key, name }) => (name === undefined || name === key ? key : `${key} = ${name}`)).join('\n');
}

/** Keys of the twelve classes of the driving projects, in the order of the number keys, and their locale keys. */
export const drivingClasses = [
  { key: 'car', words: 'car' },
  { key: 'bus', words: 'bus' },
  { key: 'truck', words: 'truck' },
  { key: 'rider', words: 'rider' },
  { key: 'tricycle', words: 'tricycle' },
  { key: 'bicycle', words: 'bicycle' },
  { key: 'pedestrian', words: 'pedestrian' },
  { key: 'other vehicle', words: 'otherVehicle' },
  { key: 'traffic cone', words: 'trafficCone' },
  { key: 'water-filled barrier', words: 'barrier' },
  { key: 'accident', words: 'accident' },
  { key: 'construction', words: 'construction' },
] as const;
