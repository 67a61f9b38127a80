import { useCallback } from 'react';
import type { Json } from '#shared/domain/json.ts';
import { judgementParts } from '#shared/rules/judgement-about.rules.ts';
import { i18n, useText, type LocaleKey } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { sealedTextWords } from './text-entry-words.ts';

/** The name of a kind of entry; a kind this version does not know (a newer ledger's) is shown as it is. */
export function useKindName(): (kind: string) => string {
  const t = useText();
  return useCallback((kind) => known(`ledger.kinds.${kind}`, t) ?? kind, [t]);
}

/** The name of a field of a body. */
export function useFieldName(): (name: string) => string {
  const t = useText();
  return useCallback((name) => known(`ledger.fields.${name}`, t) ?? name, [t]);
}

/** Words of the fixed vocabularies (`annotating`, `by-piece`, `reviewer` ...); any other text as it is. */
export function useValueText(): (value: string) => string {
  const t = useText();
  return useCallback((value) => (/^[a-z-]+$/.test(value) ? known(`ledger.values.${value}`, t) : null) ?? value, [t]);
}

function known(key: string, t: ReturnType<typeof useText>): string | null {
  return i18n.exists(key) ? String(t(key as LocaleKey)) : null;
}

const isRecord = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A value of a field in one line of words; null when it is too much for a line (an annotation, a rule set) and is to be
 * shown as JSON.
 *
 * @param refusals what the entry's project calls its reasons to refuse
 */
export function useFieldValueText(
  refusals: Readonly<Record<string, string>>,
): (name: string, value: Json) => string | null {
  const format = useFormat();
  const valueText = useValueText();
  const t = useText();
  return useCallback(
    (name, value) => {
      if (value === null) return '–';
      if (typeof value === 'boolean') return value ? t('ledger.yes') : t('ledger.no');
      if (typeof value === 'number') return name.endsWith('_ms') ? format.duration(value) : format.number(value, 6);
      if (typeof value === 'string') return textOf(value, valueText, format.dateTime);
      if (Array.isArray(value)) return value.length === 0 ? '–' : null;
      if (isRecord(value) && typeof value['minor'] === 'number' && typeof value['currency'] === 'string') {
        return format.money({ minor: value['minor'], currency: value['currency'] });
      }
      if (isRecord(value) && typeof value['width'] === 'number' && typeof value['height'] === 'number') {
        return `${format.number(value['width'])} × ${format.number(value['height'])} px`;
      }
      if (isRecord(value)) {
        const line = sealedText(value, t, format) ?? sealedTextWords(value, refusals, t, format);
        if (line !== null) return line;
      }
      if (isRecord(value) && Array.isArray(value['shapes'])) {
        const said =
          value['answer'] === undefined
            ? []
            : judgementParts(value['answer'], (key) => refusals[key] ?? key).map(valueText);
        const objects = t('ledger.objects', { count: value['shapes'].length });
        return said.length === 0 ? objects : [...said, ...(value['shapes'].length > 0 ? [objects] : [])].join(' · ');
      }
      const counts = isRecord(value) ? Object.entries(value) : [];
      if (counts.length > 0 && counts.every(([, count]) => typeof count === 'number')) {
        return counts.map(([key, count]) => `${key} ${format.number(count as number)}`).join(' · ');
      }
      return null;
    },
    [format, valueText, refusals, t],
  );
}

/** Where rules of each kind of media have their names. */
const breachNames = ['work.sound.breaches.names', 'work.breaches.names', 'work.text.breaches.names'] as const;

/** What a submission says of its recording, of rules left broken and of a machine's proposals, in a line; null for anything else. */
function sealedText(
  value: Record<string, Json>,
  t: ReturnType<typeof useText>,
  format: ReturnType<typeof useFormat>,
): string | null {
  const { codec, rate, channels, frames, open, asked, proposed, transcripts } = value;
  if (typeof codec === 'string' && typeof rate === 'number' && typeof channels === 'number') {
    return [
      typeof frames === 'number' && t('ledger.sound.length', { seconds: format.number(frames / rate, 3) }),
      t('ledger.sound.rate', { khz: format.number(rate / 1000, 3) }),
      t('ledger.sound.channels', { count: channels }),
      codec,
    ]
      .filter((part) => part !== false)
      .join(' · ');
  }
  if (Array.isArray(open) && typeof asked === 'boolean') {
    const rules = open.filter(isRecord).map(({ rule, count }) => {
      const name = breachNames.map((names) => known(`${names}.${String(rule)}`, t)).find((each) => each !== null);
      return t('work.breaches.line', { rule: name ?? String(rule), count: Number(count) });
    });
    if (rules.length === 0) return t('ledger.breaches.none');
    return [...rules, asked && t('ledger.breaches.asked')].filter((part) => part !== false).join(' · ');
  }
  if (typeof proposed !== 'number') return null;
  const fates = { accepted: 'accepted', corrected: 'corrected', rejected: 'rejected', undecided: 'undecided' } as const;
  const told = Object.entries({ ...fates, by_hand: 'byHand' } as const).map(
    ([key, name]) => `${t(`accuracy.machine.fates.${name}`)} ${format.number(Number(value[key] ?? 0))}`,
  );
  if (transcripts !== undefined && isRecord(transcripts)) {
    const { edits, characters } = transcripts;
    told.push(t('ledger.transcripts', { edits: Number(edits), characters: Number(characters) }));
  }
  return told.join(' · ');
}

function textOf(value: string, valueText: (text: string) => string, dateTime: (instant: string) => string): string {
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return dateTime(value);
  return valueText(value);
}
