import type { CheckableRules } from '../domain/project.ts';
import { graphemesOf } from './transcript-distance.rules.ts';
import { withoutTokens } from './transcript-tokens.rules.ts';

/** How much is written. The project's tokens (`<noise>` ...) are no words and don't count. */
export interface TranscriptCounts {
  /** Graphemes, without spaces. */
  characters: number;
  /** Chinese characters among them. */
  chinese: number;
  /** Words; of Chinese those that `Intl.Segmenter` tells. */
  words: number;
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

export function transcriptCounts(text: string, tokens: CheckableRules['tokens'] = []): TranscriptCounts {
  const said = withoutTokens(text, tokens);
  let count = 0;
  for (const { isWordLike } of words.segment(said)) if (isWordLike === true) count += 1;
  return {
    characters: graphemesOf(said.replace(/\s+/gu, '')).length,
    chinese: said.match(/\p{Script=Han}/gu)?.length ?? 0,
    words: count,
  };
}
