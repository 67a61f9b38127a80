import { useCallback } from 'react';
import type { Json } from '#shared/domain/json.ts';
import { i18n, useText, type LocaleKey } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';

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
 */
export function useFieldValueText(): (name: string, value: Json) => string | null {
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
      if (isRecord(value) && Array.isArray(value['shapes'])) {
        return t('ledger.objects', { count: value['shapes'].length });
      }
      const counts = isRecord(value) ? Object.entries(value) : [];
      if (counts.length > 0 && counts.every(([, count]) => typeof count === 'number')) {
        return counts.map(([key, count]) => `${key} ${format.number(count as number)}`).join(' · ');
      }
      return null;
    },
    [format, valueText, t],
  );
}

function textOf(value: string, valueText: (text: string) => string, dateTime: (instant: string) => string): string {
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return dateTime(value);
  return valueText(value);
}
