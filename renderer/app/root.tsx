import { useEffect, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '#renderer/client/use-query.ts';
import { useErrorText } from '#renderer/i18n/error-text.ts';
import { switchLanguage, useText } from '#renderer/i18n/i18n.ts';
import { chooseLanguage, type Language } from '#renderer/i18n/language.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ThemeProvider } from '#renderer/ui/theme-provider.tsx';
import { App } from './app.tsx';
import { firstRoom } from './rooms.ts';
import { isTimerPage, TimerPage } from './timer-page.tsx';
import { useKeptKeys } from './use-own-keys.ts';

/**
 * Waits for the settings, so that the first thing drawn has the right language and theme, then shows the window. A change of
 * language or theme, here or in another window, is followed at once.
 */
export function Root() {
  const settings = useQuery('settings.get', {});
  const host = useQuery('host.capabilities', {});
  useKeptKeys();
  const [language, setLanguage] = useState<Language | null>(null);
  const [ready, setReady] = useState(false);

  const settled = (settings.data ?? settings.error) && (host.data ?? host.error);
  const wanted = settled
    ? chooseLanguage(settings.data?.language ?? null, host.data?.language ?? null, navigator.languages)
    : null;
  useEffect(() => {
    if (wanted) void switchLanguage(wanted).then(() => setLanguage(wanted));
  }, [wanted]);

  const projects = useQuery('projects.list', {});
  const begun = projects.data ? projects.data.projects.length > 0 : projects.error && true;
  useEffect(() => {
    if (ready || begun === undefined) return;
    if (begun) navigate(firstRoom, {}, { replace: true });
    setReady(true);
  }, [begun, ready]);

  const failed = !settings.data && settings.error;
  return (
    <ThemeProvider choice={settings.data?.theme ?? 'auto'}>
      {failed && language ? (
        <StartFailed error={failed} onAgain={settings.refetch} />
      ) : (
        language && ready && (isTimerPage() ? <TimerPage /> : <App bare={!begun} />)
      )}
    </ThemeProvider>
  );
}

function StartFailed({
  error,
  onAgain,
}: {
  error: Parameters<ReturnType<typeof useErrorText>>[0];
  onAgain: () => void;
}) {
  const t = useText();
  const say = useErrorText();
  return (
    <EmptyState
      title={t('app.startFailed.title')}
      sentence={say(error)}
      action={
        <Button variant="default" onClick={onAgain}>
          {t('ui.error.again')}
        </Button>
      }
    />
  );
}
