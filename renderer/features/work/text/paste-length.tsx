import { useMemo } from 'react';
import { graphemesOf } from '#shared/rules/transcript-distance.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';

/** How many characters were pasted, as people count them. */
export function PasteLength({ text }: { text: string }) {
  const t = useText();
  const format = useFormat();
  const count = useMemo(() => graphemesOf(text).length, [text]);
  return t('work.text.proof.pasteLength', { count, formatted: format.number(count, 0) });
}
