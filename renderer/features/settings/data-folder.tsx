import { Button } from '@mantine/core';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Section } from '#renderer/ui/form.tsx';
import { CopyButton } from '#renderer/ui/hash-text.tsx';
import classes from './settings.module.css';

/** Where everything of the owner's lies. */
export function DataFolder({ path }: { path: string }) {
  const t = useText();
  const host = useQuery('host.capabilities', {});
  const reveal = useCommand('host.revealFile');
  return (
    <Section title={t('settings.data.title')} lead={t('settings.data.lead')}>
      <div className={classes.line}>
        <span className={classes.path}>{path}</span>
        <CopyButton value={path} />
        {host.data?.revealFile && (
          <Button variant="default" size="xs" onClick={() => void reveal.run({ path })}>
            {t('settings.data.reveal')}
          </Button>
        )}
      </div>
      <ErrorNotice error={reveal.error} onDismiss={reveal.clear} />
    </Section>
  );
}
