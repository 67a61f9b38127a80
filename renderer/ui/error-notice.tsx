import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ClientError } from '#renderer/client/client-error.ts';
import { useErrorText } from '#renderer/i18n/error-text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import classes from './error-notice.module.css';

interface Props {
  error: Pick<ClientError, 'code' | 'details'> | undefined;
  onAgain?: () => void;
  onDismiss?: () => void;
}

/** Says in words why something was refused and what to do next. Shows nothing without an error. */
export function ErrorNotice({ error, onAgain, onDismiss }: Props) {
  const t = useText();
  const say = useErrorText();
  return (
    <div role="alert" className={classes.place}>
      {error && (
        <div className={classes.notice}>
          <IconAlertTriangle size={16} stroke={1.6} className={classes.icon} aria-hidden />
          <p className={classes.words}>{say(error)}</p>
          {onAgain && (
            <Button size="xs" variant="default" onClick={onAgain}>
              {t('ui.error.again')}
            </Button>
          )}
          {onDismiss && (
            <Button size="xs" variant="subtle" color="gray" onClick={onDismiss}>
              {t('ui.error.dismiss')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
