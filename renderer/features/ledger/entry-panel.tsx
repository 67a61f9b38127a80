import { Button, Menu, Tabs } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { entryKinds, type EntryKind } from '#shared/domain/entry-kinds.ts';
import type { EntryId } from '#shared/domain/ids.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Facts } from '#renderer/ui/form.tsx';
import { Notes } from '#renderer/ui/notes.tsx';
import { SidePanel } from '#renderer/ui/side-panel.tsx';
import { SourceMark } from '#renderer/ui/source-mark.tsx';
import { AmendDialog } from './amend-dialog.tsx';
import { effectiveKind, type EntryDetail } from './entry-detail.ts';
import { EntryFields } from './entry-fields.tsx';
import { EntryProof } from './entry-proof.tsx';
import { useKindName } from '#renderer/lib/entry-words.ts';
import { EraseDialog } from './erase-dialog.tsx';
import classes from './ledger.module.css';

type Dialog = 'amend' | 'void' | 'erase';

/** One entry whole: what it says, what corrected it, its hash and its proof. */
export function EntryPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText();
  const kindName = useKindName();
  const entry = useQuery('ledger.get', { id: id as EntryId });
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const data = entry.data;
  const title = data ? kindName(data.kind) : t('ledger.entry');
  return (
    <SidePanel
      id="ledger"
      title={title}
      onClose={onClose}
      actions={data && <EntryMenu entry={data} onChoose={setDialog} />}
    >
      <ErrorNotice error={entry.error} onAgain={entry.refetch} />
      {data && (
        <>
          <When entry={data} />
          <Tabs defaultValue="fields" className={classes.tabs} keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="fields">{t('ledger.tabs.fields')}</Tabs.Tab>
              <Tabs.Tab value="history">
                {t('ledger.tabs.history')}
                {data.history.length > 1 && <span className={classes.tabCount}>{data.history.length}</span>}
              </Tabs.Tab>
              <Tabs.Tab value="proof">{t('ledger.tabs.proof')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="fields">
              <EntryFields entry={data} />
            </Tabs.Panel>
            <Tabs.Panel value="history">
              <History entry={data} />
            </Tabs.Panel>
            <Tabs.Panel value="proof">
              <EntryProof entry={data} />
            </Tabs.Panel>
          </Tabs>
          <Notes key={data.subjects[0] ?? data.id} about={data.subjects[0] ?? data.id} />
          <Dialogs entry={data} dialog={dialog} onClose={() => setDialog(null)} />
        </>
      )}
    </SidePanel>
  );
}

/** Whether the kind is one whose values this version can put into a form. */
const hasForm = (kind: string): kind is EntryKind => Object.hasOwn(entryKinds, kind);

function EntryMenu({ entry, onChoose }: { entry: EntryDetail; onChoose: (dialog: Dialog) => void }) {
  const t = useText();
  const open = entry.state === 'current';
  const erasable = entry.fields.some((field) => !field.erased);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDots size={14} />}>
          {t('ledger.correct')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          disabled={!open || entry.correct !== 'amend-or-void' || !hasForm(effectiveKind(entry))}
          onClick={() => onChoose('amend')}
        >
          {t('ledger.amend.action')}
        </Menu.Item>
        <Menu.Item disabled={!open || entry.correct === 'never'} onClick={() => onChoose('void')}>
          {t('ledger.void.action')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item className={classes.erase} disabled={!erasable} onClick={() => onChoose('erase')}>
          {t('ledger.erase.action')}
        </Menu.Item>
        {entry.correct === 'never' && <Menu.Label className={classes.menuNote}>{t('ledger.never')}</Menu.Label>}
        {entry.correct === 'supersede-or-void' && (
          <Menu.Label className={classes.menuNote}>{t('ledger.supersedeOnly')}</Menu.Label>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function Dialogs({ entry, dialog, onClose }: { entry: EntryDetail; dialog: Dialog | null; onClose: () => void }) {
  const t = useText();
  const correct = useCommand('ledger.correct');
  const voidEntry = async (reason: string) => {
    const done = await correct.run({ corrections: [{ type: 'void', entryId: entry.id }], reason });
    if (done) onClose();
  };
  const kind = effectiveKind(entry);
  return (
    <>
      <ConfirmDialog
        opened={dialog === 'void'}
        title={t('ledger.void.title')}
        confirmLabel={t('ledger.void.confirm')}
        withReason
        running={correct.running}
        error={correct.error}
        onConfirm={(reason) => void voidEntry(reason)}
        onClose={onClose}
      >
        {t('ledger.void.body')}
      </ConfirmDialog>
      {dialog === 'amend' && hasForm(kind) && <AmendDialog entry={entry} kind={kind} onClose={onClose} />}
      {dialog === 'erase' && <EraseDialog entry={entry} onClose={onClose} />}
    </>
  );
}

function When({ entry }: { entry: EntryDetail }) {
  const t = useText();
  const format = useFormat();
  const at = (instant: string) => format.dateTime(instant, { seconds: true, zone: entry.zone });
  const facts = [
    { name: t('ledger.facts.source'), value: <SourceMark source={entry.source} withText /> },
    {
      name: t('ledger.facts.occurred'),
      value: entry.occurredEnd ? `${at(entry.occurredStart)} – ${at(entry.occurredEnd)}` : at(entry.occurredStart),
    },
    { name: t('ledger.facts.recorded'), value: at(entry.recordedAt) },
    { name: t('ledger.facts.zone'), value: entry.zone },
    ...(entry.projectName ? [{ name: t('ledger.facts.project'), value: entry.projectName }] : []),
    ...(entry.state === 'current' ? [] : [{ name: t('ledger.facts.state'), value: t(`ledger.states.${entry.state}`) }]),
  ];
  return <Facts facts={facts} />;
}

function History({ entry }: { entry: EntryDetail }) {
  const t = useText();
  const format = useFormat();
  const kindName = useKindName();
  if (entry.history.length < 2) return <p className={classes.quiet}>{t('ledger.noHistory')}</p>;
  return (
    <ol className={classes.history}>
      {entry.history.map((step) => (
        <li key={step.id} aria-current={step.id === entry.id || undefined}>
          <button
            type="button"
            className={classes.historyStep}
            onClick={() => navigate('ledger', { entryId: step.id })}
          >
            <span>
              {format.number(step.seq)} · {kindName(step.kind)}
            </span>
            <span className={classes.quiet}>{format.dateTime(step.recordedAt, { seconds: true })}</span>
          </button>
          {step.reason && <p className={classes.reason}>{step.reason}</p>}
        </li>
      ))}
    </ol>
  );
}
