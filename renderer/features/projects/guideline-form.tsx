import { Button, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { CheckableRules, Modality } from '#shared/domain/project.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { instantOrNow } from '#renderer/lib/local-time.ts';
import { orNull } from '#renderer/lib/typed-text.ts';
import { Attachments } from '#renderer/ui/attachments.tsx';
import { DayField, HappenedField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { useAttachments, usePasted } from '#renderer/ui/use-attachments.ts';
import { today } from './project-words.ts';
import { RuleFields } from './rule-fields.tsx';
import classes from './projects.module.css';

interface Props {
  projectId: ProjectId;
  modality: Modality;
  /** The rules of the version before: most of them are still meant. */
  before: CheckableRules;
  onClose: () => void;
}

/** Records a guideline version as it was received, with the rules a machine can check. */
export function GuidelineForm({ projectId, modality, before, onClose }: Props) {
  const t = useText();
  const [version, setVersion] = useState('');
  const [text, setText] = useState('');
  const [from, setFrom] = useState(today());
  const [receivedAt, setReceivedAt] = useState('');
  const [channel, setChannel] = useState('');
  const [announcedBy, setAnnouncedBy] = useState('');
  const [rules, setRules] = useState<CheckableRules>(before);
  const add = useCommand('guidelines.add');
  const attachments = useAttachments();
  usePasted(attachments.add);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const blobs = await attachments.settled();
    if (!blobs || add.running) return;
    const done = await add.run({
      projectId,
      version: version.trim(),
      text,
      effectiveFrom: from,
      receivedAt: instantOrNow(receivedAt),
      channel: orNull(channel),
      announcedBy: orNull(announcedBy),
      rules,
      attachments: blobs,
    });
    if (done) onClose();
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <Fields>
        <FieldRow>
          <TextInput
            className={classes.grow}
            label={t('projects.guidelines.version')}
            value={version}
            maxLength={100}
            onChange={(event) => setVersion(event.currentTarget.value)}
            required
          />
          <DayField label={t('projects.terms.from')} value={from} onChange={setFrom} required />
          <HappenedField
            className={classes.moment}
            label={t('projects.guidelines.receivedAt')}
            value={receivedAt}
            onChange={setReceivedAt}
          />
        </FieldRow>
        <Textarea
          label={t('projects.guidelines.text')}
          value={text}
          maxLength={200_000}
          autosize
          minRows={4}
          maxRows={16}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Attachments attachments={attachments} />
        <FieldRow>
          <TextInput
            className={classes.grow}
            label={t('projects.guidelines.channel')}
            value={channel}
            maxLength={200}
            onChange={(event) => setChannel(event.currentTarget.value)}
          />
          <TextInput
            className={classes.grow}
            label={t('projects.guidelines.announcedBy')}
            value={announcedBy}
            maxLength={200}
            onChange={(event) => setAnnouncedBy(event.currentTarget.value)}
          />
        </FieldRow>
        <RuleFields modality={modality} rules={rules} onChange={setRules} />
        <ErrorNotice error={add.error} />
        <FormActions>
          <Button variant="default" onClick={onClose}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button type="submit" loading={add.running || attachments.running} disabled={version.trim() === ''}>
            {t('projects.guidelines.save')}
          </Button>
        </FormActions>
      </Fields>
    </form>
  );
}
