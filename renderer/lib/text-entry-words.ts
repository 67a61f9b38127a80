import type { Json } from '#shared/domain/json.ts';
import { i18n, type LocaleKey, type useText } from '#renderer/i18n/i18n.ts';
import type { Format } from '#renderer/i18n/format.ts';

type Words = ReturnType<typeof useText>;
type OwnNames = Readonly<Record<string, string>>;
type Fields = Readonly<Record<string, Json>>;

const lengths = ['words', 'characters', 'han', 'sentences'] as const;
const hashShown = 12;

/**
 * What a submission says of a task of text, and of how it was written, in a line; null for anything else. `refusals`: what the project calls
 * its reasons to refuse.
 */
export function sealedTextWords(value: Fields, refusals: OwnNames, t: Words, format: Format): string | null {
  if (typeof value['kind'] === 'string' && 'refused' in value && 'edits' in value)
    return taskWords(value, refusals, t, format);
  if (typeof value['typed'] === 'number' && typeof value['active_ms'] === 'number')
    return writingWords(value, t, format);
  return null;
}

function taskWords(value: Fields, refusals: OwnNames, t: Words, format: Format): string {
  const { kind, refused = null, counts = null, edits = null } = value;
  const counted = (name: (typeof lengths)[number]) => {
    const count = isFields(counts) ? counts[name] : undefined;
    return typeof count === 'number' && t(`work.text.counts.${name}`, { count, formatted: format.number(count, 0) });
  };
  const reason = typeof refused === 'string' ? refused : null;
  return told([
    known(`work.text.kinds.${String(kind)}`, t) ?? String(kind),
    reason !== null &&
      t('ledger.texts.refused', { reason: refusals[reason] ?? known(`work.text.refusals.${reason}`, t) ?? reason }),
    ...lengths.map(counted),
    typeof edits === 'number' && t('work.text.machine.edits', { count: edits, formatted: format.number(edits, 0) }),
  ]);
}

function writingWords(value: Fields, t: Words, format: Format): string {
  const figure = (name: 'typed' | 'pasted' | 'removed' | 'pastes' | 'revisions') =>
    `${t(`work.text.proof.figures.${name}`)} ${format.number(Number(value[name] ?? 0), 0)}`;
  const { hash = null } = value;
  return told([
    `${t('work.text.proof.figures.active')} ${format.duration(Number(value['active_ms']))}`,
    ...(['typed', 'pasted', 'removed', 'pastes', 'revisions'] as const).map(figure),
    typeof hash === 'string'
      ? t('ledger.texts.history', { hash: hash.slice(0, hashShown), bytes: format.number(Number(value['bytes']), 0) })
      : t('ledger.texts.figuresOnly'),
  ]);
}

const told = (parts: readonly (string | false)[]) => parts.filter((part) => part !== false).join(' · ');

const isFields = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function known(key: string, t: Words): string | null {
  return i18n.exists(key) ? String(t(key as LocaleKey)) : null;
}
