import { Button, Checkbox, MultiSelect, Textarea, TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Project } from '#shared/domain/project.ts';
import { keepingOf } from '#shared/rules/label-attributes.rules.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { readLabelLines, writeLabelLines } from '#renderer/lib/label-lines.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { orNull } from '#renderer/lib/typed-text.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions, Section } from '#renderer/ui/form.tsx';
import { Notes } from '#renderer/ui/notes.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { usePickPath } from '#renderer/ui/path-picker.tsx';
import { toast } from '#renderer/ui/toast.ts';
import { AttributesSection } from './label-attributes.tsx';
import { BarSection, TermsSection } from './project-pay.tsx';
import { GuidelinesSection, RulingsSection, SegmentsSection } from './project-rules.tsx';
import classes from './projects.module.css';

/** One project: its names, classes, pay, bar, guidelines, rulings, segments and pack. */
export function ProjectDetail({ id }: { id: string }) {
  const t = useText();
  const projectId = id as ProjectId;
  const project = useQuery('projects.get', { projectId });
  const data = project.data;
  return (
    <Page
      title={data?.name ?? t('app.rooms.projects')}
      actions={
        <>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconArrowLeft size={16} stroke={1.6} />}
            onClick={() => navigate('projects', {})}
          >
            {t('projects.all')}
          </Button>
          <Button variant="default" onClick={() => navigate('statement', { projectId })}>
            {t('statement.open')}
          </Button>
          <Button variant="default" onClick={() => navigate('ledger', { projectId })}>
            {t('projects.entries')}
          </Button>
          {(data?.modality === 'image' || data?.modality === 'audio') && (
            <Button onClick={() => navigate('work', { projectId })}>{t('projects.work')}</Button>
          )}
        </>
      }
    >
      <ErrorNotice error={project.error} onAgain={project.refetch} />
      {data && (
        <>
          <NamesSection project={data} />
          <LabelsSection project={data} />
          <AttributesSection project={data} />
          <TermsSection project={data} />
          <BarSection project={data} />
          <GuidelinesSection projectId={projectId} modality={data.modality} />
          <RulingsSection projectId={projectId} />
          <SegmentsSection projectId={projectId} />
          <PackSection project={data} />
          <Notes about={projectId} />
        </>
      )}
    </Page>
  );
}

function NamesSection({ project }: { project: Project }) {
  const t = useText();
  const [name, setName] = useState(project.name);
  const [client, setClient] = useState(project.client ?? '');
  const [intermediary, setIntermediary] = useState(project.intermediary ?? '');
  const [archived, setArchived] = useState(project.archived);
  const change = useCommand('projects.change');
  const changed =
    name.trim() !== project.name ||
    orNull(client) !== project.client ||
    orNull(intermediary) !== project.intermediary ||
    archived !== project.archived;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await change.run({
      projectId: project.id,
      name: name.trim(),
      client: orNull(client),
      intermediary: orNull(intermediary),
      archived,
    });
    if (done) toast(t('projects.saved'));
  };
  return (
    <Section title={t('projects.names.title')} lead={t('projects.names.lead')}>
      <form onSubmit={(event) => void submit(event)}>
        <Fields>
          <TextInput
            label={t('projects.fields.name')}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
            required
          />
          <FieldRow>
            <TextInput
              className={classes.grow}
              label={t('projects.fields.client')}
              value={client}
              maxLength={200}
              onChange={(event) => setClient(event.currentTarget.value)}
            />
            <TextInput
              className={classes.grow}
              label={t('projects.fields.intermediary')}
              value={intermediary}
              maxLength={200}
              onChange={(event) => setIntermediary(event.currentTarget.value)}
            />
          </FieldRow>
          <Checkbox
            label={t('projects.fields.archived')}
            checked={archived}
            onChange={(event) => setArchived(event.currentTarget.checked)}
          />
          <ErrorNotice error={change.error} />
          <FormActions>
            <Button type="submit" variant="default" disabled={!changed || name.trim() === ''} loading={change.running}>
              {t('projects.save')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Section>
  );
}

function LabelsSection({ project }: { project: Project }) {
  const t = useText();
  const [lines, setLines] = useState(writeLabelLines(project.labels));
  const change = useCommand('projects.change');
  const read = readLabelLines(lines);
  const problem = read.ok
    ? undefined
    : t(read.problem === 'twice' ? 'projects.labels.twice' : 'projects.labels.long', { key: read.key });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!read.ok) return;
    const done = await change.run({ projectId: project.id, labels: keepingOf(read.labels, project.labels) });
    if (done) toast(t('projects.saved'));
  };
  return (
    <Section title={t('projects.labels.title')} lead={t('projects.labels.lead')}>
      <form onSubmit={(event) => void submit(event)}>
        <Fields>
          <div className={classes.swatches} aria-hidden>
            {project.labels.map((label) => (
              <span key={label.key} className={classes.swatch}>
                <i style={{ background: label.color }} />
                {label.name ?? label.key}
              </span>
            ))}
          </div>
          <Textarea
            aria-label={t('projects.labels.title')}
            value={lines}
            error={problem}
            onChange={(event) => setLines(event.currentTarget.value)}
            autosize
            minRows={3}
            maxRows={14}
            spellCheck={false}
          />
          {project.modality === 'audio' && <WordlessField project={project} />}
          <ErrorNotice error={change.error} />
          <FormActions>
            <Button
              type="submit"
              variant="default"
              loading={change.running}
              disabled={!read.ok || lines === writeLabelLines(project.labels)}
            >
              {t('projects.save')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Section>
  );
}

/** Classes of segments for which nothing is to be written down; kept as soon as it is chosen. */
function WordlessField({ project }: { project: Project }) {
  const t = useText();
  const change = useCommand('projects.change');
  const choose = (keys: readonly string[]) => {
    const labels = project.labels.map(({ noTranscript: _before, ...label }) =>
      keys.includes(label.key) ? { ...label, noTranscript: true as const } : label,
    );
    void change.run({ projectId: project.id, labels });
  };
  return (
    <>
      <MultiSelect
        label={t('projects.labels.wordless')}
        description={t('projects.labels.wordlessHint')}
        data={project.labels.map(({ key, name }) => ({ value: key, label: name ?? key }))}
        value={project.labels.filter(({ noTranscript }) => noTranscript).map(({ key }) => key)}
        onChange={choose}
      />
      <ErrorNotice error={change.error} />
    </>
  );
}

function PackSection({ project }: { project: Project }) {
  const t = useText();
  const { pick, dialog } = usePickPath();
  const write = useCommand('packs.export');
  const save = async () => {
    const suggestedName = `${project.name.replaceAll(/[\\/:*?"<>|]/g, '-')}.pack.json`;
    const path = await pick({ mode: 'save', title: t('projects.pack.export'), suggestedName });
    if (path === null) return;
    const done = await write.run({ projectId: project.id, path, overwrite: false });
    if (done) toast(t('projects.pack.written', { path: done.path }));
  };
  return (
    <Section title={t('projects.pack.section')} lead={t('projects.pack.lead')}>
      <div>
        <Button variant="default" loading={write.running} onClick={() => void save()}>
          {t('projects.pack.export')}
        </Button>
      </div>
      <ErrorNotice error={write.error} />
      {dialog}
    </Section>
  );
}
