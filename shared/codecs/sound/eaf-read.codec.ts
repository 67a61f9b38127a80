import type { Shape, SpanGeometry } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import { CodecError, type ExchangeSound, type ParsedItem, type SourceFile, timesOnly } from '../codec.ts';
import { plainPath, RowError } from '../image/json-objects.codec.ts';
import { readLabel, type Reading } from '../image/row-reading.codec.ts';
import { attributeOf, childOf, jsonOfElement, parseXml, type XmlElement } from '../image/xml-elements.codec.ts';
import { parseJsonText } from '../json-text.ts';
import { isCanonicalisable } from '../../proofs/canonical.ts';
import {
  type EafAnnotation,
  type Exact,
  exactName,
  type FieldKind,
  fieldKindOf,
  readAnnotation,
  readExact,
} from './eaf-fields.codec.ts';
import { readSlots, timesOf } from './eaf-times.codec.ts';
import { tierOfLane } from './lanes.codec.ts';
import { type createSoundFinder, stemOf } from './recordings.codec.ts';
import { checkTier, importedSegment, millisecondsOf, readText, spanOf, spanOfFrames } from './spans.codec.ts';

/** A file while it is read. */
interface Eaf {
  reading: Reading;
  at(line: number): string;
  root: XmlElement;
  /** Added to all times: where in the recording the file's own time begins. */
  origin: number;
  exact: Exact | null;
  sound: ExchangeSound;
}

/** Reads one file. @throws CodecError */
export async function readEafFile(
  reading: Reading,
  file: SourceFile,
  at: (line: number) => string,
  findSound: ReturnType<typeof createSoundFinder>,
): Promise<ParsedItem> {
  const root = parseXml(await file.text());
  if (root.name !== 'ANNOTATION_DOCUMENT') throw new CodecError('not-this-format', `line ${root.line}`);
  const header = childOf(root, 'HEADER');
  const units = header === undefined ? undefined : attributeOf(header, 'TIME_UNITS');
  if (units !== undefined && units !== 'milliseconds')
    throw new CodecError('time-unit-unknown', `line ${header!.line}`);
  const media = childOf(header, 'MEDIA_DESCRIPTOR');
  const recording = await findSound(...mediaNames(file, media));
  const exact = readExact(header);
  const isKnown = recording.sound.channels !== null || recording.sound.rate !== timesOnly;
  const sound = isKnown ? recording.sound : (exact?.sound ?? recording.sound);
  if (!isKnown && exact === null) reading.loss.add('sound-unknown');
  const said = media === undefined ? undefined : attributeOf(media, 'TIME_ORIGIN');
  const origin = said !== undefined && /^-?\d{1,12}$/.test(said) ? Number(said) : 0;
  const eaf: Eaf = { reading, at, root, origin, exact, sound };
  const shapes = readSegments(eaf);
  const extra = keptExtra(reading, root, exact);
  return { where: file.path, name: recording.name, size: null, sound, shapes, extra };
}

/** Names by which the recording may be found, the likeliest first. */
function mediaNames(file: SourceFile, media: XmlElement | undefined): [string, ...string[]] {
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  const stem = stemOf(file) || 'recording';
  if (media === undefined) return [stem];
  const relative = attributeOf(media, 'RELATIVE_MEDIA_URL');
  const url = (attributeOf(media, 'MEDIA_URL') ?? '').replaceAll('\\', '/');
  const base = decoded(url.slice(url.lastIndexOf('/') + 1));
  const beside = relative === undefined ? '' : plainPath(folder + decoded(relative.replace(/^file:\/*/, '')));
  const [first, ...more] = [beside, base === '' ? '' : folder + base, stem].filter((name) => plainPath(name) !== '');
  return [first ?? stem, ...more];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const tierFields = new Set(['TIER_ID', 'LINGUISTIC_TYPE_REF', 'PARENT_REF']);

function readSegments(eaf: Eaf): Shape[] {
  const { reading, root, at } = eaf;
  const tiers = root.children.filter(({ name }) => name === 'TIER');
  const written = new Set(tiers.map((tier) => attributeOf(tier, 'TIER_ID') ?? ''));
  const all: EafAnnotation[] = [];
  const fields: { tier: XmlElement; kind: FieldKind; annotations: EafAnnotation[] }[] = [];
  const named = new Map<string, string>();
  const ids = new Set<string>();
  for (const tier of tiers) {
    const id = attributeOf(tier, 'TIER_ID') ?? '';
    const kind =
      attributeOf(tier, 'PARENT_REF') === undefined ? null : fieldKindOf(attributeOf(tier, 'LINGUISTIC_TYPE_REF'));
    const name = id === eaf.exact?.unnamed ? '' : tierOfLane(id, written);
    if (reading.attempt(at(tier.line), () => checkTier(name)) === undefined) continue;
    named.set(id, name);
    const annotations = tier.children.flatMap((element) => {
      if (element.name !== 'ANNOTATION') return [];
      const annotation = readAnnotation(element, id);
      const isNew = annotation !== null && !ids.has(annotation.id);
      if (annotation === null) reading.fail(at(element.line), 'field-wrong');
      else if (!isNew) reading.fail(at(annotation.line), 'id-repeated');
      if (!isNew) return [];
      ids.add(annotation.id);
      return [annotation];
    });
    if (kind === null) for (const one of annotations) all.push(one);
    else fields.push({ tier, kind, annotations });
  }
  const times = timesOf(all, readSlots(childOf(root, 'TIME_ORDER')));
  if (times.filled > 0) reading.loss.add('time-filled', times.filled);
  const byId = new Map<string, Shape>();
  for (const annotation of all) {
    const shape = reading.attempt(at(annotation.line), () => {
      const time = times.of(annotation.id);
      if (time === undefined) throw new RowError('slots' in annotation.place ? 'time-missing' : 'reference-broken');
      const geometry = placeOf(eaf, annotation, time, named.get(annotation.tier)!);
      const extra = {
        eaf: keptOf(annotation, times.of('parent' in annotation.place ? annotation.place.parent : ''), time),
      };
      return importedSegment(reading, { label: null, geometry, ...readText(annotation.text), extra });
    });
    if (shape !== undefined) byId.set(annotation.id, shape);
  }
  for (const { tier, kind, annotations } of fields) takeFields(eaf, tier, kind, annotations, byId);
  return [...byId.values()];
}

/** In frames: the exact ones where they still are those milliseconds. @throws RowError */
function placeOf(eaf: Eaf, { id }: EafAnnotation, [from, to]: readonly [number, number], tier: string): SpanGeometry {
  const { reading, sound, exact, origin } = eaf;
  const channel = exact?.channels.get(id) ?? null;
  const frames = exact?.spans.get(id);
  if (frames !== undefined && exact !== null) {
    const { rate } = exact.sound;
    const [start, end] = frames;
    const isSame =
      millisecondsOf(start, rate) === from + origin &&
      Math.max(millisecondsOf(end, rate), millisecondsOf(start, rate) + 1) === to + origin;
    const inRate = (frame: number) => Math.round((frame / rate) * sound.rate);
    if (isSame) return spanOfFrames(reading.loss, sound, { start: inRate(start), end: inRate(end), tier, channel });
  }
  return spanOf(reading, sound, { start: (from + origin) / 1000, end: (to + origin) / 1000, tier, channel });
}

/** What is kept of an annotation: its id, what it refers to and where that lies, what else it says. */
function keptOf(
  { id, place, others }: EafAnnotation,
  parent: readonly [number, number] | undefined,
  time: readonly [number, number],
): { [field: string]: Json } {
  const said = Object.keys(others).length > 0 ? { others } : {};
  if ('slots' in place) return { id, ...said };
  const previous = place.previous === null ? {} : { previous: place.previous };
  return { id, parent: place.parent, ...previous, of: [...(parent ?? [0, 0])], at: [...time], ...said };
}

/** Puts class, attributes and notes to the segments that they stand below. */
function takeFields(
  eaf: Eaf,
  tier: XmlElement,
  kind: FieldKind,
  annotations: readonly EafAnnotation[],
  byId: Map<string, Shape>,
): void {
  const { reading, at } = eaf;
  const id = attributeOf(tier, 'TIER_ID') ?? '';
  const name = id.slice((attributeOf(tier, 'PARENT_REF') ?? '').length + 1);
  for (const { place, text, line } of annotations) {
    const parent = 'parent' in place ? place.parent : '';
    const shape = byId.get(parent);
    reading.attempt(at(line), () => {
      if (shape === undefined) throw new RowError('reference-broken');
      if (kind === 'ambiguous') {
        if (text.length > 2000) throw new RowError('text-too-long');
        if (text !== '') byId.set(parent, { ...shape, ambiguous: text });
      } else if (kind === 'class') {
        const label = readLabel(text);
        reading.labels.meet(label);
        byId.set(parent, { ...shape, label });
      } else if (name !== '__proto__') {
        const value = kind === 'text' ? text : jsonValue(text);
        byId.set(parent, { ...shape, attributes: { ...shape.attributes, [name]: value } });
      }
    });
  }
}

/** @throws RowError */
function jsonValue(text: string): Json {
  try {
    const value = parseJsonText(text);
    if (isCanonicalisable(value)) return value;
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
  }
  throw new RowError('field-wrong');
}

/** Parts of the file that are written from what is here. */
const written = new Set(['HEADER', 'TIME_ORDER', 'TIER', 'CONSTRAINT']);

/** What the file says that segments do not. */
function keptExtra(reading: Reading, root: XmlElement, exact: Exact | null): ParsedItem['extra'] {
  const tiers = root.children.flatMap((tier): Json[] => {
    if (tier.name !== 'TIER' || fieldKindOf(attributeOf(tier, 'LINGUISTIC_TYPE_REF')) !== null) return [];
    const others = Object.fromEntries(Object.entries(tier.attributes).filter(([name]) => !tierFields.has(name)));
    const said = { id: attributeOf(tier, 'TIER_ID') ?? '' };
    const [type, parent] = [attributeOf(tier, 'LINGUISTIC_TYPE_REF'), attributeOf(tier, 'PARENT_REF')];
    return [{ ...said, ...(type !== undefined && { type }), ...(parent !== undefined && { parent }), others }];
  });
  const header = childOf(root, 'HEADER');
  const descriptors = header?.children.filter(
    (child) =>
      !(child.name === 'PROPERTY' && [exactName, 'lastUsedAnnotationId'].includes(attributeOf(child, 'NAME') ?? '')),
  );
  const others = root.children.filter(
    (child) =>
      !written.has(child.name) &&
      !(child.name === 'LINGUISTIC_TYPE' && fieldKindOf(attributeOf(child, 'LINGUISTIC_TYPE_ID')) !== null),
  );
  const inOrder = (elements: readonly XmlElement[]) => elements.map((one): Json => [one.name, jsonOfElement(one)]);
  const kept: { [field: string]: Json } = {
    tiers,
    ...(descriptors !== undefined && { header: inOrder(descriptors) }),
    others: inOrder(others),
    author: attributeOf(root, 'AUTHOR') ?? '',
    ...(attributeOf(root, 'DATE') !== undefined && { date: attributeOf(root, 'DATE')! }),
  };
  // Of our own files everything is in the segments.
  const isOurs = exact !== null && tiers.every((tier) => (tier as { parent?: Json }).parent === undefined);
  if (isOurs && others.length <= 1 && (descriptors?.length ?? 0) <= 1) return {};
  if (!isCanonicalisable(kept)) {
    reading.loss.add('field');
    return {};
  }
  return { eaf: kept };
}
