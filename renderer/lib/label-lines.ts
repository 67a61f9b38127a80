import type { AttributeSpec, LabelSet } from '#shared/domain/label-set.ts';
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

/** Words of the questions that driving projects ask, in the owner's language. */
export interface DrivingWords {
  occlusion: string;
  /** Fully visible, partially, severely, invisible. */
  occlusionLevels: readonly string[];
  pose: string;
  poses: readonly string[];
  inChair: string;
}

/** The driving classes with what is asked of them: how far an object is hidden, and of people how they are. */
export function withDrivingAttributes(labels: LabelSet, words: DrivingWords): LabelSet {
  const choice = (name: string, title: string, values: readonly string[]): AttributeSpec => ({
    name,
    title,
    input: 'select',
    values: [...values],
    initial: null,
    required: true,
    mutable: true,
  });
  const occlusion = choice('occlusion', words.occlusion, words.occlusionLevels);
  const pose = choice('pose', words.pose, words.poses);
  const inChair: AttributeSpec = {
    name: 'in chair',
    title: words.inChair,
    input: 'checkbox',
    values: [],
    initial: false,
    required: false,
    mutable: true,
  };
  return labels.map((label) => {
    if (!drivingClasses.some(({ key }) => key === label.key)) return label;
    return { ...label, attributes: label.key === 'pedestrian' ? [occlusion, pose, inChair] : [occlusion] };
  });
}
