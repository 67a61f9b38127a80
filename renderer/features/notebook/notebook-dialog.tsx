import { Button, Modal, Select, TagsInput, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { instantOrNow } from '#renderer/lib/local-time.ts';
import { saveOnCtrlEnter } from '#renderer/lib/save-keys.ts';
import { orNull } from '#renderer/lib/typed-text.ts';
import { Attachments } from '#renderer/ui/attachments.tsx';
import { HappenedField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { useAttachments, usePasted } from '#renderer/ui/use-attachments.ts';
import classes from './notebook.module.css';

const texts = ['judgedWrong', 'theyWanted', 'myView'] as const;

/** A page of the notebook by hand. */
export function NotebookDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const [remembered, remember] = useUiSetting('notebook.project', '');
  const [chosen, setChosen] = useState<string | null | undefined>(undefined);
  const [said, setSaid] = useState({ judgedWrong: '', theyWanted: '', myView: '' });
  const [rules, setRules] = useState<string[]>([]);
  const [labels, setLabels] = useState<string[]>([]);
  const projects = useQuery('projects.list', {}, { topics: ['projects'] }).data?.projects ?? [];
  const project = projects.find(({ id }) => id === (chosen === undefined ? remembered : chosen));
  const tags = useQuery('notebook.tags', {}).data;
  const [notedAt, setNotedAt] = useState('');
  const attachments = useAttachments();
  usePasted(attachments.add);
  const add = useCommand('notebook.add');

  const save = async () => {
    const blobs = await attachments.settled();
    if (!blobs || said.judgedWrong.trim() === '' || add.running) return;
    const done = await add.run({
      projectId: (project?.id ?? null) as ProjectId | null,
      ...{ work: null, returnId: null, rules, labels, attachments: blobs },
      judgedWrong: said.judgedWrong.trim(),
      theyWanted: orNull(said.theyWanted),
      myView: orNull(said.myView),
      notedAt: instantOrNow(notedAt),
    });
    if (!done) return;
    remember(project?.id ?? '');
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  const known = project?.labels.map(({ key }) => key) ?? [];
  return (
    <Modal opened onClose={onClose} title={t('notebook.new')} size={560} withCloseButton={false}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter saves from any field */}
      <form onSubmit={submit} onKeyDown={(event) => saveOnCtrlEnter(event, save)}>
        <Fields>
          {texts.map((name) => (
            <Textarea
              key={name}
              data-autofocus={name === 'judgedWrong' || undefined}
              label={t(`notebook.fields.${name}`)}
              withAsterisk={name === 'judgedWrong'}
              placeholder={name === 'judgedWrong' ? undefined : t('ui.field.optional')}
              value={said[name]}
              maxLength={20_000}
              autosize
              minRows={name === 'judgedWrong' ? 2 : 1}
              maxRows={8}
              onChange={(event) => setSaid({ ...said, [name]: event.currentTarget.value })}
            />
          ))}
          <FieldRow>
            <TagsInput
              className={classes.grow}
              label={t('notebook.fields.rules')}
              data={(tags?.rules ?? []).map(({ tag }) => tag)}
              value={rules}
              onChange={setRules}
              maxTags={50}
            />
            <TagsInput
              className={classes.grow}
              label={t('notebook.fields.labels')}
              data={[...new Set([...known, ...(tags?.labels ?? []).map(({ tag }) => tag)])]}
              value={labels}
              onChange={setLabels}
              maxTags={50}
            />
          </FieldRow>
          <FieldRow>
            <Select
              className={classes.grow}
              label={t('notebook.fields.project')}
              data={projects.map(({ id, name }) => ({ value: id, label: name }))}
              value={project?.id ?? null}
              onChange={setChosen}
              searchable
              clearable
            />
            <HappenedField className={classes.grow} value={notedAt} onChange={setNotedAt} />
          </FieldRow>
          <Attachments attachments={attachments} />
          <ErrorNotice error={add.error} />
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button
              type="submit"
              disabled={said.judgedWrong.trim() === ''}
              loading={add.running || attachments.running}
              rightSection={<KeyHint keys="Ctrl+Enter" />}
            >
              {t('notebook.save')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}
