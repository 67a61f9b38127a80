import type { Json } from '../../domain/json.ts';
import { type ExchangeSound, CodecError } from '../codec.ts';
import { isPlainObject, parseJsonText } from '../json-text.ts';
import { attributeOf, childOf, type XmlElement } from '../image/xml-elements.codec.ts';

/** Linguistic types of the tiers that hold what a segment says beside its words. */
export const fieldTypes = {
  class: 'segment class',
  text: 'segment attribute',
  json: 'segment attribute (JSON)',
  ambiguous: 'segment is ambiguous',
} as const;

export type FieldKind = keyof typeof fieldTypes;

/** What kind of field a tier of this linguistic type holds; null where it holds segments. */
export function fieldKindOf(type: string | undefined): FieldKind | null {
  return (Object.keys(fieldTypes) as FieldKind[]).find((kind) => fieldTypes[kind] === type) ?? null;
}

/** The property in which our files keep what milliseconds can't say. */
export const exactName = 'segments';

/** What it holds: the recording, and frames and channels by the ids of annotations. */
export interface Exact {
  sound: ExchangeSound;
  spans: ReadonlyMap<string, readonly [start: number, end: number]>;
  channels: ReadonlyMap<string, number>;
  /** What a tier without a name is called in the file. */
  unnamed: string | null;
}

/** Reads that property; null where there is none, or one that someone else wrote. */
export function readExact(header: XmlElement | undefined): Exact | null {
  const property = header?.children.find(
    (child) => child.name === 'PROPERTY' && attributeOf(child, 'NAME') === exactName,
  );
  if (property === undefined) return null;
  let value: Json;
  try {
    value = parseJsonText(property.text);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return null;
  }
  if (!isPlainObject(value)) return null;
  const { rate, frames, channels } = value;
  if (typeof rate !== 'number' || !Number.isInteger(rate) || rate <= 0 || rate > 10_000_000) return null;
  const whole = (one: Json | undefined): number | null =>
    typeof one === 'number' && Number.isSafeInteger(one) && one >= 0 ? one : null;
  const rows = (name: string) => (isPlainObject(value[name]) ? Object.entries(value[name]) : []);
  const spans = rows('spans').flatMap(([id, span]): [string, [number, number]][] => {
    if (!Array.isArray(span)) return [];
    const [start, end] = [whole(span[0]), whole(span[1])];
    return start === null || end === null || end < start ? [] : [[id, [start, end]]];
  });
  const named = rows('channel').flatMap(([id, channel]): [string, number][] => {
    const index = whole(channel);
    return index === null || index > 63 ? [] : [[id, index]];
  });
  return {
    sound: { rate, frames: whole(frames), channels: whole(channels) },
    spans: new Map(spans),
    channels: new Map(named),
    unnamed: typeof value['unnamed'] === 'string' ? value['unnamed'] : null,
  };
}

/** An annotation as it stands in the file. */
export interface EafAnnotation {
  id: string;
  tier: string;
  line: number;
  text: string;
  /** Ids of its time slots, or of the annotation it refers to and of the one before it there. */
  place: { slots: [string, string] } | { parent: string; previous: string | null };
  /** Attributes that have no meaning here. */
  others: { [name: string]: string };
}

const slotNames = ['TIME_SLOT_REF1', 'TIME_SLOT_REF2'] as const;
const known = new Set(['ANNOTATION_ID', 'ANNOTATION_REF', 'PREVIOUS_ANNOTATION', ...slotNames]);

/** Reads one `ANNOTATION`; null where it is none. */
export function readAnnotation(element: XmlElement, tier: string): EafAnnotation | null {
  const inner = childOf(element, 'ALIGNABLE_ANNOTATION') ?? childOf(element, 'REF_ANNOTATION');
  const id = inner === undefined ? undefined : attributeOf(inner, 'ANNOTATION_ID');
  if (inner === undefined || id === undefined || id === '') return null;
  const text = childOf(inner, 'ANNOTATION_VALUE')?.text ?? '';
  const others = Object.fromEntries(Object.entries(inner.attributes).filter(([name]) => !known.has(name)));
  const shared = { id, tier, line: inner.line, text, others };
  if (inner.name === 'REF_ANNOTATION') {
    const parent = attributeOf(inner, 'ANNOTATION_REF');
    if (parent === undefined) return null;
    return { ...shared, place: { parent, previous: attributeOf(inner, 'PREVIOUS_ANNOTATION') ?? null } };
  }
  const [from, to] = slotNames.map((name) => attributeOf(inner, name));
  return from === undefined || to === undefined ? null : { ...shared, place: { slots: [from, to] } };
}
