import type { useText } from '#renderer/i18n/i18n.ts';

/** Whether a training was paid, in words; nobody may have said. */
export function paidText(t: ReturnType<typeof useText>, paid: boolean | null): string {
  return paid === null ? t('statement.unsaid') : t(paid ? 'training.paid.yes' : 'training.paid.no');
}
