import type { Geometry, Proposal, Shape, ShapeId } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import type { Extra, ParsedItem } from '../codec.ts';
import { extraFields, fieldOf, isPlainObject } from '../json-text.ts';
import { readModel, RowError, type Row } from './json-objects.codec.ts';
import { photoOfTask } from './label-studio-photos.codec.ts';
import {
  geometryOfResult,
  kindOfType,
  placeFields,
  type RegionKind,
  type Size,
  sizeOfResult,
} from './label-studio-regions.codec.ts';
import { readLabel, type Reading } from './row-reading.codec.ts';

/** Where items, shapes and proposals keep what this format said of them. */
export const formatName = 'label-studio';

/** Says in a region's own fields that its text is a note of why it can be read in two ways. */
export const ambiguousMeta = 'ambiguous';

/** Types of results that are about sound or text. */
const elsewhere = /^(?:audio|hypertext|paragraph|timeseries|timeline|video|text)|^labels$/;
const resultFields = new Set(['type', 'value', 'original_width', 'original_height', 'image_rotation']);
const taskFields = new Set(['annotations', 'completions', 'predictions']);

/** What is said of one place, or of the whole picture: as much of a shape as a proposal has too. */
interface Said {
  label: string | null;
  geometry: Geometry;
  attributes: Record<string, Json>;
  score: number | null;
  extra: Extra;
  /** Why it can be read in two ways. */
  ambiguous?: string;
}

/** Reads one task; null when it is about no photo, which is told. */
export async function readTask(reading: Reading, row: Json, where: string): Promise<ParsedItem | null> {
  if (!isPlainObject(row)) {
    reading.fail(where, 'not-an-object');
    return null;
  }
  const predictions = listOf(row, 'predictions');
  const annotation = chooseAnnotation(reading, row, where);
  const first = [annotation?.row, ...predictions].flatMap((one) => (one === undefined ? [] : listOf(one, 'result')));
  const sources = first.flatMap((result) => sourceOf(result) ?? []);
  const photo = await photoOfTask(row, [...new Set(sources)].slice(0, 10), reading.context);
  const name = photo === null ? undefined : reading.attempt(where, () => checkName(photo.name));
  if (photo === null || name === undefined) {
    if (photo === null) reading.fail(where, 'not-an-image-region');
    return null;
  }
  const size = first.map(sizeOfResult).find((one) => one !== null) ?? photo.size;
  const kept = keepFields(reading, row, taskFields);
  const shapes: Shape[] = [];
  if (annotation !== null) {
    const { said, others } = readResults(reading, annotation.row, annotation.where, size);
    for (const { score, extra, ambiguous, ...one } of said) {
      const id = reading.context.newId() as ShapeId;
      // A score that a person's annotation carries is that of the proposal it began with.
      const own = score === null ? extra : { ...extra, score };
      shapes.push({
        id,
        ...one,
        origin: 'imported',
        ...(ambiguous !== undefined && { ambiguous }),
        ...(Object.keys(own).length > 0 && { extra: { [formatName]: own } }),
      });
    }
    kept['annotation'] = keepFields(reading, annotation.row, new Set(['result']));
    if (others.length > 0) kept['results'] = others;
  }
  const proposals = predictions.flatMap((prediction, i) =>
    readPrediction(reading, prediction, i, `${where}.predictions[${i}]`, size),
  );
  if (predictions.length > 0)
    kept['predictions'] = predictions.map((one) => keepFields(reading, one, new Set(['result'])));
  if (size === null) reading.loss.add('size-unknown');
  return { where, name, size, shapes, ...(proposals.length > 0 && { proposals }), extra: { [formatName]: kept } };
}

function checkName(name: string): string {
  if (name.length > 4096) throw new RowError('name-too-long');
  if (!name.isWellFormed()) throw new RowError('name-not-unicode');
  return name;
}

/** A list of objects below a field; empty where there is none. */
export function listOf(row: Row, field: string): Row[] {
  const list = fieldOf(row, field);
  return Array.isArray(list) ? list.filter(isPlainObject) : [];
}

/** The field of a task that a result lies on: `$image` is `image`. */
export function sourceOf(result: Row): string | null {
  const source = fieldOf(result, 'source');
  return typeof source === 'string' && source.startsWith('$') ? source.slice(1) : null;
}

/** The fields of a row beside the known ones; what can't be kept is counted. */
export function keepFields(reading: Reading, row: Row, known: ReadonlySet<string>): Extra {
  const { extra, dropped } = extraFields(row, known);
  if (dropped > 0) reading.loss.add('field', dropped);
  return extra;
}

/** The last annotation that was not cancelled; the others are counted. */
export function chooseAnnotation(reading: Reading, task: Row, where: string): { row: Row; where: string } | null {
  const field = Array.isArray(fieldOf(task, 'annotations')) ? 'annotations' : 'completions';
  const list = fieldOf(task, field);
  let chosen: { row: Row; where: string } | null = null;
  for (const [i, row] of (Array.isArray(list) ? list : []).entries()) {
    const place = `${where}.${field}[${i}]`;
    if (!isPlainObject(row)) reading.fail(place, 'not-an-object');
    else if (fieldOf(row, 'was_cancelled') === true) reading.loss.add('cancelled');
    else {
      if (chosen !== null) reading.loss.add('other-annotation');
      chosen = { row, where: place };
    }
  }
  return chosen;
}

function readPrediction(reading: Reading, row: Row, index: number, where: string, size: Size | null): Proposal[] {
  const { said, others } = readResults(reading, row, where, size);
  if (others.length > 0) reading.loss.add('field', others.length);
  const whole = scoreOf(row);
  const version = fieldOf(row, 'model_version');
  const model = readModel({ model: version ?? null });
  return said.map(({ score, extra, ambiguous: _, ...one }): Proposal => ({
    id: reading.context.newId() as ShapeId,
    ...one,
    score: score ?? whole,
    model,
    extra: { [formatName]: { ...extra, prediction: index } },
  }));
}

/** How sure a machine was; what is no share of 1 says nothing. */
export function scoreOf(row: Row): number | null {
  const score = fieldOf(row, 'score');
  return typeof score === 'number' && score >= 0 && score <= 1 ? score : null;
}

interface Result {
  row: Row;
  where: string;
  type: string;
  value: Row;
  id: string | null;
}

/** Reads the results of one annotation: those of one region, told by its id, become one shape for each of its classes. */
function readResults(
  reading: Reading,
  annotation: Row,
  where: string,
  size: Size | null,
): { said: Said[]; others: Json[] } {
  const others: Json[] = [];
  const list = fieldOf(annotation, 'result');
  const results: Result[] = [];
  for (const [i, row] of (Array.isArray(list) ? list : []).entries()) {
    const place = `${where}.result[${i}]`;
    if (!isPlainObject(row)) {
      reading.fail(place, 'not-an-object');
      continue;
    }
    const [type, value, id] = [fieldOf(row, 'type'), fieldOf(row, 'value'), fieldOf(row, 'id')];
    if (typeof type === 'string' && isPlainObject(value)) {
      results.push({ row, where: place, type, value, id: typeof id === 'string' ? id : null });
    } else others.push(row);
  }
  const regions = new Map<string | null, Result[]>();
  for (const result of results) {
    if (kindOfType(result.type) !== null && result.id !== null) regions.set(result.id, []);
  }
  for (const result of results) regions.get(result.id)?.push(result);
  const done = new Set<Result[]>();
  const said = results.flatMap((result): Said[] => {
    const kind = kindOfType(result.type);
    const together = regions.get(result.id) ?? [result];
    if (done.has(together)) return [];
    if (kind !== null) {
      done.add(together);
      return reading.attempt(result.where, () => readRegion(reading, result, kind, together, size)) ?? [];
    }
    // What belongs to a region that comes later is read with it.
    return regions.has(result.id) ? [] : readWhole(reading, result, others);
  });
  const kept = others.filter((one) => !dropsOut(one));
  if (kept.length < others.length) reading.loss.add('field', others.length - kept.length);
  return { said, others: kept };
}

const dropsOut = (value: Json): boolean => extraFields({ value }, new Set()).dropped > 0;

function readRegion(
  reading: Reading,
  result: Result,
  kind: RegionKind,
  together: readonly Result[],
  size: Size | null,
): Said[] {
  const own = sizeOfResult(result.row) ?? size;
  if (own === null) throw new RowError('size-missing');
  const geometry = geometryOfResult(result.row, kind, result.value, own);
  const labels = [...new Set(together.flatMap(labelsOf))].map((label) => readLabel(label));
  const { attributes, controls } = readAttributes(reading, together);
  const value = keepFields(reading, result.value, placeFields);
  const extra = {
    ...keepFields(reading, result.row, new Set([...resultFields, 'score'])),
    ...(Object.keys(value).length > 0 && { value }),
    ...(Object.keys(controls).length > 0 && { controls }),
  };
  const note = noteOf(extra);
  for (const label of labels) reading.labels.meet(label);
  const score = scoreOf(result.row);
  // Every class has its own shape; the id they share joins them again on the way back.
  return (labels.length === 0 ? [null] : labels).map((label) => ({
    label,
    geometry,
    attributes: { ...attributes },
    score,
    extra,
    ...(note !== undefined && { ambiguous: note }),
  }));
}

/** Takes the note out of what it came as. */
export function noteOf(extra: Extra): string | undefined {
  const { meta } = extra;
  if (!isPlainObject(meta) || meta[ambiguousMeta] !== true || !Array.isArray(meta['text'])) return undefined;
  const [note, ...more] = meta['text'];
  if (typeof note !== 'string' || note === '' || note.length > 2000 || more.length > 0) return undefined;
  const { text: _, [ambiguousMeta]: __, ...rest } = meta;
  if (Object.keys(rest).length > 0) extra['meta'] = rest;
  else delete extra['meta'];
  return note;
}

function labelsOf({ type, value }: Result): string[] {
  if (kindOfType(type) === null && type !== 'labels') return [];
  const list = fieldOf(value, type) ?? fieldOf(value, 'labels');
  if (list === undefined) return [];
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) throw new RowError('field-wrong');
  return list;
}

/** Answers given for a region, by the name of their control. */
function readAttributes(reading: Reading, together: readonly Result[]): { attributes: Extra; controls: Extra } {
  const attributes: [string, Json][] = [];
  const controls: [string, Json][] = [];
  for (const { type, value, row } of together) {
    if (kindOfType(type) !== null || type === 'labels') continue;
    const name = fieldOf(row, 'from_name');
    const answer = answerOf(type, value);
    if (typeof name !== 'string' || name === '' || answer === undefined) {
      reading.loss.add('field');
      continue;
    }
    attributes.push([name, answer]);
    if (!['choices', 'textarea', 'number'].includes(type)) controls.push([name, type]);
  }
  const fromPairs = (pairs: [string, Json][]) => keepFields(reading, Object.fromEntries(pairs), new Set());
  return { attributes: fromPairs(attributes), controls: fromPairs(controls) };
}

/** What a control says: a choice, a text, a number; several choices or texts as a list. */
export function answerOf(type: string, value: Row): Json | undefined {
  if (type === 'textarea') return single(fieldOf(value, 'text'));
  if (type !== 'choices') return fieldOf(value, type);
  const choice = single(fieldOf(value, 'choices'));
  return choice === 'true' ? true : choice === 'false' ? false : choice;
}

const single = (value: Json | undefined): Json | undefined =>
  Array.isArray(value) && value.length === 1 ? value[0] : value;

/** A result without a place in the picture: choices are tags of the whole, sound and text are told, the rest is kept. */
function readWhole(reading: Reading, result: Result, others: Json[]): Said[] {
  const { type, value, row, where } = result;
  if (elsewhere.test(type) && !['textarea'].includes(type)) {
    reading.fail(where, 'not-an-image-region');
    return [];
  }
  const choices = fieldOf(value, 'choices');
  if (type !== 'choices' || !Array.isArray(choices)) {
    others.push(row);
    return [];
  }
  const extra = keepFields(reading, row, new Set([...resultFields, 'score']));
  return choices.flatMap((choice): Said[] => {
    const label = reading.attempt(where, () => readLabel(typeof choice === 'string' ? choice : undefined));
    if (label === undefined) return [];
    reading.labels.meet(label);
    return [{ label, geometry: { type: 'tag' }, attributes: {}, score: scoreOf(row), extra }];
  });
}
