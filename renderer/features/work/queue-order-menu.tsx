import { ActionIcon, Menu } from '@mantine/core';
import { IconSortDescending } from '@tabler/icons-react';
import type { ProjectId } from '#shared/domain/ids.ts';
import { queueOrders, type QueueOrder } from '#shared/rules/queue-order.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { useQueueOrder } from './use-queue-order.ts';
import classes from './queue-order-menu.module.css';

/** In which order the photos are gone through: by file, or those first of which a machine is least sure. */
export function QueueOrderMenu({ projectId }: { projectId: ProjectId }) {
  const t = useText();
  const [order, choose] = useQueueOrder(projectId);
  const title = t('work.queue.order.title', { order: t(`work.queue.order.names.${order}`) });
  return (
    <Menu position="bottom-end" width={340} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon className={classes.target} data-chosen={order !== 'file'} aria-label={title} title={title}>
          <IconSortDescending size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={order} onChange={(value) => choose(value as QueueOrder)}>
          {queueOrders.map((each) => (
            <Menu.RadioItem key={each} value={each} closeMenuOnClick>
              <span className={classes.name}>{t(`work.queue.order.names.${each}`)}</span>
              <span className={classes.means}>{t(`work.queue.order.means.${each}`)}</span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <p className={classes.foot}>{t('work.queue.order.foot')}</p>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Gives the actions that choose an order their meaning, whether the queue is shown or not. */
export function useQueueOrderActions(projectId: ProjectId): void {
  const [order, choose] = useQueueOrder(projectId);
  useActions(
    Object.fromEntries(
      queueOrders.map((each) => [`work.order-${each}`, { run: () => choose(each), when: () => each !== order }]),
    ),
  );
}
