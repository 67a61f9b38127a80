import { useEffect, useId } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useRoomParams } from '#renderer/lib/route.store.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { About } from './about.tsx';
import { Backups } from './backups.tsx';
import { DataFolder } from './data-folder.tsx';
import { GlobalKey } from './global-key.tsx';
import { Integrity } from './integrity.tsx';
import { Keys } from './keys.tsx';
import { KeyAndCheckpoints } from './key-and-checkpoints.tsx';
import { Preferences } from './preferences.tsx';

/** Language, theme, the working day, and everything about the data folder: backups, checks, key. */
export function SettingsPage() {
  const t = useText();
  const settings = useQuery('settings.get', {});
  const { section } = useRoomParams('settings');
  const backupsId = useId();
  const shown = settings.data !== undefined;
  useEffect(() => {
    if (shown && section === 'backups') document.getElementById(backupsId)?.scrollIntoView({ block: 'nearest' });
  }, [shown, section, backupsId]);
  return (
    <Page title={t('settings.title')}>
      <ErrorNotice error={settings.error} onAgain={settings.refetch} />
      {settings.data && (
        <>
          <Preferences settings={settings.data} />
          <Keys />
          <GlobalKey />
          <DataFolder path={settings.data.dataDir} />
          <Backups id={backupsId} />
          <Integrity />
          <KeyAndCheckpoints />
          <About />
        </>
      )}
    </Page>
  );
}
