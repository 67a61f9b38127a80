import {
  ActionIcon,
  Button,
  Checkbox,
  MultiSelect,
  NumberInput,
  Select,
  TagsInput,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconPencil, IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import type { AttributeSpec, LabelSet } from '#shared/domain/label-set.ts';
import type { Project } from '#shared/domain/project.ts';
import {
  type SharedAttribute,
  sharedAttributes,
  withAttribute,
  withoutAttribute,
} from '#shared/rules/label-attributes.rules.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions, Section } from '#renderer/ui/form.tsx';
import classes from './projects.module.css';

const inputs = ['select', 'radio', 'number', 'checkbox', 'text'] as const satisfies readonly AttributeSpec['input'][];

/** What is asked of every object of a class: one line a question, with the classes that ask it. */
export function AttributesSection({ project }: { project: Project }) {
  const t = useText();
  const change = useCommand('projects.change');
  const [editing, setEditing] = useState<SharedAttribute | 'new' | null>(null);
  const asked = sharedAttributes(project.labels);
  const save = async (labels: LabelSet) => {
    const done = await change.run({ projectId: project.id, labels });
    if (done) setEditing(null);
  };
  const nameOf = (key: string) => project.labels.find((label) => label.key === key)?.name ?? key;
  return (
    <Section title={t('projects.attributes.title')} lead={t('projects.attributes.lead')}>
      {asked.length > 0 && (
        <ul className={classes.attributes}>
          {asked.map((shared) => (
            <li key={`${shared.spec.name} ${shared.labels.join()}`} className={classes.attribute}>
              <span className={classes.name}>{shared.spec.title ?? shared.spec.name}</span>
              <span className={classes.quiet}>{describe(shared.spec, t)}</span>
              <span className={classes.quiet}>
                {shared.labels.length === project.labels.length
                  ? t('projects.attributes.all')
                  : shared.labels.map(nameOf).join(', ')}
              </span>
              <span className={classes.attributeActions}>
                <Tooltip label={t('projects.attributes.edit', { name: shared.spec.name })}>
                  <ActionIcon
                    aria-label={t('projects.attributes.edit', { name: shared.spec.name })}
                    onClick={() => setEditing(shared)}
                  >
                    <IconPencil size={16} stroke={1.6} />
                  </ActionIcon>
                </Tooltip>
                <Tooltip label={t('projects.attributes.remove', { name: shared.spec.name })}>
                  <ActionIcon
                    aria-label={t('projects.attributes.remove', { name: shared.spec.name })}
                    onClick={() => void save(withoutAttribute(project.labels, shared))}
                  >
                    <IconX size={16} stroke={1.6} />
                  </ActionIcon>
                </Tooltip>
              </span>
            </li>
          ))}
        </ul>
      )}
      <ErrorNotice error={change.error} />
      {editing === null ? (
        <div>
          <Button variant="default" disabled={project.labels.length === 0} onClick={() => setEditing('new')}>
            {t('projects.attributes.add')}
          </Button>
        </div>
      ) : (
        <AttributeForm
          labels={project.labels}
          before={editing === 'new' ? undefined : editing}
          running={change.running}
          onSave={(labels) => void save(labels)}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  );
}

/** What may be answered, in a line. */
function describe({ input, values, min, max, required }: AttributeSpec, t: ReturnType<typeof useText>): string {
  const range = input === 'number' && (min !== undefined || max !== undefined) ? `${min ?? '…'} – ${max ?? '…'}` : null;
  const answers = values.length > 0 ? values.join(' / ') : (range ?? t(`projects.attributes.inputs.${input}`));
  return required ? `${answers} · ${t('projects.attributes.required')}` : answers;
}

interface FormProps {
  labels: LabelSet;
  before: SharedAttribute | undefined;
  running: boolean;
  onSave: (labels: LabelSet) => void;
  onClose: () => void;
}

function AttributeForm({ labels, before, running, onSave, onClose }: FormProps) {
  const t = useText();
  const [spec, setSpec] = useState<AttributeSpec>(before?.spec ?? emptySpec);
  const [keys, setKeys] = useState<string[]>(before?.labels ?? labels.map(({ key }) => key));
  const choices = spec.input === 'select' || spec.input === 'radio';
  const complete = spec.name.trim() !== '' && keys.length > 0 && (!choices || spec.values.length > 0);
  const set = (part: Partial<AttributeSpec>) => setSpec({ ...spec, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete) onSave(withAttribute(labels, { spec: cleaned(spec), labels: keys }, before));
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <Fields>
        <FieldRow>
          <TextInput
            data-autofocus
            className={classes.grow}
            label={t('projects.attributes.name')}
            description={t('projects.attributes.nameHint')}
            value={spec.name}
            maxLength={200}
            onChange={(event) => set({ name: event.currentTarget.value })}
            required
          />
          <TextInput
            className={classes.grow}
            label={t('projects.attributes.shown')}
            description={t('projects.attributes.shownHint')}
            value={spec.title ?? ''}
            maxLength={200}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
        </FieldRow>
        <FieldRow>
          <Select
            className={classes.number}
            label={t('projects.attributes.input')}
            data={inputs.map((value) => ({ value, label: t(`projects.attributes.inputs.${value}`) }))}
            value={spec.input}
            onChange={(input) => input && set({ input: input as AttributeSpec['input'], initial: null })}
          />
          <AnswerFields spec={spec} onChange={set} />
        </FieldRow>
        <MultiSelect
          label={t('projects.attributes.classes')}
          data={labels.map(({ key, name }) => ({ value: key, label: name ?? key }))}
          value={keys}
          onChange={setKeys}
          searchable
        />
        <Checkbox
          label={t('projects.attributes.requiredLong')}
          checked={spec.required}
          onChange={(event) => set({ required: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('projects.attributes.mutable')}
          checked={spec.mutable}
          onChange={(event) => set({ mutable: event.currentTarget.checked })}
        />
        <FormActions>
          <Button variant="default" onClick={onClose}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button type="submit" loading={running} disabled={!complete}>
            {t('projects.save')}
          </Button>
        </FormActions>
      </Fields>
    </form>
  );
}

const emptySpec: AttributeSpec = {
  name: '',
  input: 'select',
  values: [],
  initial: null,
  required: true,
  mutable: true,
};

/** What may be answered and what a new object starts with, by sort of answer. */
function AnswerFields({ spec, onChange }: { spec: AttributeSpec; onChange: (part: Partial<AttributeSpec>) => void }) {
  const t = useText();
  const { input, values, initial } = spec;
  const number = (value: string | number) => (typeof value === 'number' ? value : undefined);
  switch (input) {
    case 'select':
    case 'radio':
      return (
        <>
          <TagsInput
            className={classes.grow}
            label={t('projects.attributes.values')}
            description={t('projects.attributes.valuesHint')}
            value={values}
            onChange={(given) => onChange({ values: given, initial: given.includes(String(initial)) ? initial : null })}
          />
          <Select
            className={classes.number}
            label={t('projects.attributes.initial')}
            data={[{ value: '', label: t('projects.attributes.noInitial') }, ...values]}
            value={typeof initial === 'string' ? initial : ''}
            onChange={(value) => onChange({ initial: value === '' ? null : value })}
          />
        </>
      );
    case 'number':
      return (
        <>
          {(['min', 'max'] as const).map((name) => (
            <NumberInput
              key={name}
              className={classes.short}
              label={t(`projects.attributes.${name}`)}
              value={spec[name] ?? ''}
              onChange={(value) => onChange({ [name]: number(value) })}
            />
          ))}
          <NumberInput
            className={classes.short}
            label={t('projects.attributes.initial')}
            value={typeof initial === 'number' ? initial : ''}
            onChange={(value) => onChange({ initial: number(value) ?? null })}
          />
        </>
      );
    case 'checkbox':
      return (
        <Select
          className={classes.number}
          label={t('projects.attributes.initial')}
          data={[
            { value: '', label: t('projects.attributes.noInitial') },
            { value: 'true', label: t('projects.attributes.yes') },
            { value: 'false', label: t('projects.attributes.no') },
          ]}
          value={initial === null ? '' : String(initial)}
          onChange={(value) => onChange({ initial: value === '' ? null : value === 'true' })}
        />
      );
    case 'text':
      return (
        <TextInput
          className={classes.grow}
          label={t('projects.attributes.initial')}
          value={typeof initial === 'string' ? initial : ''}
          maxLength={2000}
          onChange={(event) =>
            onChange({ initial: event.currentTarget.value === '' ? null : event.currentTarget.value })
          }
        />
      );
  }
}

/** Only what its sort of answer knows, without empty parts. */
function cleaned({
  name,
  title,
  input,
  values,
  min,
  max,
  step,
  initial,
  required,
  mutable,
}: AttributeSpec): AttributeSpec {
  const choices = input === 'select' || input === 'radio';
  const shown = title?.trim();
  return {
    name: name.trim(),
    ...(shown && shown !== name.trim() && { title: shown }),
    input,
    values: choices ? values : [],
    ...(input === 'number' && min !== undefined && { min }),
    ...(input === 'number' && max !== undefined && { max }),
    ...(input === 'number' && step !== undefined && { step }),
    initial,
    required,
    mutable,
  };
}
