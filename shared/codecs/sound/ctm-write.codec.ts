import type { Json } from '../../domain/json.ts';
import { createLossCounter, type FilePiece, type LossCounter, type WriteSource, type WriteSummary } from '../codec.ts';
import { channelWriter } from './channels.codec.ts';
import { createNamesWritten } from './one-word-names.codec.ts';
import {
  countUnheldItem,
  countUnheldOf,
  decimalSeconds,
  keptText,
  proposedSegmentsOf,
  type Segment,
  segmentsOf,
  soundOfItem,
} from './spans.codec.ts';

/** Writes words with their times; those of a segment that has none share its length by theirs, which is counted. */
export async function* writeCtm(source: WriteSource): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  const names = createNamesWritten();
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    countUnheldItem(loss, item, 'ctm', true);
    const own = segmentsOf(item, loss);
    const proposals = proposedSegmentsOf(item);
    const segments: Segment[] = [...own, ...proposals];
    if (segments.length === 0) {
      loss.add('empty-photo');
      continue;
    }
    const { rate } = soundOfItem(item);
    const file = names.file(item.name);
    const channelOf = channelWriter(segments, loss);
    const lines = [...file.comment];
    for (const segment of segments.sort((a, b) => a.geometry.start - b.geometry.start)) {
      countUnheldOf(loss, segment, 'ctm', ['label', 'attribute', 'ambiguous']);
      const { start, end, tier, channel } = segment.geometry;
      const [from, long] = [decimalSeconds(start, rate), decimalSeconds(end - start, rate)];
      const place = `${file.word} ${channelOf(channel)}`;
      lines.push(`;; segment ${place} ${from} ${long} ${encodeURIComponent(tier.toWellFormed())}\n`);
      for (const fields of wordsOf(segment, { from, long, rate }, loss)) lines.push(`${place} ${fields}\n`);
    }
    lines.push(';; end\n');
    items += 1;
    objects += own.length;
    yield { path: '', text: lines.join('') };
  }
  if (items === 0) yield { path: '', text: '' };
  return { items, objects, loss: loss.list() };
}

/** What follows the channel in the lines of a segment's words. */
function wordsOf(segment: Segment, at: { from: string; long: string; rate: number }, loss: LossCounter): string[] {
  const score = 'score' in segment ? segment.score : null;
  const kept = keptText(segment, 'ctm');
  // A segment that was moved takes its words along no further than its own times tell.
  if (Array.isArray(kept) && isWithin(kept, segment, at.rate)) return kept.map((word) => fieldsOf(word)!.join(' '));
  const { text = '' } = segment;
  const words = text.split(/\s+/u).filter((word) => word !== '');
  if (words.join(' ') !== text) loss.add('text-changed');
  if (words.length === 0) {
    loss.add('empty-text');
    return [];
  }
  if (words.length > 1) loss.add('words');
  const { start, end } = segment.geometry;
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  let done = 0;
  return words.map((word) => {
    const first = start + Math.round(((end - start) * done) / letters);
    done += word.length;
    const last = start + Math.round(((end - start) * done) / letters);
    const times = [decimalSeconds(first, at.rate), decimalSeconds(last - first, at.rate)];
    // A word may not be taken for a comment's beginning, since it never begins a line.
    return [...times, word.toWellFormed(), ...(score === null ? [] : [String(score)])].join(' ');
  });
}

function fieldsOf(word: Json): string[] | null {
  return Array.isArray(word) &&
    word.length >= 3 &&
    word.every((field) => typeof field === 'string' && /^\S+$/.test(field))
    ? (word as string[])
    : null;
}

/** Whether kept words lie where their segment does. */
function isWithin(words: readonly Json[], { geometry }: Segment, rate: number): boolean {
  return words.every((word) => {
    const fields = fieldsOf(word);
    if (fields === null) return false;
    const [start, long] = [Number(fields[0]), Number(fields[1])];
    return Math.round(start * rate) >= geometry.start - 1 && Math.round((start + long) * rate) <= geometry.end + 1;
  });
}
