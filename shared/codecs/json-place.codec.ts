const token =
  /[ \t\r\n]*(?:("(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([{}[\],:]))/uy;

/** What may come next: the beginning of a value, a key, or what follows either. */
type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/**
 * Where a text stops being JSON, as `line 3, column 7`. Asked only of a text that the runtime refused: its own message names a place
 * for some mistakes and not for others.
 */
export function placeOfBadJson(text: string): string {
  const open: string[] = [];
  let expected: Expected = 'value';
  token.lastIndex = 0;
  for (let at = 0; ; at = token.lastIndex) {
    const found = token.exec(text);
    if (found === null) return placeAt(text, at + /^[ \t\r\n]*/.exec(text.slice(at, at + 10_000))![0].length);
    const next = after(expected, found[1] !== undefined ? 'string' : (found[3] ?? 'word'), open);
    if (next === null) return placeAt(text, token.lastIndex - (found[1] ?? found[2] ?? found[3])!.length);
    expected = next;
  }
}

/** What is expected after a token; null where the token is not. Keeps the stack of open brackets. */
function after(expected: Expected, kind: string, open: string[]): Expected | null {
  if (kind === ']' || kind === '}') {
    const isEnd = expected === 'comma-or-end' || expected === (kind === ']' ? 'value-or-end' : 'key-or-end');
    if (!isEnd || open.pop() !== kind) return null;
    return open.length === 0 ? 'nothing' : 'comma-or-end';
  }
  if (expected === 'key' || expected === 'key-or-end') return kind === 'string' ? 'colon' : null;
  if (expected === 'colon') return kind === ':' ? 'value' : null;
  if (expected === 'comma-or-end') return kind !== ',' ? null : open.at(-1) === '}' ? 'key' : 'value';
  if (expected === 'nothing') return null;
  if (kind === '{' || kind === '[') {
    open.push(kind === '{' ? '}' : ']');
    return kind === '{' ? 'key-or-end' : 'value-or-end';
  }
  if (kind !== 'string' && kind !== 'word') return null;
  return open.length === 0 ? 'nothing' : 'comma-or-end';
}

function placeAt(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `line ${line}, column ${at - before.lastIndexOf('\n')}`;
}
