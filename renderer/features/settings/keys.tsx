import { Button } from '@mantine/core';
import { useText } from '#renderer/i18n/i18n.ts';
import { runBound } from '#renderer/lib/action.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { Section } from '#renderer/ui/form.tsx';

/** The way to the list of all keys, where each can be changed. */
export function Keys() {
  const t = useText();
  return (
    <Section title={t('settings.keys.title')} lead={t('settings.keys.lead')}>
      <div>
        <Button
          variant="default"
          rightSection={<KeyHint of="app.help" keys="?" />}
          onClick={() => void runBound('app.help')}
        >
          {t('settings.keys.open')}
        </Button>
      </div>
    </Section>
  );
}
