import { Button, Modal, Textarea } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { ClientError } from '#renderer/client/client-error.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { ErrorNotice } from './error-notice.tsx';
import classes from './confirm-dialog.module.css';

interface Props {
  opened: boolean;
  title: string;
  /** What will happen, in words. */
  children: ReactNode;
  /** What the button does: "Void the entry", never "OK". */
  confirmLabel: string;
  /** Red: work or money can be lost. */
  grave?: boolean;
  /** Asks for a reason, which becomes part of the ledger; the button waits for it. */
  withReason?: boolean;
  running?: boolean;
  error?: ClientError | undefined;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Asks before something that matters, says what will happen, and takes a reason where the ledger wants one. */
export function ConfirmDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} size={480} withCloseButton={false}>
      {props.opened && <ConfirmForm {...props} />}
    </Modal>
  );
}

function ConfirmForm({ children, confirmLabel, grave, withReason, running, error, onConfirm, onClose }: Props) {
  const t = useText();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm(reason.trim());
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <div className={classes.body}>{children}</div>
      {withReason && (
        <Textarea
          data-autofocus
          label={t('ui.confirm.reason')}
          description={t('ui.confirm.reasonHint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={20_000}
          required
        />
      )}
      <ErrorNotice error={error} />
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          {t('ui.confirm.cancel')}
        </Button>
        <Button
          type="submit"
          {...(grave ? { color: 'red' } : {})}
          loading={running ?? false}
          disabled={withReason === true && reason.trim() === ''}
          {...(withReason ? {} : { 'data-autofocus': true })}
        >
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}
