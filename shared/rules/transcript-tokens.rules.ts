import type { CheckableRules } from '../domain/project.ts';

type Tokens = NonNullable<CheckableRules['tokens']>;

/** What looks like a token: something short in angle, square, curly or Chinese corner brackets. Round brackets are punctuation. */
const bracketed = /<[^<>\n]{1,38}>|\[[^[\]\n]{1,38}\]|\{[^{}\n]{1,38}\}|【[^【】\n]{1,38}】|〈[^〈〉\n]{1,38}〉/gu;

/** Tokens of a text that the project does not know, each once, in order. */
export function unknownTokens(text: string, tokens: Tokens): string[] {
  const found = text.match(bracketed);
  if (found === null) return [];
  const known = new Set(tokens.map((token) => token.text));
  return [...new Set(found)].filter((token) => !known.has(token));
}

/** The text without the project's tokens and what looks like one, a space in the place of each. */
export function withoutTokens(text: string, tokens: Tokens): string {
  const plain = tokens.map((token) => token.text).sort((a, b) => b.length - a.length);
  return plain.reduce((rest, token) => rest.replaceAll(token, ' '), text).replace(bracketed, ' ');
}
