import { Button, Modal, Select, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Input } from '#shared/contract/contract.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { instantOrNow } from '#renderer/lib/local-time.ts';
import { saveOnCtrlEnter } from '#renderer/lib/save-keys.ts';
import { Attachments } from '#renderer/ui/attachments.tsx';
import { DayField, HappenedField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { useAttachments, usePasted } from '#renderer/ui/use-attachments.ts';
import { useProjectChoice } from './project-choice.ts';
import { unfiltered, useWorkChoices, type WorkChoice } from './work-choices.ts';
import classes from './returns.module.css';

type What = Input<'standing.change'>['what'];

const whats: readonly What[] = [
  'suspended',
  'reinstated',
  'removed',
  'transfer-asked',
  'transfer-denied',
  'transfer-granted',
  'revising-stopped',
];

/** Notes what was done to the worker, or what the worker decided. */
export function StandingDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const projects = useProjectChoice();
  const [what, setWhat] = useState<What>('suspended');
  const [until, setUntil] = useState('');
  const [paid, setPaid] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [happenedAt, setHappenedAt] = useState('');
  const [about, setAbout] = useState<WorkChoice | null>(null);
  const [typed, setTyped] = useState('');
  const search = typed === about?.label ? '' : typed;
  const work = useWorkChoices({ search, ids: about && search === '' ? [about.id] : [] });
  const attachments = useAttachments();
  usePasted(attachments.add);
  const change = useCommand('standing.change');
  const stopped = what === 'revising-stopped';

  const save = async () => {
    const blobs = await attachments.settled();
    if (!blobs || change.running) return;
    const of = stopped ? about : null;
    const done = await change.run({
      projectId: of === null ? projects.projectId : of.projectId,
      what,
      work: of?.subject ?? null,
      until: what === 'suspended' && until !== '' ? until : null,
      reason: reason.trim(),
      paid: what !== 'suspended' || paid === null ? null : paid === 'yes',
      attachments: blobs,
      happenedAt: instantOrNow(happenedAt),
    });
    if (done) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <Modal opened onClose={onClose} title={t('returns.standing.title')} size={520} withCloseButton={false}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter saves from any field */}
      <form onSubmit={submit} onKeyDown={(event) => saveOnCtrlEnter(event, save)}>
        <Fields>
          <FieldRow>
            <Select
              className={classes.grow}
              openOnFocus={false}
              label={t('returns.standing.what')}
              data={whats.map((value) => ({ value, label: t(`returns.standing.whats.${value}`) }))}
              value={what}
              onChange={(value) => value && setWhat(value as What)}
              allowDeselect={false}
            />
            <Select
              className={classes.grow}
              openOnFocus={false}
              label={t('returns.columns.project')}
              data={[...projects.choices]}
              value={projects.projectId}
              onChange={projects.choose}
              searchable
              allowDeselect={false}
            />
          </FieldRow>
          {what === 'suspended' && (
            <FieldRow>
              <DayField label={t('returns.standing.until')} value={until} onChange={setUntil} clearable />
              <Select
                className={classes.grow}
                label={t('returns.standing.paid')}
                data={(['yes', 'no'] as const).map((value) => ({ value, label: t(`returns.standing.pay.${value}`) }))}
                value={paid}
                onChange={setPaid}
                clearable
              />
            </FieldRow>
          )}
          {stopped && (
            <Select
              label={t('returns.standing.work')}
              data={work.groups}
              value={about?.id ?? null}
              onChange={(id) => setAbout(work.choices.find((choice) => choice.id === id) ?? null)}
              onSearchChange={setTyped}
              filter={unfiltered}
              nothingFoundMessage={t('returns.noSuchWork')}
              searchable
              clearable
              maxDropdownHeight={240}
            />
          )}
          <Textarea
            data-autofocus
            label={t('returns.fields.reason')}
            value={reason}
            maxLength={20_000}
            autosize
            minRows={2}
            maxRows={6}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <HappenedField className={classes.moment} value={happenedAt} onChange={setHappenedAt} />
          <Attachments attachments={attachments} />
          <ErrorNotice error={change.error} />
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button
              type="submit"
              loading={change.running || attachments.running}
              rightSection={<KeyHint keys="Ctrl+Enter" />}
            >
              {t('returns.standing.save')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}
