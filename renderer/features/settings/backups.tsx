import { Button, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Section } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { useEntryCount } from './entry-count.ts';
import classes from './settings.module.css';

type Backup = Output<'backups.list'>['backups'][number];

/** Backups: make one, see them, go back to one after saying in words what that means. */
export function Backups({ id }: { id: string }) {
  const t = useText();
  const format = useFormat();
  const list = useQuery('backups.list', {});
  const create = useJob('backups.create');
  const [said, setSaid] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Backup | null>(null);
  const backups = list.data?.backups;

  const backUp = async () => {
    setSaid(null);
    if (await create.run({})) setSaid(t('settings.backups.made'));
  };
  return (
    <Section id={id} title={t('settings.backups.title')} lead={t('settings.backups.lead')}>
      <div className={classes.line}>
        <Button variant="default" disabled={create.progress !== null} onClick={() => void backUp()}>
          {t('settings.backups.now')}
        </Button>
        <span role="status">{said}</span>
      </div>
      {create.progress && (
        <div className={classes.wide} role="status">
          <JobProgress
            label={t('settings.backups.making')}
            {...create.progress}
            write={format.bytes}
            onCancel={create.cancel}
            cancelling={create.cancelling}
          />
        </div>
      )}
      <ErrorNotice error={create.error ?? list.error} />
      {backups?.length === 0 && <p className={classes.quiet}>{t('settings.backups.none')}</p>}
      {backups && backups.length > 0 && <BackupTable backups={backups} onRestore={setChosen} />}
      <Restore
        backup={chosen}
        onClose={() => setChosen(null)}
        onRestored={(kept) => {
          setChosen(null);
          setSaid(t('settings.backups.restored', { name: kept.name }));
        }}
      />
    </Section>
  );
}

function BackupTable({ backups, onRestore }: { backups: readonly Backup[]; onRestore: (backup: Backup) => void }) {
  const t = useText();
  const format = useFormat();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>{t('settings.backups.madeAt')}</th>
          <th>{t('settings.backups.why')}</th>
          <th className={classes.end}>{t('settings.backups.entries')}</th>
          <th className={classes.end}>{t('settings.backups.size')}</th>
          <th>
            <VisuallyHidden>{t('settings.backups.restore')}</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {backups.map((backup) => (
          <tr key={backup.name}>
            <td>{format.dateTime(backup.madeAt, { seconds: true })}</td>
            <td>{t(`settings.backups.whys.${backup.why}`)}</td>
            <td className={classes.end}>{format.number(backup.size, 0)}</td>
            <td className={classes.end}>{format.bytes(backup.bytes)}</td>
            <td>
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                aria-label={t('settings.backups.restoreOf', { time: format.dateTime(backup.madeAt) })}
                onClick={() => onRestore(backup)}
              >
                {t('settings.backups.restore')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface RestoreProps {
  backup: Backup | null;
  onClose: () => void;
  onRestored: (kept: Backup) => void;
}

function Restore({ backup, onClose, onRestored }: RestoreProps) {
  const t = useText();
  const format = useFormat();
  const status = useQuery('ledger.status', {});
  const restore = useJob('backups.restore');
  const entries = useEntryCount();
  const confirm = async () => {
    if (!backup) return;
    const done = await restore.run({ name: backup.name });
    if (done) onRestored(done.kept);
  };
  const close = () => {
    // While it runs, cancelling calls it off.
    if (restore.progress) return restore.cancel();
    restore.clear();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={backup !== null}
      title={backup ? t('settings.backups.confirmTitle', { time: format.dateTime(backup.madeAt) }) : ''}
      confirmLabel={t('settings.backups.confirm')}
      grave
      running={restore.progress !== null}
      error={restore.error}
      onConfirm={() => void confirm()}
      onClose={close}
    >
      <p>
        {backup &&
          t('settings.backups.confirmBody', {
            before: entries(backup.size),
            now: entries(status.data?.size ?? 0),
          })}
      </p>
      <p className={classes.quiet}>{t('settings.backups.confirmNote')}</p>
      {restore.progress && (
        <JobProgress
          label={t(restore.progress.total === null ? 'settings.backups.checking' : 'settings.backups.keeping')}
          {...restore.progress}
          write={format.bytes}
        />
      )}
    </ConfirmDialog>
  );
}
