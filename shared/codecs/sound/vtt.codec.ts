import type { Shape } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import {
  type AnnotationCodec,
  CodecError,
  createLossCounter,
  type ExchangeItem,
  type FilePiece,
  type LossCounter,
  type ParseContext,
  type ParsedItem,
  type SourceFile,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { createPathClaims } from '../image/file-paths.codec.ts';
import { keptOf } from '../image/json-objects.codec.ts';
import { createReading } from '../image/row-reading.codec.ts';
import { type Cue, cuesOf, cueTime, type CueTimes, readTiming, splitCues } from './cue-times.codec.ts';
import { createSoundFinder, fileBeside, pieced, readEach, stemOf } from './recordings.codec.ts';
import { segmentsWith } from './segments-with.codec.ts';
import {
  countUnheldItem,
  countUnheldOf,
  importedSegment,
  readText,
  type Segment,
  soundOfItem,
  spanOf,
} from './spans.codec.ts';

/**
 * WebVTT subtitles, one file beside each recording: `WEBVTT`, notes and styles (kept), cues with an id or without, hours left out or not.
 * `<v Name>` around a whole cue says who speaks. Text with other markup is taken without it, and goes back with it while it is unchanged.
 *
 * Times are milliseconds. Cues may lie over each other.
 */
export const vttCodec: AnnotationCodec = {
  format: 'vtt',
  modality: 'audio',
  layout: 'folder',
  ending: 'vtt',
  holds: segmentsWith('emptyItems', 'text', 'tier', 'overlaps'),
  choices: [{ name: 'overlaps', answers: ['keep', 'split'] }],
  likeness: (path, head) => (/^\uFEFF?WEBVTT(?:[ \t\r\n]|$)/.test(head) ? 1 : /\.vtt$/i.test(path) ? 0.4 : 0),
  parse,
  write: (source, choices) => write(source, choices['overlaps'] === 'split'),
};

interface ReadCue extends CueTimes {
  line: number;
  id: string;
  payload: string;
}

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const findSound = createSoundFinder(reading);
  const items: ParsedItem[] = [];
  await readEach(reading, files, /\.vtt$/i, async (file, at) => {
    const { cues, kept, strays } = readFile(await file.text());
    for (const line of strays) reading.fail(at(line), 'time-missing');
    const { name, sound } = await findSound(stemOf(file) || 'recording');
    const shapes = cues.flatMap(({ line, start, end, settings, id, payload }): Shape[] => {
      const shape = reading.attempt(at(line), () => {
        const { tier, text, raw } = readPayload(payload);
        const geometry = spanOf(reading, sound, { start, end, tier, channel: null });
        const extra: { [field: string]: Json } = {
          ...(id !== '' && id.isWellFormed() && { id }),
          ...(settings !== '' && settings.isWellFormed() && { settings }),
          ...(raw !== null && raw.isWellFormed() && { of: text, raw, speaker: tier }),
        };
        const known = Object.keys(extra).length > 0 && { extra: { vtt: extra } };
        return importedSegment(reading, { label: null, geometry, ...readText(text), ...known });
      });
      return shape === undefined ? [] : [shape];
    });
    const extra = Object.keys(kept).length > 0 ? { vtt: kept } : {};
    items.push({ where: file.path, name, size: null, sound, shapes, extra });
  });
  return reading.result(items, {});
}

/** @throws CodecError */
function readFile(text: string): { cues: ReadCue[]; kept: { [field: string]: Json }; strays: number[] } {
  const lines = text.split(/\r\n|\r|\n/);
  if (!/^\uFEFF?WEBVTT(?:[ \t]|$)/.test(lines[0]!)) throw new CodecError('not-this-format', 'line 1');
  const cues: ReadCue[] = [];
  const strays: number[] = [];
  const blocks: string[] = [];
  let header: string[] | null = [];
  for (let i = 0; i < lines.length;) {
    if (lines[i]!.trim() === '') {
      i += 1;
      continue;
    }
    const from = i;
    while (i < lines.length && lines[i] !== '') i += 1;
    const block = lines.slice(from, i);
    if (header?.length === 0 && from === 0) {
      header = [block[0]!.replace(/^\uFEFF?WEBVTT[ \t]?/, ''), ...block.slice(1)];
      continue;
    }
    const times = [readTiming(block[0]!), block.length > 1 ? readTiming(block[1]!) : null];
    const at = times[0] !== null ? 0 : 1;
    const found = times[at];
    if (found !== null && found !== undefined) {
      const [id, payload] = [at === 1 ? block[0]! : '', block.slice(at + 1).join('\n')];
      cues.push({ ...found, line: from + at + 1, id, payload });
    } else if (/^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/.test(block[0]!)) blocks.push(block.join('\n'));
    else strays.push(from + 1);
  }
  const heading = (header ?? []).join('\n');
  const wellFormed = blocks.filter((block) => block.isWellFormed());
  const kept = {
    ...(heading !== '' && heading.isWellFormed() && { header: heading }),
    ...(wellFormed.length > 0 && { blocks: wellFormed }),
  };
  return { cues, kept, strays };
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
  quot: '"',
  apos: "'",
};

const decoded = (text: string): string =>
  text.replace(
    /&(?:(amp|lt|gt|nbsp|lrm|rlm|quot|apos)|#(\d{1,7}));/g,
    (all, name: string | undefined, code: string) => {
      if (name !== undefined) return named[name]!;
      const point = Number(code);
      return point > 0 && point <= 0x10_ff_ff && (point < 0xd8_00 || point > 0xdf_ff)
        ? String.fromCodePoint(point)
        : all;
    },
  );

const encoded = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Who speaks and what; what stands there with its markup, where there is more of it. */
function readPayload(payload: string): { tier: string; text: string; raw: string | null } {
  const [, speaker, rest = ''] = /^<v(?:\.[^\s>]*)?[ \t]+([^>\n]*)>([\s\S]*)$/.exec(payload) ?? [];
  const body = speaker === undefined ? payload : rest.replace(/<\/v>$/, '');
  const bare = body.replace(/<[^<>]*>/g, '');
  const [tier, text] = [decoded(speaker ?? ''), decoded(bare)];
  return { tier, text, raw: payloadOf(tier, text) === payload ? null : payload };
}

/** What a cue of ours says. */
const payloadOf = (tier: string, text: string): string =>
  tier === '' ? encoded(text) : `<v ${encoded(tier)}>${encoded(text)}`;

async function* write(source: WriteSource, split: boolean): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  const claims = createPathClaims();
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    countUnheldItem(loss, item, 'vtt', false);
    const beside = fileBeside(claims, item, 'vtt', loss);
    if (beside === null) continue;
    const { path, segments } = beside;
    for (const segment of segments) {
      countUnheldOf(loss, segment, 'vtt', ['label', 'channel', 'attribute', 'ambiguous']);
      if ((segment.text ?? '') === '') loss.add('empty-text');
    }
    const words = new Map(segments.map((segment) => [segment, wordsOf(segment, loss)]));
    const cues = cuesOf(segments, soundOfItem(item), loss);
    items += 1;
    objects += segments.length;
    yield* pieced(path, fileLines(item, split ? splitCues(cues, loss) : cues, words));
  }
  return { items, objects, loss: loss.list() };
}

function* fileLines(item: ExchangeItem, cues: readonly Cue[], words: ReadonlyMap<Segment, string>): Generator<string> {
  const { header, blocks } = keptOf(item, 'vtt');
  yield typeof header === 'string' && isBlock(header)
    ? `WEBVTT${header.startsWith('\n') ? '' : ' '}${header}\n`
    : 'WEBVTT\n';
  for (const block of Array.isArray(blocks) ? blocks : [])
    if (typeof block === 'string' && isBlock(block)) yield `\n${block}\n`;
  for (const { start, end, segments } of cues) {
    const kept = segments.length === 1 ? keptOf(segments[0]!, 'vtt') : {};
    const id = typeof kept['id'] === 'string' && isLine(kept['id']) ? `${kept['id']}\n` : '';
    const settings = typeof kept['settings'] === 'string' && isLine(kept['settings']) ? ` ${kept['settings']}` : '';
    const text = segments.map((segment) => words.get(segment)!).join('\n');
    yield `\n${id}${cueTime(start, '.')} --> ${cueTime(end, '.')}${settings}\n${text}\n`;
  }
}

const isLine = (text: string): boolean => !/[\r\n]|-->/.test(text);
/** No empty line in it, which would end it, and nothing that begins a cue. */
const isBlock = (text: string): boolean => !/\r|\n\n|\n$|-->/.test(text);

/** What a cue says: with its markup while it says the same. */
function wordsOf(segment: Segment, loss: LossCounter): string {
  const { text = '', geometry } = segment;
  const { of, raw, speaker } = keptOf(segment, 'vtt');
  if (of === text && speaker === geometry.tier && typeof raw === 'string' && !/\r|\n\n|^\n|\n$|-->/.test(raw))
    return raw;
  const plain = text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .replace(/^\n|\n$/g, '');
  if (plain !== text) loss.add('text-changed');
  const tier = geometry.tier.toWellFormed().replace(/[\t\r\n]+/g, ' ');
  if (tier !== geometry.tier || tier.trim() !== tier) loss.add('tier');
  return payloadOf(tier.trim(), plain);
}
