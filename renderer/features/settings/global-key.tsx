import { Button, TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { globalKeys, onMac, shownShortcut } from '#renderer/lib/keys.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Section } from '#renderer/ui/form.tsx';
import classes from './settings.module.css';

/** The key that opens the small timer from any program; there only where the host can listen for one, and off until it is set. */
export function GlobalKey() {
  const host = useQuery('host.capabilities', {}).data;
  return host?.globalKey ? <KeySection /> : null;
}

function KeySection() {
  const t = useText();
  const [kept, keep] = useUiSetting('host.globalKey', '');
  const set = useCommand('host.setGlobalKey');
  const change = async (keys: string | null) => {
    if (await set.run({ keys })) keep(keys ?? '');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const keys = globalKeys(event.nativeEvent, onMac);
    // Tab goes on to the next field, as everywhere.
    if (keys === null) return;
    event.preventDefault();
    event.stopPropagation();
    void change(keys);
  };
  const shown = kept === '' ? '' : shownShortcut(kept, onMac).flat().join(' + ');
  return (
    <Section title={t('settings.globalKey.title')} lead={t('settings.globalKey.lead')}>
      <FieldRow>
        <TextInput
          className={classes.short}
          label={t('settings.globalKey.field')}
          placeholder={t('settings.globalKey.press')}
          value={shown}
          readOnly
          onKeyDown={onKeyDown}
        />
        {kept !== '' && (
          <Button variant="default" className={classes.besideField} onClick={() => void change(null)}>
            {t('settings.globalKey.off')}
          </Button>
        )}
      </FieldRow>
      <ErrorNotice error={set.error} onDismiss={set.clear} />
    </Section>
  );
}
