import { Button } from '@mantine/core';
import { IconLock, IconPlugConnectedX, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useLink } from '#renderer/client/client-context.tsx';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import classes from './banners.module.css';

/** What holds for every room, said calmly above it: the host is away, or the ledger can't be written. */
export function Banners() {
  const t = useText();
  const link = useLink();
  const status = useQuery('ledger.status', {}).data;
  return (
    <div role="status">
      {link === 'down' && (
        <Banner icon={IconPlugConnectedX} text={t('app.link.down')}>
          <span>{t('app.link.retry')}</span>
        </Banner>
      )}
      {link === 'refused' && <Banner icon={IconPlugConnectedX} text={t('errors.host/unauthorized')} />}
      {status?.readOnly && (
        <Banner icon={IconLock} text={t('app.readOnly')}>
          <Button size="xs" variant="default" onClick={() => navigate('settings', { section: 'backups' })}>
            {t('app.openSettings')}
          </Button>
        </Banner>
      )}
    </div>
  );
}

function Banner({ icon: BannerIcon, text, children }: { icon: Icon; text: string; children?: ReactNode }) {
  return (
    <div className={classes.banner}>
      <BannerIcon size={16} stroke={1.6} aria-hidden />
      <span>{text}</span>
      <span className={classes.aside}>{children}</span>
    </div>
  );
}
