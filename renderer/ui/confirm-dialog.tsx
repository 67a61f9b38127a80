import { Button, Modal, Textarea } from '@mantine/core';
import { useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import type { ClientError } from '#renderer/client/client-error.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { matchesStroke, onMac, parseShortcut } from '#renderer/lib/keys.ts';
import { ErrorNotice } from './error-notice.tsx';
import { KeyHint } from './key-hint.tsx';
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
  /** Another way on, by a key of its own as well: to what is asked about, say. */
  instead?: { label: string; keys: string; run: () => void };
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

function ConfirmForm(props: Props) {
  const { children, confirmLabel, grave, withReason, instead, running, error, onConfirm, onClose } = props;
  const t = useText();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm(reason.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const stroke = instead && parseShortcut(instead.keys)[0];
    if (!stroke || !matchesStroke(event.nativeEvent, stroke, onMac)) return;
    event.preventDefault();
    event.stopPropagation();
    instead.run();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its buttons have the focus and the key
    <form className={classes.form} onSubmit={submit} onKeyDown={onKeyDown}>
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
        {instead && (
          <Button variant="default" onClick={instead.run} rightSection={<KeyHint keys={instead.keys} />}>
            {instead.label}
          </Button>
        )}
        <Button
          type="submit"
          {...(grave ? { color: 'red' } : {})}
          loading={running ?? false}
          disabled={withReason === true && reason.trim() === ''}
          {...(withReason ? {} : { 'data-autofocus': true })}
          {...(instead && { rightSection: <KeyHint keys="Enter" /> })}
        >
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}
