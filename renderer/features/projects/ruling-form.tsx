import { Button, Select, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Role } from '#shared/domain/project.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { instantOrNow } from '#renderer/lib/local-time.ts';
import { HappenedField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import classes from './projects.module.css';

const roles: readonly Role[] = ['overseer', 'inspector', 'reviewer', 'machine', 'colleague', 'other'];

/** Records a question about the rules and the answer that came. */
export function RulingForm({ projectId, onClose }: { projectId: ProjectId; onClose: () => void }) {
  const t = useText();
  const [question, setQuestion] = useState('');
  const [answer, setAnswer] = useState('');
  const [askedOf, setAskedOf] = useState<Role>('overseer');
  const [answeredAt, setAnsweredAt] = useState('');
  const add = useCommand('rulings.add');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await add.run({
      projectId,
      guidelineId: null,
      question: question.trim(),
      answer: answer.trim(),
      askedOf,
      answeredAt: instantOrNow(answeredAt),
    });
    if (done) onClose();
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <Fields>
        <Textarea
          label={t('projects.rulings.question')}
          value={question}
          maxLength={20_000}
          autosize
          minRows={2}
          onChange={(event) => setQuestion(event.currentTarget.value)}
          required
        />
        <Textarea
          label={t('projects.rulings.answer')}
          value={answer}
          maxLength={20_000}
          autosize
          minRows={2}
          onChange={(event) => setAnswer(event.currentTarget.value)}
          required
        />
        <FieldRow>
          <Select
            className={classes.grow}
            label={t('projects.rulings.askedOf')}
            data={roles.map((role) => ({ value: role, label: t(`projects.roles.${role}`) }))}
            value={askedOf}
            onChange={(role) => role && setAskedOf(role as Role)}
          />
          <HappenedField
            className={classes.grow}
            label={t('projects.rulings.answeredAt')}
            value={answeredAt}
            onChange={setAnsweredAt}
          />
        </FieldRow>
        <ErrorNotice error={add.error} />
        <FormActions>
          <Button variant="default" onClick={onClose}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button type="submit" loading={add.running} disabled={question.trim() === '' || answer.trim() === ''}>
            {t('projects.rulings.save')}
          </Button>
        </FormActions>
      </Fields>
    </form>
  );
}
