import type { Json } from '../../domain/json.ts';
import type { Shape, SpanGeometry } from '../../domain/annotation.ts';
import {
  createLossCounter,
  type ExchangeItem,
  type FilePiece,
  type LossCounter,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { createPathClaims } from '../image/file-paths.codec.ts';
import { keptOf } from '../image/json-objects.codec.ts';
import { xmlAttributes, xmlText } from '../image/xml-elements.codec.ts';
import { isPlainObject } from '../json-text.ts';
import { type FieldKind, fieldTypes } from './eaf-fields.codec.ts';
import { closingLines, headerLines, originOf } from './eaf-frame.codec.ts';
import { byTier, lanesOf, nameOfLane } from './lanes.codec.ts';
import { fileBeside, pieced } from './recordings.codec.ts';
import { countUnheldItem, countUnheldOf, millisecondsOf, soundOfItem } from './spans.codec.ts';

type Segment = Shape & { geometry: SpanGeometry };

/** A segment with its id in the file and its milliseconds there. */
interface Placed {
  segment: Segment;
  id: string;
  start: number;
  end: number;
}

/** A tier as it is written. */
interface Written {
  id: string;
  /** Of a tier whose annotations refer to others; else their times are written. */
  parent: string | null;
  /** Of a tier whose annotations have their own times, within those of another one. */
  within: string | null;
  type: string;
  others: { [name: string]: Json };
  annotations: readonly Placed[];
}

/** Writes an EAF for each recording. */
export async function* writeEafs(source: WriteSource): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  const claims = createPathClaims();
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    const beside = fileBeside(claims, item, 'eaf', loss);
    if (beside === null) continue;
    const { path, segments } = beside;
    countUnheldItem(loss, item, 'eaf', false);
    for (const segment of segments) {
      countUnheldOf(loss, segment, 'eaf', []);
      if (segment.text === '') loss.add('empty-text');
      if (segment.geometry.start === segment.geometry.end) loss.add('moment');
    }
    items += 1;
    objects += segments.length;
    yield* pieced(path, fileLines(item, segments, loss));
  }
  return { items, objects, loss: loss.list() };
}

interface KeptTier {
  id: string;
  type?: string;
  parent?: string;
  others: { [name: string]: Json };
}

function keptTiers(item: ExchangeItem): KeptTier[] {
  const { tiers } = keptOf(item, 'eaf');
  return (Array.isArray(tiers) ? tiers : []).flatMap((tier): KeptTier[] => {
    if (!isPlainObject(tier) || typeof tier['id'] !== 'string') return [];
    const { id, type, parent, others } = tier;
    return [
      {
        id,
        ...(typeof type === 'string' && { type }),
        ...(typeof parent === 'string' && { parent }),
        others: isPlainObject(others) ? others : {},
      },
    ];
  });
}

const usualType = 'transcript';

function* fileLines(item: ExchangeItem, segments: readonly Segment[], loss: LossCounter): Generator<string> {
  const { rate, frames, channels } = soundOfItem(item);
  const kept = keptOf(item, 'eaf');
  const origin = originOf(kept['header']);
  const placed = placedOf(segments, rate, origin);
  const kepts = keptTiers(item);
  const unnamed = segments.some(({ geometry }) => geometry.tier === '') ? unnamedId(segments, kepts) : null;
  const tiers = tiersOf(placed, kepts, unnamed, loss);
  const slots = slotsOf(tiers);
  const last = placed.reduce((max, { id }) => Math.max(max, Number(/^a(\d{1,12})$/.exec(id)?.[1] ?? 0)), 0);
  const fields = fieldTiersOf(tiers, last);
  const exact: { [field: string]: Json } = {
    rate,
    ...(frames !== null && { frames }),
    ...(channels !== null && { channels }),
    ...(unnamed !== null && { unnamed }),
    spans: Object.fromEntries(
      placed.map(({ id, segment }): [string, Json] => [id, [segment.geometry.start, segment.geometry.end]]),
    ),
    channel: Object.fromEntries(
      placed.flatMap(({ id, segment: { geometry } }): [string, Json][] =>
        geometry.channel === null ? [] : [[id, geometry.channel]],
      ),
    ),
  };
  const { author, date } = kept;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<ANNOTATION_DOCUMENT${xmlAttributes({
    AUTHOR: typeof author === 'string' ? author : '',
    DATE: typeof date === 'string' ? date : '1970-01-01T00:00:00+00:00',
  })} FORMAT="3.0" VERSION="3.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">\n`;
  yield headerLines(item, kept['header'], exact, fields.last);
  yield '    <TIME_ORDER>\n';
  for (const [i, ms] of slots.times.entries())
    yield `        <TIME_SLOT TIME_SLOT_ID="ts${i + 1}" TIME_VALUE="${ms}"/>\n`;
  yield '    </TIME_ORDER>\n';
  for (const tier of tiers) {
    yield* tierLines(tier, slots.of);
    for (const field of fields.below.get(tier.id) ?? []) yield field;
  }
  yield* closingLines(kept['others'], tiers, fields.kinds);
}

/** Ids and milliseconds: an annotation keeps its id, others get the next ones; nothing lasts no time at all. */
function placedOf(segments: readonly Segment[], rate: number, origin: number): Placed[] {
  const taken = new Set<string>();
  const own = segments.map((segment) => {
    const { id } = keptOf(segment, 'eaf');
    if (typeof id !== 'string' || taken.has(id)) return null;
    taken.add(id);
    return id;
  });
  let next = 1;
  return segments.map((segment, i): Placed => {
    while (own[i] === null && taken.has(`a${next}`)) next += 1;
    const id = own[i] ?? `a${next}`;
    taken.add(id);
    const start = millisecondsOf(segment.geometry.start, rate) - origin;
    return { segment, id, start, end: Math.max(start + 1, millisecondsOf(segment.geometry.end, rate) - origin) };
  });
}

/** What a tier without a name is called, since ELAN has none such. */
function unnamedId(segments: readonly Segment[], kepts: readonly KeptTier[]): string {
  const taken = new Set([...segments.map(({ geometry }) => geometry.tier), ...kepts.map(({ id }) => id)]);
  let id = 'default';
  for (let n = 2; taken.has(id); n += 1) id = `default-${n}`;
  return id;
}

function tiersOf(
  placed: readonly Placed[],
  kepts: readonly KeptTier[],
  unnamed: string | null,
  loss: LossCounter,
): Written[] {
  const kept = new Map(kepts.map((tier) => [tier.id, tier]));
  const byId = new Map(placed.map((one) => [one.id, one]));
  const groups = byTier(
    placed.map((one) => ({ ...one, geometry: one.segment.geometry })),
    kepts.map(({ id }) => id),
  );
  return [...groups].flatMap(([tier, annotations]): Written[] => {
    const before = kept.get(tier);
    const referring = annotations.filter(({ segment }) => Object.hasOwn(keptOf(segment, 'eaf'), 'parent'));
    const isReferring = referring.length > 0 && annotations.every((one) => stillRefers(one, byId));
    // An annotation that was moved no longer has the time of the one that it refers to.
    if (referring.length > 0 && !isReferring) loss.add('parent', referring.length);
    const shared = { type: before?.type ?? usualType, others: before?.others ?? {} };
    if (isReferring && before?.parent !== undefined)
      return [{ ...shared, id: before.id, parent: before.parent, within: null, annotations }];
    const { intervals, moved } = lanesOf(annotations, ({ start, end }) => ({ start, end }));
    if (moved > 0) loss.add('overlap', moved);
    const isWithin =
      before?.parent !== undefined &&
      intervals.length === 1 &&
      referring.length === 0 &&
      liesWithin(annotations, groups.get(before.parent) ?? []);
    if (before?.parent !== undefined && !isWithin && referring.length === 0 && annotations.length > 0)
      loss.add('parent', annotations.length);
    const type = before?.parent === undefined || isWithin ? shared.type : usualType;
    const name = tier === '' && unnamed !== null ? unnamed : tier;
    return (intervals.length === 0 ? [[]] : intervals).map((lane, i) => ({
      id: nameOfLane(name, i),
      parent: null,
      within: isWithin ? before.parent! : null,
      type,
      others: shared.others,
      annotations: lane,
    }));
  });
}

/** Whether an annotation still lies where the one that it refers to, and what was read of it, put it. */
function stillRefers({ segment, start, end }: Placed, byId: ReadonlyMap<string, Placed>): boolean {
  const { parent, of, at } = keptOf(segment, 'eaf');
  const above = typeof parent === 'string' ? byId.get(parent) : undefined;
  if (above === undefined || !Array.isArray(of) || !Array.isArray(at)) return false;
  const near = (a: number, b: Json | undefined) => typeof b === 'number' && Math.abs(a - b) <= 1;
  return near(above.start, of[0]) && near(above.end, of[1]) && near(start, at[0]) && near(end, at[1]);
}

/** Whether each annotation lies within one of the tier above. */
function liesWithin(annotations: readonly Placed[], above: readonly Placed[]): boolean {
  const sorted = [...above].sort((a, b) => a.start - b.start);
  const parents = sorted.map(({ start }) => start);
  return annotations.every(({ start, end }) => {
    let [low, high] = [0, parents.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (parents[middle]! <= start) low = middle + 1;
      else high = middle;
    }
    const parent = sorted[low - 1];
    return parent !== undefined && end <= parent.end;
  });
}

/** Two slots for each annotation that has its own time, all in order of time. */
function slotsOf(tiers: readonly Written[]) {
  const ends = tiers
    .filter(({ parent }) => parent === null)
    .flatMap(({ annotations }) =>
      annotations.flatMap(({ id, start, end }) => [
        { id, which: 0, ms: start },
        { id, which: 1, ms: end },
      ]),
    )
    .sort((a, b) => a.ms - b.ms);
  const of = new Map<string, [string, string]>();
  for (const [i, { id, which }] of ends.entries()) {
    const pair = of.get(id) ?? ['', ''];
    pair[which] = `ts${i + 1}`;
    of.set(id, pair);
  }
  return { times: ends.map(({ ms }) => ms), of };
}

function* tierLines(tier: Written, slots: ReadonlyMap<string, [string, string]>): Generator<string> {
  const head = xmlAttributes({
    ...tier.others,
    LINGUISTIC_TYPE_REF: tier.type,
    ...((tier.parent ?? tier.within) !== null && { PARENT_REF: tier.parent ?? tier.within }),
    TIER_ID: tier.id,
  });
  if (tier.annotations.length === 0) {
    yield `    <TIER${head}/>\n`;
    return;
  }
  yield `    <TIER${head}>\n`;
  for (const { id, segment } of tier.annotations) {
    const { others, parent, previous } = keptOf(segment, 'eaf');
    const said = isPlainObject(others) ? others : {};
    const [from, to] = slots.get(id) ?? ['', ''];
    const place =
      tier.parent === null
        ? { TIME_SLOT_REF1: from, TIME_SLOT_REF2: to }
        : { ANNOTATION_REF: parent ?? '', ...(typeof previous === 'string' && { PREVIOUS_ANNOTATION: previous }) };
    const name = tier.parent === null ? 'ALIGNABLE_ANNOTATION' : 'REF_ANNOTATION';
    yield annotationLines(name, { ANNOTATION_ID: id, ...said, ...place }, segment.text ?? '');
  }
  yield '    </TIER>\n';
}

function annotationLines(name: string, attributes: { [name: string]: Json }, text: string): string {
  return (
    `        <ANNOTATION>\n            <${name}${xmlAttributes(attributes)}>\n` +
    `                <ANNOTATION_VALUE>${xmlText(text)}</ANNOTATION_VALUE>\n            </${name}>\n        </ANNOTATION>\n`
  );
}

/** Tiers below others that hold what segments say beside their words. */
function fieldTiersOf(tiers: readonly Written[], highest: number) {
  const below = new Map<string, string[]>();
  const kinds = new Set<FieldKind>();
  let last = highest;
  for (const { id, annotations } of tiers) {
    const fields = new Map<string, { kind: FieldKind; name: string; rows: { parent: string; text: string }[] }>();
    const put = (kind: FieldKind, name: string, parent: string, text: string): void => {
      const field = fields.get(`${kind} ${name}`) ?? { kind, name, rows: [] };
      field.rows.push({ parent, text });
      fields.set(`${kind} ${name}`, field);
    };
    // One attribute has one tier: where some of its values are no texts, all are written as JSON.
    const others = new Set(
      annotations.flatMap(({ segment: { attributes } }) =>
        Object.keys(attributes).filter((name) => typeof attributes[name] !== 'string'),
      ),
    );
    for (const { id: parent, segment } of annotations) {
      for (const [name, value] of Object.entries(segment.attributes)) {
        if (others.has(name)) put('json', name, parent, JSON.stringify(value));
        else put('text', name, parent, String(value));
      }
    }
    for (const { id: parent, segment } of annotations) {
      if (segment.label !== null) put('class', 'class', parent, segment.label);
      if (segment.ambiguous !== undefined) put('ambiguous', 'ambiguous', parent, segment.ambiguous);
    }
    const used = new Set<string>();
    const lines = [...fields.values()].map(({ kind, name, rows }) => {
      kinds.add(kind);
      // An attribute may be called like what is no attribute; only of attributes the name counts.
      let own = `${id}@${name}`;
      while (used.has(own)) own += '@';
      used.add(own);
      const head = xmlAttributes({ LINGUISTIC_TYPE_REF: fieldTypes[kind], PARENT_REF: id, TIER_ID: own });
      const inner = rows.map(({ parent, text }) =>
        annotationLines('REF_ANNOTATION', { ANNOTATION_ID: `a${(last += 1)}`, ANNOTATION_REF: parent }, text),
      );
      return `    <TIER${head}>\n${inner.join('')}    </TIER>\n`;
    });
    below.set(id, lines);
  }
  return { below, kinds, last };
}
