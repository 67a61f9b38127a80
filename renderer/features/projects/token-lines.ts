import type { CheckableRules } from '#shared/domain/project.ts';

type Tokens = NonNullable<CheckableRules['tokens']>;

const longestToken = 40;
const longestTitle = 200;
const most = 50;

/** Reads tokens, one a line: `<noise>`, or `□ = missing character`. Empty lines don't count; the first that is wrong is named. */
export function readTokenLines(text: string): { ok: true; tokens: Tokens } | { ok: false; token: string } {
  const tokens: Tokens = [];
  for (const line of text.split(/\r?\n/)) {
    const [, left = '', right = ''] = /^(.*?)(?:\s[=＝]\s?(.*))?$/.exec(line) ?? [];
    const [token, title] = [left.trim(), right.trim()];
    if (token === '') continue;
    const wrong = token.length > longestToken || title.length > longestTitle || tokens.length === most;
    if (wrong || tokens.some((known) => known.text === token))
      return { ok: false, token: token.slice(0, longestToken) };
    tokens.push(title === '' ? { text: token } : { text: token, title });
  }
  return { ok: true, tokens };
}

/** Tokens as lines. */
export function writeTokenLines(tokens: Tokens): string {
  return tokens.map(({ text, title }) => (title === undefined ? text : `${text} = ${title}`)).join('\n');
}
