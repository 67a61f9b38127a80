import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Guideline, Modality } from '#shared/domain/project.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Section } from '#renderer/ui/form.tsx';
import { KeptFiles } from '#renderer/ui/kept-files.tsx';
import { GuidelineCounts } from './guideline-counts.tsx';
import { GuidelineDiff } from './guideline-diff.tsx';
import { GuidelineForm } from './guideline-form.tsx';
import { RulingContradictions } from './ruling-contradictions.tsx';
import { RulingForm } from './ruling-form.tsx';
import { useRuleLines } from './use-rule-lines.ts';
import classes from './projects.module.css';

/** The button below a list of written things, or the form it opened. */
function Adding({
  label,
  adding,
  onAdd,
  form,
}: {
  label: string;
  adding: boolean;
  onAdd: () => void;
  form: ReactNode;
}) {
  if (adding) return form;
  return (
    <div>
      <Button variant="default" onClick={onAdd}>
        {label}
      </Button>
    </div>
  );
}

/** Guideline versions as they were received, the newest in force first. */
export function GuidelinesSection({ projectId, modality }: { projectId: ProjectId; modality: Modality }) {
  const t = useText();
  const list = useQuery('guidelines.list', { projectId });
  const [adding, setAdding] = useState(false);
  return (
    <Section title={t('projects.guidelines.title')} lead={t('projects.guidelines.lead')}>
      <ErrorNotice error={list.error} onAgain={list.refetch} />
      {list.data?.guidelines.map((guideline, i, all) => (
        <GuidelineText key={guideline.id} guideline={guideline} before={all[i + 1]} />
      ))}
      <Adding
        label={t('projects.guidelines.add')}
        adding={adding}
        onAdd={() => setAdding(true)}
        form={
          <GuidelineForm
            projectId={projectId}
            modality={modality}
            before={modality === 'audio' || modality === 'text' ? (list.data?.guidelines[0]?.rules ?? {}) : {}}
            onClose={() => setAdding(false)}
          />
        }
      />
    </Section>
  );
}

/** A version whole, what fell under it, and what it changed of the version before it. */
function GuidelineText({ guideline, before }: { guideline: Guideline; before: Guideline | undefined }) {
  const t = useText();
  const format = useFormat();
  const rules = useRuleLines()(guideline.rules);
  return (
    <details className={classes.written}>
      <summary>
        <span className={classes.name}>{guideline.version}</span>
        <span className={classes.quiet}>{t('projects.from', { day: format.date(guideline.effectiveFrom) })}</span>
      </summary>
      <p className={classes.quiet}>
        {[
          t('projects.received', { time: format.dateTime(guideline.receivedAt) }),
          guideline.channel,
          guideline.announcedBy,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {rules.length > 0 && (
        <ul className={classes.rules}>
          {rules.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <GuidelineCounts projectId={guideline.projectId} guidelineId={guideline.id} version={guideline.version} />
      {before && <GuidelineDiff before={before} after={guideline} />}
      <p className={classes.text}>{guideline.text}</p>
      <KeptFiles files={guideline.attachments} />
    </details>
  );
}

/** Answers to questions about the rules, and who gave them. */
export function RulingsSection({ projectId }: { projectId: ProjectId }) {
  const t = useText();
  const format = useFormat();
  const list = useQuery('rulings.list', { projectId });
  const [adding, setAdding] = useState(false);
  return (
    <Section title={t('projects.rulings.title')} lead={t('projects.rulings.lead')}>
      <ErrorNotice error={list.error} onAgain={list.refetch} />
      {list.data?.rulings.map((ruling) => (
        <details key={ruling.id} className={classes.written}>
          <summary>
            <span className={classes.name}>{ruling.question}</span>
            <span className={classes.quiet}>
              {t(`projects.roles.${ruling.askedOf}`)} · {format.date(ruling.answeredAt)}
            </span>
          </summary>
          <p className={classes.text}>{ruling.answer}</p>
          <RulingContradictions projectId={projectId} ruling={ruling} rulings={list.data?.rulings ?? []} />
        </details>
      ))}
      <Adding
        label={t('projects.rulings.add')}
        adding={adding}
        onAdd={() => setAdding(true)}
        form={<RulingForm projectId={projectId} onClose={() => setAdding(false)} />}
      />
    </Section>
  );
}

/** Parts of the project that pass or fail as one. */
export function SegmentsSection({ projectId }: { projectId: ProjectId }) {
  const t = useText();
  const list = useQuery('segments.list', { projectId });
  const create = useCommand('segments.create');
  const [name, setName] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await create.run({ projectId, name: name.trim() })) setName('');
  };
  return (
    <Section title={t('projects.segments.title')} lead={t('projects.segments.lead')}>
      <ErrorNotice error={list.error} onAgain={list.refetch} />
      {list.data && list.data.segments.length > 0 && (
        <ul className={classes.rules}>
          {list.data.segments.map((segment) => (
            <li key={segment.id}>{segment.name}</li>
          ))}
        </ul>
      )}
      <form onSubmit={(event) => void submit(event)}>
        <FieldRow>
          <TextInput
            className={classes.grow}
            aria-label={t('projects.segments.name')}
            placeholder={t('projects.segments.name')}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={create.running} disabled={name.trim() === ''}>
            {t('projects.segments.add')}
          </Button>
        </FieldRow>
      </form>
      <ErrorNotice error={create.error} />
    </Section>
  );
}
