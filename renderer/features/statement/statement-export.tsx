import { Button, Checkbox, Modal } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Input } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { lastName } from '#renderer/lib/path-name.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Fields, FormActions } from '#renderer/ui/form.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { toast } from '#renderer/ui/toast.ts';
import { documentOf, type Section, type Statement } from './statement-sections.ts';

interface Props {
  statement: Statement;
  sections: readonly Section[];
  projectId: ProjectId;
  onClose: () => void;
}

/** Writes the statement, as it reads on the page, to a Markdown file. Names of client and intermediary go along only when asked. */
export function StatementExport({ statement, sections, projectId, onClose }: Props) {
  const t = useText();
  const format = useFormat();
  const [path, setPath] = useState('');
  const [overwrite, setOverwrite] = useState(false);
  const [withNames, setWithNames] = useState(false);
  const write = useCommand('statements.export');
  const { client, intermediary } = statement.project;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const document = documentOf(
      statement,
      sections,
      { t, format },
      withNames,
    ) as Input<'statements.export'>['document'];
    const done = await write.run({ projectId, document, path: path.trim(), overwrite });
    if (!done) return;
    toast(t('statement.export.done', { file: lastName(path) }));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('statement.export.title')} size={560} withCloseButton={false}>
      <form onSubmit={(event) => void submit(event)}>
        <Fields>
          <PathField
            label={t('ledger.export.path')}
            description={t('ledger.export.recorded')}
            value={path}
            onChange={setPath}
            required
            options={{
              mode: 'save',
              title: t('statement.export.title'),
              suggestedName: `${t('statement.export.name')}.md`,
            }}
          />
          {(client !== null || intermediary !== null) && (
            <Checkbox
              label={t('statement.export.names')}
              checked={withNames}
              onChange={(event) => setWithNames(event.currentTarget.checked)}
            />
          )}
          <Checkbox
            label={t('ledger.export.overwrite')}
            checked={overwrite}
            onChange={(event) => setOverwrite(event.currentTarget.checked)}
          />
          <ErrorNotice error={write.error} />
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button type="submit" loading={write.running} disabled={path.trim() === ''}>
              {t('ledger.export.confirm')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}
