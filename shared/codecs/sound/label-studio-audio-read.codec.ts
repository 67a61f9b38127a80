import type { Proposal, Shape, SpanGeometry } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import { skipReasonOf } from '../../rules/photo-names.rules.ts';
import type { ExchangeSound, Extra, ParsedItem } from '../codec.ts';
import { readModel, RowError, type Row } from '../image/json-objects.codec.ts';
import { pathOfTask } from '../image/label-studio-photos.codec.ts';
import {
  answerOf,
  chooseAnnotation,
  keepFields,
  listOf,
  noteOf,
  scoreOf,
  sourceOf,
} from '../image/label-studio-read.codec.ts';
import { photoPath, readLabel, type Reading } from '../image/row-reading.codec.ts';
import { fieldOf, isPlainObject } from '../json-text.ts';
import type { createSoundFinder } from './recordings.codec.ts';
import { importedSegment, proposedSegment, readText, spanOf } from './spans.codec.ts';

/** Where items, shapes and proposals keep what this format said of them. */
export const soundFormatName = 'label-studio-audio';

/** The control by which the tier of a region is chosen. */
export const tierControl = 'tier';

const resultFields = new Set(['type', 'value', 'original_length']);
const taskFields = new Set(['annotations', 'completions', 'predictions']);
const placeFields = new Set(['start', 'end', 'channel', 'labels', 'audiolabels']);
const isRecording = (path: string): boolean => skipReasonOf(path.slice(path.lastIndexOf('/') + 1), 'audio') === null;
const soundKeys = ['audio', 'url', 'sound', 'recording', 'media'];
/** What an upload puts before a file's name: eight hexadecimal digits. */
const uploadPrefix = /(^|\/)[0-9a-f]{8}-(?=[^/]+$)/;

type FindSound = ReturnType<typeof createSoundFinder>;

/** Reads one task; null when it is about no recording, which is told. */
export async function readSoundTask(
  reading: Reading,
  row: Json,
  where: string,
  findSound: FindSound,
): Promise<ParsedItem | null> {
  if (!isPlainObject(row)) {
    reading.fail(where, 'not-an-object');
    return null;
  }
  const predictions = listOf(row, 'predictions');
  const annotation = chooseAnnotation(reading, row, where);
  const first = [annotation?.row, ...predictions].flatMap((one) => (one === undefined ? [] : listOf(one, 'result')));
  const sources = [...new Set(first.flatMap((result) => sourceOf(result) ?? []))].slice(0, 10);
  const address = pathOfTask(row, [...sources, ...soundKeys], isRecording);
  const path = address === null ? undefined : reading.attempt(where, () => photoPath(address));
  if (path === undefined) {
    if (address === null) reading.fail(where, 'not-a-sound-region');
    return null;
  }
  const bare = path.replace(uploadPrefix, '$1');
  const { name, sound } = await (bare === path ? findSound(path) : findSound(path, bare));
  const kept = keepFields(reading, row, taskFields);
  const shapes: Shape[] = [];
  if (annotation !== null) {
    const { said, others } = readResults(reading, annotation, sound);
    for (const { score, extra, ...one } of said) {
      const own = score === null ? extra : { ...extra, score };
      shapes.push(importedSegment(reading, { ...one, ...inFormat(own) }));
    }
    kept['annotation'] = keepFields(reading, annotation.row, new Set(['result']));
    if (others.length > 0) kept['results'] = others;
  }
  const proposals = predictions.flatMap((prediction, i): Proposal[] => {
    const { said, others } = readResults(reading, { row: prediction, where: `${where}.predictions[${i}]` }, sound);
    if (others.length > 0) reading.loss.add('field', others.length);
    const model = readModel({ model: fieldOf(prediction, 'model_version') ?? null });
    return said.map(({ score, extra, ambiguous: _, ...one }) =>
      proposedSegment(reading, {
        ...one,
        score: score ?? scoreOf(prediction),
        model,
        ...inFormat({ ...extra, prediction: i }),
      }),
    );
  });
  if (predictions.length > 0)
    kept['predictions'] = predictions.map((one) => keepFields(reading, one, new Set(['result'])));
  const extra = { [soundFormatName]: kept };
  return { where, name, size: null, sound, shapes, ...(proposals.length > 0 && { proposals }), extra };
}

const inFormat = (extra: Extra): { extra?: Extra } =>
  Object.keys(extra).length > 0 ? { extra: { [soundFormatName]: extra } } : {};

/** What is said of one region: as much of a shape as a proposal has too. */
interface Said {
  label: string | null;
  geometry: SpanGeometry;
  text?: string;
  attributes: Record<string, Json>;
  score: number | null;
  extra: Extra;
  ambiguous?: string;
}

interface Result {
  row: Row;
  where: string;
  type: string;
  value: Row;
}

/** Results of one annotation: those of one region, told by its id, become a segment for each of its classes. */
function readResults(
  reading: Reading,
  annotation: { row: Row; where: string },
  sound: ExchangeSound,
): { said: Said[]; others: Json[] } {
  const others: Json[] = [];
  const regions = new Map<string, Result[]>();
  for (const [i, row] of listOf(annotation.row, 'result').entries()) {
    const where = `${annotation.where}.result[${i}]`;
    const [type, value, id] = [fieldOf(row, 'type'), fieldOf(row, 'value'), fieldOf(row, 'id')];
    if (typeof type !== 'string' || !isPlainObject(value) || !Object.hasOwn(value, 'start')) {
      // What is said of the whole recording, or in a form unknown here.
      others.push(row);
      continue;
    }
    const key = typeof id === 'string' ? `id ${id}` : `at ${i}`;
    const same = regions.get(key);
    if (same === undefined) regions.set(key, [{ row, where, type, value }]);
    else same.push({ row, where, type, value });
  }
  const said = [...regions.values()].flatMap(
    (together) => reading.attempt(together[0]!.where, () => readRegion(reading, together, sound)) ?? [],
  );
  const kept = others.filter((one) => Object.keys(keepFields(reading, { value: one }, new Set())).length > 0);
  return { said, others: kept };
}

const isDrawn = ({ type }: Result): boolean => type === 'labels' || type === 'audiolabels' || type === 'audio';

/** @throws RowError */
function readRegion(reading: Reading, together: readonly Result[], sound: ExchangeSound): Said[] {
  const drawn = together.find(isDrawn) ?? together[0]!;
  const [start, end, channel] = [
    fieldOf(drawn.value, 'start'),
    fieldOf(drawn.value, 'end'),
    fieldOf(drawn.value, 'channel'),
  ];
  if (start === null || end === null) throw new RowError('number-not-finite');
  if (typeof start !== 'number' || typeof end !== 'number') throw new RowError('field-wrong');
  const isChannel = typeof channel === 'number' && Number.isInteger(channel) && channel >= 0 && channel <= 63;
  const { attributes, tier, text } = readAnswers(reading, together);
  // One of a recording with a single channel is about all of it.
  const geometry = spanOf(reading, sound, {
    start,
    end,
    tier,
    channel: isChannel && sound.channels !== 1 ? channel : null,
  });
  const value = keepFields(reading, drawn.value, placeFields);
  const extra: Extra = {
    ...keepFields(reading, drawn.row, new Set([...resultFields, 'score'])),
    ...(Object.keys(value).length > 0 && { value }),
  };
  const note = noteOf(extra);
  const labels = [...new Set(together.filter(isDrawn).flatMap(labelsOf))].map((label) => readLabel(label));
  for (const label of labels) reading.labels.meet(label);
  const score = together.map(({ row }) => scoreOf(row)).find((one) => one !== null) ?? null;
  const shared = { geometry, attributes, score, ...text, ...(note !== undefined && { ambiguous: note }) };
  return (labels.length === 0 ? [null] : labels).map((label) => ({ ...shared, label, extra: { ...extra } }));
}

/** @throws RowError */
function labelsOf({ type, value }: Result): string[] {
  const list = fieldOf(value, type) ?? fieldOf(value, 'labels');
  if (list === undefined) return [];
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) throw new RowError('field-wrong');
  return list;
}

/** What was written and chosen for a region. @throws RowError */
function readAnswers(reading: Reading, together: readonly Result[]) {
  const attributes: Record<string, Json> = {};
  let tier = '';
  let text: { text?: string } = {};
  for (const one of together) {
    if (isDrawn(one)) continue;
    const name = fieldOf(one.row, 'from_name');
    const answer = answerOf(one.type, one.value);
    if (answer === undefined || typeof name !== 'string' || name === '') reading.loss.add('field');
    else if (name === tierControl && typeof answer === 'string') tier = answer;
    else if (one.type === 'textarea' && text.text === undefined && !isAttributeText(together, one)) {
      const lines = Array.isArray(answer) ? answer : [answer];
      text = readText(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
    } else Object.assign(attributes, keepFields(reading, { [name]: answer }, new Set()));
  }
  return { attributes, tier, text };
}

/** Names under which a transcript is usually asked for; of several texts one of these is it, else the first. */
const transcriptName = /transcri|text|文本|转写/i;

function isAttributeText(together: readonly Result[], one: Result): boolean {
  const texts = together.filter(({ type }) => type === 'textarea');
  const named = texts.find(({ row }) => transcriptName.test(String(fieldOf(row, 'from_name') ?? '')));
  return (named ?? texts[0]) !== one;
}
