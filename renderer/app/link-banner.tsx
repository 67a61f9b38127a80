import { IconPlugConnectedX } from '@tabler/icons-react';
import { useLink } from '#renderer/client/client-context.tsx';
import { useText } from '#renderer/i18n/i18n.ts';
import classes from './link-banner.module.css';

/** Says calmly that the host is away; gone as soon as it answers again. */
export function LinkBanner() {
  const t = useText();
  const link = useLink();
  return (
    <div role="status">
      {link === 'down' && (
        <div className={classes.banner}>
          <IconPlugConnectedX size={16} stroke={1.6} aria-hidden />
          <span>{t('app.link.down')}</span>
          <span className={classes.retry}>{t('app.link.retry')}</span>
        </div>
      )}
    </div>
  );
}
