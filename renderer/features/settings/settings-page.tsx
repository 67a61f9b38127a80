import { useText } from '#renderer/i18n/i18n.ts';

/** The settings. */
export function SettingsPage() {
  const t = useText();
  return <h1>{t('app.rooms.settings')}</h1>;
}
