import { useMemo } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';

/** The words of CodeMirror's search, by what it calls them. */
const phrases = {
  Find: 'find',
  Replace: 'by',
  next: 'next',
  previous: 'previous',
  all: 'all',
  'match case': 'matchCase',
  regexp: 'pattern',
  'by word': 'wholeWord',
  replace: 'replace',
  'replace all': 'replaceAll',
  close: 'close',
  'current match': 'current',
  'replaced $ matches': 'replaced',
  'replaced match on line $': 'replacedOne',
  'on line': 'onLine',
} as const;

/** CodeMirror's search in the language of the window. */
export function useSearchPhrases(): Readonly<Record<string, string>> {
  const t = useText();
  return useMemo(
    () => Object.fromEntries(Object.entries(phrases).map(([theirs, ours]) => [theirs, t(`work.text.search.${ours}`)])),
    [t],
  );
}
