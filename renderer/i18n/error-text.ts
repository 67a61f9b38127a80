import type { TFunction } from 'i18next';
import type { ClientError } from '#renderer/client/client-error.ts';
import { i18n, type LocaleKey, useText } from './i18n.ts';
import type { Format } from './format.ts';
import { useFormat } from './use-format.ts';

/** The sentence of a refusal: what happened and what to do next. */
export function errorText(error: Pick<ClientError, 'code' | 'details'>, t: TFunction, format: Format): string {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(error.details))
    shown[name] = ownWords(error.code, name, value, t) ?? detailText(name, value, t, format);
  // `replace` keeps the placeholders apart from i18next's own options.
  return t(`errors.${error.code}`, { replace: shown });
}

/** Problems the core tells by a word of its own; others come from the system and are shown as they are. */
const problemWords = [
  'data-folder',
  'not-a-file',
  'is-a-folder',
  'photo',
  'not-absolute',
  'changed',
  'missing',
  'unreadable',
  'not-an-image',
  'too-large',
  'no-format',
  'not-utf-8',
  'not-json',
  'not-xml',
  'not-coco',
  'not-labelme',
  'not-this-format',
  'not-an-object',
  'entities-refused',
  'not-utf-16',
  'cut-off',
  'field-wrong',
  'shape-type-unknown',
  'time-missing',
  'time-unit-unknown',
  'other-modality',
  // What systems call it
  'EACCES',
  'EPERM',
  'EIO',
] as const;

/** What is wrong with a table, or with a line of entries, has words of its own. */
function ownWords(code: string, name: string, value: unknown, t: TFunction): string | null {
  const key =
    code === 'sheets/unreadable' && name === 'problem'
      ? `sheets.problems.${String(value)}`
      : code === 'ledger/lines-wrong' && name === 'why'
        ? `sheets.lines.faults.${String(value)}`
        : null;
  return key !== null && i18n.exists(key) ? String(t(key as LocaleKey)) : null;
}

/** A place in a file as the core names it, in the present language; other places are names of files and stay as they are. */
export function placeText(place: string, t: TFunction): string {
  const [, row] = /^row (\d+)$/.exec(place) ?? [];
  if (row !== undefined) return t('errors.row', { line: row });
  const [, line, column] = /^line (\d+)(?:, column (\d+))?$/.exec(place) ?? [];
  if (line === undefined) return place;
  return column === undefined ? t('errors.line', { line }) : t('errors.lineColumn', { line, column });
}

function detailText(name: string, value: unknown, t: TFunction, format: Format): string {
  if (value === null || value === undefined) return t('errors.unknownDetail');
  if (name === 'limit' && typeof value === 'number') return format.bytes(value);
  if ((name === 'at' || name === 'start' || name === 'end') && typeof value === 'string') return format.dateTime(value);
  if (name === 'lane' && (value === 'presence' || value === 'activity' || value === 'waiting')) {
    return t(`errors.lanes.${value}`);
  }
  if (name === 'place' && value === '') return t('errors.wholeFile');
  if (name === 'place' && typeof value === 'string') return placeText(value, t);
  const problem = name === 'problem' ? problemWords.find((word) => word === value) : undefined;
  if (problem) return t(`errors.problems.${problem}`);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** errorText in the present language. */
export function useErrorText(): (error: Pick<ClientError, 'code' | 'details'>) => string {
  const t = useText();
  const format = useFormat();
  return (error) => errorText(error, t, format);
}
