import { Button } from '@mantine/core';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Facts, Section } from '#renderer/ui/form.tsx';
import { HashText } from '#renderer/ui/hash-text.tsx';
import { toast } from '#renderer/ui/toast.ts';
import { useEntryCount } from './entry-count.ts';
import classes from './settings.module.css';

/** The ledger's public key and its last checkpoint, which is worth something once others have it. */
export function KeyAndCheckpoints() {
  const t = useText();
  const format = useFormat();
  const entriesOf = useEntryCount();
  const status = useQuery('ledger.status', {});
  const make = useCommand('ledger.checkpoint');
  const last = status.data?.lastCheckpoint;

  const copy = async (note: string) => {
    await navigator.clipboard.writeText(note);
    toast(t('settings.proof.copied'));
  };
  return (
    <Section title={t('settings.proof.title')} lead={t('settings.proof.lead')}>
      <ErrorNotice error={status.error} onAgain={status.refetch} />
      {status.data && (
        <Facts
          facts={[
            { name: t('settings.proof.key'), value: <HashText value={status.data.verifierKey} /> },
            { name: t('settings.proof.size'), value: format.number(status.data.size, 0) },
            { name: t('settings.proof.head'), value: <HashText value={status.data.root} short={16} /> },
            {
              name: t('settings.proof.last'),
              value: last
                ? t('settings.proof.lastAt', { time: format.dateTime(last.madeAt), entries: entriesOf(last.size) })
                : t('settings.proof.none'),
            },
          ]}
        />
      )}
      <div className={classes.line}>
        <Button variant="default" loading={make.running} onClick={() => void make.run({})}>
          {t('settings.proof.make')}
        </Button>
        {last && (
          <Button variant="default" onClick={() => void copy(last.note)}>
            {t('settings.proof.copy')}
          </Button>
        )}
      </div>
      <ErrorNotice error={make.error} />
    </Section>
  );
}
