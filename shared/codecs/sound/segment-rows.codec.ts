import type { Proposal, Shape } from '../../domain/annotation.ts';
import { type ExchangeItem, type ExchangeSound, type ParseContext, type ParsedItem, timesOnly } from '../codec.ts';
import { RowError, type Row } from '../image/json-objects.codec.ts';
import { photoPath, readLabel, type Reading } from '../image/row-reading.codec.ts';
import { extraFields, fieldOf, isPlainObject } from '../json-text.ts';
import { createSoundFinder } from './recordings.codec.ts';
import {
  frameAt,
  importedSegment,
  proposedSegment,
  readText,
  type Segment,
  shareOf,
  soundOfItem,
  spanOfFrames,
} from './spans.codec.ts';

/**
 * The columns of our own tables of segments, one a row; a row without times says of a recording that it is there.
 *
 * `file` path of the recording; `tier` usually who speaks; `channel` from 1, empty: all; `start_s`, `end_s` seconds; `start_frame`,
 * `end_frame` the same in frames of `rate` a second, half open; `recording_frames`, `recording_channels` of the recording where known;
 * `by` `person` or `machine`; `label` class; `text` what is said, exactly; `ambiguous` why it can be read in two ways; `attributes` a
 * JSON object; `score`, `model` of a machine. Where both frames and seconds stand they must agree; one of them is enough.
 */
export const segmentColumns = [
  ...['file', 'tier', 'channel', 'start_s', 'end_s', 'start_frame', 'end_frame', 'rate'],
  ...['recording_frames', 'recording_channels', 'by', 'label', 'text', 'ambiguous', 'attributes', 'score', 'model'],
] as const;

const known = new Set<string>([...segmentColumns, 'extra']);

/** A row of the table. Fields without a value are left out. */
export function rowOfSegment(item: ExchangeItem, segment: Segment): Row {
  const { rate } = soundOfItem(item);
  const { start, end, tier, channel } = segment.geometry;
  const isMachine = 'score' in segment;
  return {
    file: item.name,
    ...(tier !== '' && { tier }),
    ...(channel !== null && { channel: channel + 1 }),
    start_s: start / rate,
    end_s: end / rate,
    start_frame: start,
    end_frame: end,
    ...soundFields(item),
    by: isMachine ? 'machine' : 'person',
    ...(segment.label !== null && { label: segment.label }),
    ...(segment.text !== undefined && { text: segment.text }),
    ...('ambiguous' in segment && segment.ambiguous !== undefined && { ambiguous: segment.ambiguous }),
    ...(Object.keys(segment.attributes).length > 0 && { attributes: segment.attributes }),
    ...(isMachine && segment.score !== null && { score: segment.score }),
    ...(isMachine && segment.model !== null && { model: segment.model }),
  };
}

/** A row that says of a recording that it is there. */
export const rowOfItem = (item: ExchangeItem): Row => ({ file: item.name, ...soundFields(item) });

function soundFields(item: ExchangeItem): Row {
  const { rate, frames, channels } = soundOfItem(item);
  return {
    rate,
    ...(frames !== null && { recording_frames: frames }),
    ...(channels !== null && { recording_channels: channels }),
  };
}

/** A recording while its rows come in. */
type Filling = ParsedItem & { shapes: Shape[]; proposals: Proposal[]; sound: ExchangeSound };

/** Takes rows of tables, in the order in which they come. */
export function createRowTaker(reading: Reading, format: string, context: ParseContext) {
  const findSound = createSoundFinder(reading, false);
  const found = new Map<string, Filling>();
  const itemOf = async (row: Row, where: string) => {
    const file = fieldOf(row, 'file');
    if (typeof file !== 'string' || file === '') throw new RowError('name-missing');
    // A row names its recording whole.
    const path = photoPath(file);
    const before = found.get(path);
    if (before !== undefined) return before;
    const at = await context.soundOf(path);
    const recording = at === null ? await findSound(path) : { name: path, sound: at };
    const isKnown = recording.sound.channels !== null || recording.sound.rate !== timesOnly;
    const sound = isKnown ? recording.sound : soundOfRow(row);
    if (sound.rate === timesOnly && !isKnown && fieldOf(row, 'rate') === undefined) reading.loss.add('sound-unknown');
    const item: Filling = { where, name: recording.name, size: null, sound, shapes: [], proposals: [], extra: {} };
    found.set(path, item);
    return item;
  };
  return {
    /** @throws RowError */
    async take(row: Row, where: string): Promise<void> {
      const item = await itemOf(row, where);
      const { extra: others, dropped } = extraFields(row, known);
      if (dropped > 0) reading.loss.add('field', dropped);
      const given = fieldOf(row, 'extra');
      const extra = {
        ...(isPlainObject(given) && extraFields(given, new Set()).extra),
        ...(Object.keys(others).length > 0 && { [format]: others }),
      };
      const kept = Object.keys(extra).length > 0 && { extra };
      if (['start_s', 'start_frame', 'end_s', 'end_frame'].every((field) => fieldOf(row, field) === undefined)) {
        if (kept) item.extra = { ...item.extra, ...extra };
        return;
      }
      const said = { ...readSaid(reading, row, item.sound), ...kept };
      const by = fieldOf(row, 'by');
      if (by !== undefined && by !== 'person' && by !== 'machine') throw new RowError('field-wrong');
      if (by === 'machine') {
        const { ambiguous: _, ...proposed } = said;
        const model = textField(row, 'model');
        item.proposals.push(
          proposedSegment(reading, { ...proposed, score: scoreOf(row), model: model?.slice(0, 200) ?? null }),
        );
      } else item.shapes.push(importedSegment(reading, said));
    },
    items: (): ParsedItem[] =>
      [...found.values()].map(({ proposals, ...item }) => (proposals.length > 0 ? { ...item, proposals } : item)),
  };
}

/** What a row says of its recording. @throws RowError */
function soundOfRow(row: Row): ExchangeSound {
  const rate = numberField(row, 'rate');
  const [frames, channels] = [numberField(row, 'recording_frames'), numberField(row, 'recording_channels')];
  if (rate !== null && !(rate > 0 && rate <= 10_000_000 && Number.isInteger(rate)))
    throw new RowError('number-out-of-range');
  return { rate: rate ?? timesOnly, frames: wholeOf(frames), channels: wholeOf(channels) };
}

function wholeOf(value: number | null): number | null {
  if (value !== null && !(Number.isSafeInteger(value) && value >= 0)) throw new RowError('number-out-of-range');
  return value;
}

/** @throws RowError */
function readSaid(reading: Reading, row: Row, sound: ExchangeSound) {
  const channel = numberField(row, 'channel');
  if (channel !== null && !(Number.isInteger(channel) && channel >= 1 && channel <= 64))
    throw new RowError('number-out-of-range');
  const geometry = spanOfFrames(reading.loss, sound, {
    start: frameOf(row, 'start', sound),
    end: frameOf(row, 'end', sound),
    tier: textField(row, 'tier') ?? '',
    channel: channel === null ? null : channel - 1,
  });
  const label = textField(row, 'label');
  const text = textField(row, 'text');
  const ambiguous = textField(row, 'ambiguous');
  if (ambiguous !== undefined && ambiguous.length > 2000) throw new RowError('text-too-long');
  const attributes = fieldOf(row, 'attributes') ?? {};
  if (!isPlainObject(attributes)) throw new RowError('field-wrong');
  const { extra, dropped } = extraFields(attributes, new Set());
  if (dropped > 0) reading.loss.add('field', dropped);
  const key = label === undefined || label === '' ? null : readLabel(label);
  if (key !== null) reading.labels.meet(key);
  return {
    label: key,
    geometry,
    attributes: extra,
    ...(text === '' ? { text } : text !== undefined && readText(text)),
    ...(ambiguous !== undefined && ambiguous !== '' && { ambiguous }),
  };
}

/** A time as a frame of its recording: from frames where they stand, checked against seconds. @throws RowError */
function frameOf(row: Row, which: 'start' | 'end', sound: ExchangeSound): number {
  const frame = wholeOf(numberField(row, `${which}_frame`));
  const seconds = numberField(row, `${which}_s`);
  const rate = numberField(row, 'rate') ?? sound.rate;
  if (!(rate > 0)) throw new RowError('number-out-of-range');
  if (frame === null) {
    if (seconds === null) throw new RowError('time-missing');
    return frameAt(seconds, sound.rate);
  }
  // Seconds may have been rounded to milliseconds by a table program.
  if (seconds !== null && Math.abs(seconds - frame / rate) > 0.00051 + 0.5 / rate) throw new RowError('times-disagree');
  return rate === sound.rate ? frame : frameAt(frame / rate, sound.rate);
}

/** @throws RowError */
function numberField(row: Row, name: string): number | null {
  const value = fieldOf(row, name);
  if (value === undefined) return null;
  if (value === null) throw new RowError('number-not-finite');
  if (typeof value !== 'number') throw new RowError('field-wrong');
  if (!Number.isFinite(value)) throw new RowError('number-not-finite');
  if (value < 0) throw new RowError('time-negative');
  return value;
}

/** @throws RowError */
function textField(row: Row, name: string): string | undefined {
  const value = fieldOf(row, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new RowError('field-wrong');
  if (!value.isWellFormed()) throw new RowError('name-not-unicode');
  return value;
}

/** @throws RowError */
function scoreOf(row: Row): number | null {
  const score = numberField(row, 'score');
  if (score !== null && shareOf(score) === null) throw new RowError('number-out-of-range');
  return score;
}
