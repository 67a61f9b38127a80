import { Button, Checkbox, Modal, Select } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { TaskId } from '#shared/domain/ids.ts';
import { kindsOf } from '#shared/rules/projects.rules.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Fields, FormActions } from '#renderer/ui/form.tsx';
import type { ProjectRow } from './work-page.tsx';

/** Stands for none; the select can't hold null. */
const none = '';

/** Says what kind of task is open, by which its pay is computed. */
export function KindDialog({ project, taskId, onClose }: { project: ProjectRow; taskId: TaskId; onClose: () => void }) {
  const t = useText();
  const set = useCommand('tasks.setKind');
  const task = useQuery('tasks.get', { taskId }).data?.task;
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [othersToo, setOthersToo] = useState(false);
  const kind = chosen ?? task?.kind ?? none;
  const save = async () => {
    if (await set.run({ taskId, kind: kind === none ? null : kind, othersToo })) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <Modal opened onClose={onClose} title={t('work.kind.title')} size={440} withCloseButton={false}>
      <form onSubmit={submit}>
        <Fields>
          <Select
            data-autofocus
            label={t('work.kind.name')}
            description={t('work.kind.lead')}
            data={[
              ...kindsOf(project.terms).map((value) => ({ value, label: value })),
              { value: none, label: t('work.kind.none') },
            ]}
            value={kind}
            onChange={(value) => setChosen(value ?? none)}
            allowDeselect={false}
          />
          <Checkbox
            label={t('work.kind.othersToo')}
            checked={othersToo}
            disabled={kind === none}
            onChange={(event) => setOthersToo(event.currentTarget.checked)}
          />
          <ErrorNotice error={set.error} />
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button type="submit" loading={set.running} disabled={!task}>
              {t('work.kind.set')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}
