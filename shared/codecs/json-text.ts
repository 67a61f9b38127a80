import type { Json } from '../domain/json.ts';
import { isCanonicalisable } from '../proofs/canonical.ts';
import { CodecError, type Extra } from './codec.ts';
import { placeOfBadJson } from './json-place.codec.ts';

/**
 * Parses JSON as annotation tools write it: a byte order mark is stepped over, and Python's `NaN` and `Infinity` become null, so that
 * they fail their own row and not the file.
 * @throws CodecError `not-json` with the place
 */
export function parseJsonText(text: string): Json {
  const bare = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(bare) as Json;
  } catch {
    const withoutNumbers = bare.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) =>
      token.startsWith('"') ? token : 'null',
    );
    try {
      return JSON.parse(withoutNumbers) as Json;
    } catch {
      throw new CodecError('not-json', placeOfBadJson(withoutNumbers));
    }
  }
}

export function isPlainObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of an object, own ones only: a file may not reach `constructor`. */
export function fieldOf(object: { [key: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/**
 * The fields of an object beside the known ones, to be kept. What can't be sealed later (lone surrogates, nesting deeper than
 * the ledger takes, the key `__proto__`) is left out and counted.
 */
export function extraFields(
  object: { [key: string]: Json },
  known: ReadonlySet<string>,
): { extra: Extra; dropped: number } {
  const kept: [string, Json][] = [];
  let dropped = 0;
  for (const [name, value] of Object.entries(object)) {
    if (known.has(name)) continue;
    if (name !== '__proto__' && name.isWellFormed() && isCanonicalisable(value) && !isTooDeep(value))
      kept.push([name, value]);
    else dropped += 1;
  }
  return { extra: Object.fromEntries(kept), dropped };
}

/** Deepest nesting of a field that is kept: an annotation seals it some levels further down. */
const maxDepth = 64;

function isTooDeep(value: Json): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}
