import { useText } from '#renderer/i18n/i18n.ts';

/** The first window. */
export function StartPage() {
  const t = useText();
  return <h1>{t('app.rooms.start')}</h1>;
}
