import { Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useLayoutEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import { asksForKind, kindsOf } from '#shared/rules/projects.rules.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useWorkedProject } from '#renderer/client/use-worked-project.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { keepKeysDuring } from '#renderer/lib/kept-keys.ts';
import { composing } from '#renderer/lib/keys.ts';
import { instantOrNow } from '#renderer/lib/local-time.ts';
import { Attachments } from '#renderer/ui/attachments.tsx';
import { HappenedField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { toast } from '#renderer/ui/toast.ts';
import { useAttachments, usePasted } from '#renderer/ui/use-attachments.ts';
import classes from './elsewhere.module.css';

const minuteMs = 60_000;
/** Names no project; the select can't hold null. */
const none = 'none';

/**
 * Name, Enter, count, Enter, minutes, Enter: it is saved. Everything but the name has a sensible value already; a screenshot
 * may be pasted at any moment.
 */
export function ElsewhereForm({ onDone }: { onDone: () => void }) {
  const t = useText();
  const log = useCommand('elsewhere.log');
  const [name, setName] = useState('');
  const [count, setCount] = useState<number | ''>(1);
  const [minutes, setMinutes] = useState<number | ''>('');
  const [note, setNote] = useState('');
  const [doneAt, setDoneAt] = useState('');
  const { projectId, setProjectId, choices, kinds } = useProjectChoice();
  const [kind, setKind] = useKind(projectId);
  const attachments = useAttachments();
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector<HTMLInputElement>('[data-step]')?.focus(), []);
  usePasted(attachments.add);

  const saving = useRef(false);
  const save = async () => {
    if (name.trim() === '' || saving.current) return;
    saving.current = true;
    await put().finally(() => {
      saving.current = false;
    });
  };
  const put = async () => {
    const blobs = await attachments.settled();
    // One that could not be kept says why; nothing is saved without it until it is taken out.
    if (!blobs) return;
    const answer = await log.run({
      projectId,
      name: name.trim(),
      count: count === '' ? 1 : count,
      taskKind: kinds.includes(kind) ? kind : null,
      timeMs: minutes === '' ? null : Math.round(minutes * minuteMs),
      attachments: blobs,
      note: note.trim() === '' ? null : note.trim(),
      doneAt: instantOrNow(doneAt),
    });
    if (!answer) return;
    toast(t('elsewhere.saved', { name: name.trim() }));
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  /** Enter goes on to the next field, and saves in the last; Ctrl+Enter saves anywhere. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || composing(event.nativeEvent)) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      keepKeysDuring(save());
      return;
    }
    if (!(event.target instanceof HTMLInputElement)) return;
    const steps = [...(form.current?.querySelectorAll<HTMLInputElement>('[data-step]') ?? [])];
    const at = steps.indexOf(event.target);
    if (at < 0) return;
    event.preventDefault();
    const next = steps[at + 1];
    // Not left to the form: while a screenshot is on its way its button is disabled, and Enter would be lost.
    if (!next) keepKeysDuring(save());
    next?.focus();
    next?.select();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter means the next field in all of them
    <form ref={form} onSubmit={submit} onKeyDown={onKeyDown}>
      <Fields>
        <TextInput
          data-autofocus
          data-step
          label={t('elsewhere.name')}
          withAsterisk
          placeholder={t('elsewhere.namePlaceholder')}
          value={name}
          maxLength={500}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="off"
        />
        <FieldRow>
          <NumberInput
            className={classes.number}
            data-step
            label={t('elsewhere.count')}
            value={count}
            min={1}
            max={1_000_000}
            allowDecimal={false}
            onChange={(value) => setCount(typeof value === 'number' ? value : '')}
          />
          <NumberInput
            className={classes.number}
            data-step
            label={t('elsewhere.minutes')}
            placeholder={t('ui.field.optional')}
            value={minutes}
            min={0}
            max={24 * 60}
            onChange={(value) => setMinutes(typeof value === 'number' ? value : '')}
          />
          <Select
            className={classes.project}
            label={t('elsewhere.project')}
            data={[...choices, { value: none, label: t('elsewhere.noProject') }]}
            value={projectId ?? none}
            onChange={(value) => setProjectId(value === none || value === null ? null : (value as ProjectId))}
          />
        </FieldRow>
        {kinds.length > 0 && (
          <Select
            label={t('elsewhere.kind')}
            data={[...kinds.map((value) => ({ value, label: value })), { value: none, label: t('elsewhere.kindAll') }]}
            value={kinds.includes(kind) ? kind : none}
            onChange={(value) => setKind(value ?? none)}
            allowDeselect={false}
          />
        )}
        <Attachments attachments={attachments} />
        <Textarea
          label={t('elsewhere.note')}
          placeholder={t('ui.field.optional')}
          value={note}
          maxLength={20_000}
          minRows={1}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <HappenedField className={classes.moment} label={t('elsewhere.doneAt')} value={doneAt} onChange={setDoneAt} />
        <ErrorNotice error={log.error} />
        <FormActions>
          <Button variant="default" onClick={onDone}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button
            type="submit"
            loading={log.running || attachments.running}
            disabled={name.trim() === ''}
            rightSection={<KeyHint keys="Enter" />}
          >
            {t('elsewhere.save')}
          </Button>
        </FormActions>
      </Fields>
    </form>
  );
}

/** The project that is worked on unless another is chosen. */
function useProjectChoice() {
  const { projectId, projects, remember } = useWorkedProject();
  const [chosen, setChosen] = useState<ProjectId | null | undefined>(undefined);
  const current = chosen === undefined ? projectId : chosen;
  const terms = projects.find(({ id }) => id === current)?.terms;
  return {
    projectId: current,
    setProjectId: (next: ProjectId | null) => {
      setChosen(next);
      if (next !== null) remember(next);
    },
    choices: projects.map(({ id, name }) => ({ value: id as string, label: name })),
    /** Kinds of task to choose from; empty where the project pays all alike and nothing is to be asked. */
    kinds: terms !== undefined && asksForKind(terms) ? kindsOf(terms) : [],
  };
}

/** The kind that was said last for a project: a worker mostly does the same all day. */
function useKind(projectId: ProjectId | null) {
  return useUiSetting(`elsewhere.kind.${projectId ?? none}`, none as string);
}
