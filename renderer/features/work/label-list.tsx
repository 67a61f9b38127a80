import { TextInput, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { Label } from '#shared/domain/label-set.ts';
import { labelColor } from '#shared/rules/label-colors.rules.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { composing } from '#renderer/lib/keys.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { focusCanvas } from './canvas-focus.ts';
import { labelKeyOf } from './label-name.ts';
import { useCanvasValue } from './use-image-canvas.ts';
import type { ProjectRow } from './work-page.tsx';
import classes from './label-list.module.css';

/** The classes with their keys. Typing filters them; Enter gives the first one, or adds what was typed as a new class. */
export function LabelList({ project, canvas }: { project: ProjectRow; canvas: ImageCanvas }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const change = useCommand('projects.change');
  const current = useCanvasValue(canvas, 'label', (present) => present.label);
  useActions({ 'work.classes': () => input.current?.focus() });

  const wanted = typed.trim();
  const shown = project.labels.map((label, place) => ({ label, place })).filter(({ label }) => matches(label, wanted));
  const exact = project.labels.some(({ key, name }) => key === wanted || name === wanted);

  const choose = (place: number) => {
    canvas.command('label', { index: place });
    setTyped('');
    focusCanvas();
  };
  const add = async () => {
    const label: Label = { key: wanted, color: labelColor(project.labels.length) };
    const place = project.labels.length;
    const done = await change.run({ projectId: project.id, labels: [...project.labels, label] });
    if (!done) return;
    // The canvas learns the new class with the next answer of the core; drawing goes on with it at once.
    canvas.setLabels([...project.labels, label]);
    choose(place);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent)) return;
    if (event.key === 'Escape') {
      setTyped('');
      focusCanvas();
    } else if (event.key === 'Enter' && !event.ctrlKey && wanted !== '') {
      const [first] = shown;
      if (first) choose(first.place);
      else void add();
    } else return;
    event.preventDefault();
  };

  return (
    <section className={classes.classes} aria-label={t('work.classes.title')}>
      <TextInput
        ref={input}
        size="xs"
        className={classes.search}
        aria-label={t('work.classes.search')}
        placeholder={t('work.classes.search')}
        rightSection={<KeyHint of="work.classes" keys="/" />}
        rightSectionWidth={32}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <ErrorNotice error={change.error} onDismiss={change.clear} />
      <ul className={classes.list}>
        {shown.map(({ label, place }) => (
          <li key={label.key}>
            <UnstyledButton
              className={classes.label}
              aria-pressed={current === label.key}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(place)}
            >
              <i className={classes.color} style={{ background: label.color }} />
              <span className={classes.name}>{label.name || label.key}</span>
              {labelKeyOf(place) !== null && (
                <KeyHint of={`canvas.label-${place + 1}`} keys={labelKeyOf(place) ?? ''} />
              )}
            </UnstyledButton>
          </li>
        ))}
        {wanted !== '' && !exact && (
          <li>
            <UnstyledButton className={classes.label} onClick={() => void add()}>
              <IconPlus size={12} stroke={2} aria-hidden />
              <span className={classes.name}>{t('work.classes.add', { name: wanted })}</span>
            </UnstyledButton>
          </li>
        )}
        {project.labels.length === 0 && wanted === '' && <li className={classes.none}>{t('work.classes.none')}</li>}
      </ul>
    </section>
  );
}

function matches({ key, name }: Label, text: string): boolean {
  if (text === '') return true;
  const wanted = text.toLowerCase();
  return key.toLowerCase().includes(wanted) || (name?.toLowerCase().includes(wanted) ?? false);
}
