import { Button } from '@mantine/core';
import type { ReturnId } from '#shared/domain/ids.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Facts } from '#renderer/ui/form.tsx';
import { KeptFiles } from '#renderer/ui/kept-files.tsx';
import { Notes } from '#renderer/ui/notes.tsx';
import { SidePanel } from '#renderer/ui/side-panel.tsx';
import { toast } from '#renderer/ui/toast.ts';
import { ReturnAccount } from './return-account.tsx';

/** One return whole. */
export function ReturnPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const found = useQuery('returns.get', { returnId: id as ReturnId });
  const account = useQuery('returns.account', { returnId: id as ReturnId });
  const data = found.data;
  const facts = data && [
    { name: t('returns.fields.work'), value: account.data?.workName ?? null },
    { name: t('returns.fields.receivedAt'), value: format.dateTime(data.receivedAt) },
    { name: t('returns.fields.stage'), value: t(`returns.stages.${data.stage}`) },
    { name: t('returns.fields.round'), value: format.number(data.round) },
    { name: t('returns.fields.pieces'), value: data.pieces === null ? null : format.number(data.pieces, 0) },
    { name: t('returns.fields.reason'), value: data.reason },
    { name: t('returns.fields.ruleCited'), value: data.ruleCited },
    { name: t('returns.fields.check'), value: data.check && t(`returns.checks.${data.check}`) },
    {
      name: t('returns.fields.itemised'),
      value: data.itemised === null ? null : t(data.itemised ? 'returns.itemised.yes' : 'returns.itemised.no'),
    },
    { name: t('returns.fields.reviewer'), value: data.reviewer },
    { name: t('returns.fields.deadline'), value: data.deadline && format.dateTime(data.deadline) },
    { name: t('returns.fields.deduction'), value: data.deduction && format.money(data.deduction) },
    { name: t('returns.fields.view'), value: data.view && t(`returns.views.${data.view}`) },
  ];
  return (
    <SidePanel
      id="returns"
      title={t('returns.wholeWork')}
      onClose={onClose}
      actions={
        data && (
          <>
            <NotebookButton returnId={data.id} />
            <Button size="xs" variant="default" onClick={() => navigate('ledger', { subject: data.id })}>
              {t('returns.entry')}
            </Button>
          </>
        )
      }
    >
      <ErrorNotice error={found.error} onAgain={found.refetch} />
      {facts && <Facts facts={facts.filter(({ value }) => value !== null && value !== '')} />}
      {data && <KeptFiles files={data.attachments} />}
      {account.data && <ReturnAccount account={account.data} />}
      {data && <Notes about={data.id} />}
    </SidePanel>
  );
}

/** Puts the return into the error notebook in one step; leads there once it is in. */
function NotebookButton({ returnId }: { returnId: ReturnId }) {
  const t = useText();
  const noted = useQuery('notebook.list', { returnId, limit: 1 });
  const add = useCommand('notebook.addFromReturn');
  const there = (noted.data?.total ?? 0) > 0;
  const press = async () => {
    if (there) return navigate('notebook', { returnId });
    if (await add.run({ returnId })) toast(t('returns.noted'));
  };
  return (
    <Button size="xs" variant="default" loading={add.running} onClick={() => void press()}>
      {t(there ? 'returns.seeNoted' : 'returns.note')}
    </Button>
  );
}
