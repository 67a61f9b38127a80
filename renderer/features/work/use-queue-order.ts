import type { ProjectId } from '#shared/domain/ids.ts';
import { queueOrders, type QueueOrder } from '#shared/rules/queue-order.rules.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';

/** The order in which the photos of a project are gone through, remembered for each project; by file until another is chosen. */
export function useQueueOrder(projectId: ProjectId): [QueueOrder, (order: QueueOrder) => void] {
  const [remembered, remember] = useUiSetting(`work.order.${projectId}`, 'file');
  return [queueOrders.find((order) => order === remembered) ?? 'file', remember];
}
