import type { AnnotationDoc, Change, ShapeId } from '../domain/annotation.ts';
import { segmentsInTime } from './sound-breaches.rules.ts';
import { changeOf } from './undo-journal.rules.ts';

/**
 * What is looked for: plain text. Regular expressions are left out on purpose: one that goes wrong can't be stopped once it runs, and would
 * freeze the window in the middle of somebody's work.
 */
export interface TranscriptQuery {
  find: string;
  /** `Tom` is not `tom`. */
  matchCase: boolean;
  /** Not within a longer word; of Chinese, words are those that `Intl.Segmenter` tells. */
  wholeWord: boolean;
}

/** One place where it stands. */
export interface TranscriptHit {
  shape: ShapeId;
  /** Place in the text, in UTF-16 units, half open. */
  start: number;
  end: number;
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Every place where it stands, in time; none overlaps another. None for an empty query. */
export function findInTranscripts(doc: AnnotationDoc, query: TranscriptQuery): TranscriptHit[] {
  if (query.find === '') return [];
  return segmentsInTime(doc).flatMap(({ id, text = '' }) => hitsIn(text, query).map((at) => ({ shape: id, ...at })));
}

/** Every place in one text. */
export function hitsIn(
  text: string,
  { find, matchCase, wholeWord }: TranscriptQuery,
): { start: number; end: number }[] {
  if (find === '') return [];
  const pattern = new RegExp(find.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&'), matchCase ? 'gu' : 'giu');
  const found = Array.from(text.matchAll(pattern), ({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
  }));
  if (!wholeWord || found.length === 0) return found;
  const borders = new Set([text.length]);
  for (const { index } of words.segment(text)) borders.add(index);
  return found.filter(({ start, end }) => borders.has(start) && borders.has(end));
}

/** The step that puts something else in the place of these hits, all at once; null where nothing would change. */
export function replacement(doc: AnnotationDoc, hits: readonly TranscriptHit[], by: string): Change | null {
  const byShape = Map.groupBy(hits, ({ shape }) => shape);
  const wanted = doc.shapes.flatMap((shape) => {
    const at = byShape.get(shape.id);
    if (at === undefined || shape.text === undefined) return [];
    const text = replacedIn(shape.text, at, by);
    return text === shape.text ? [] : [{ id: shape.id, after: { ...shape, text } }];
  });
  return changeOf(doc, 'replace', wanted);
}

/** A text with something else in these places, which are in order. */
export function replacedIn(text: string, places: readonly { start: number; end: number }[], by: string): string {
  let [result, from] = ['', 0];
  for (const { start, end } of places) {
    result += text.slice(from, start) + by;
    from = end;
  }
  return result + text.slice(from);
}
