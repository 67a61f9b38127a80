import { Anchor } from '@mantine/core';
import type { TaskId } from '#shared/domain/ids.ts';
import type { PayRate } from '#shared/domain/project.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import classes from './seen-before.module.css';

/** Says that this very photo was submitted before under another task, and what either paid. Nothing when it was not. */
export function SeenBefore({ taskId }: { taskId: TaskId }) {
  const t = useText();
  const format = useFormat();
  const { before, rate } = useQuery('tasks.seenBefore', { taskId }).data ?? {};
  if (!before) return null;
  const price = (of: PayRate | null | undefined) => {
    if (!of) return t('work.seenBefore.noRate');
    return of.per === 'none'
      ? t('projects.rates.none')
      : t(`projects.rates.${of.per}`, { amount: format.money(of.amount) });
  };
  const values = { project: before.projectName ?? t('pay.noProject'), time: format.dateTime(before.sealedAt) };
  return (
    <section className={classes.notice} role="status">
      <p>
        {t(before.recalled ? 'work.seenBefore.recalled' : 'work.seenBefore.submitted', values)}{' '}
        <Anchor
          component="button"
          type="button"
          className={classes.open}
          onClick={() => navigate('ledger', { entryId: before.entryId, subject: before.taskId })}
        >
          {t('work.seenBefore.open')}
        </Anchor>
      </p>
      <p className={classes.prices}>{t('work.seenBefore.prices', { before: price(before.rate), now: price(rate) })}</p>
    </section>
  );
}
