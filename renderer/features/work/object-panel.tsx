import { ActionIcon, Checkbox, NumberInput, Select, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconPin, IconPinFilled } from '@tabler/icons-react';
import { memo, useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Shape } from '#shared/domain/annotation.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import type { AttributeSpec, LabelSet } from '#shared/domain/label-set.ts';
import { startingWith } from '#shared/rules/label-attributes.rules.ts';
import { changeOf } from '#shared/rules/undo-journal.rules.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { composing } from '#renderer/lib/keys.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { focusCanvas } from './canvas-focus.ts';
import type { DraftJournal } from './draft-journal.ts';
import { focusQuestion } from './question-focus.ts';
import { useSelection, type ShapeDesk } from './shape-desk.ts';
import { useDraftDoc } from './use-open-task.ts';
import classes from './object-panel.module.css';

interface Props {
  projectId: ProjectId;
  labels: LabelSet;
  desk: ShapeDesk;
  journal: DraftJournal;
}

/** Choices up to this many are all in view. */
const inView = 6;

/**
 * What is asked of the selected objects, and whether they can be read in two ways. F2 leads to the first question without an answer, digits
 * choose, Enter goes on to the next and after the last back to the photo.
 */
export const ObjectPanel = memo(function ObjectPanel({ projectId, labels, desk, journal }: Props) {
  const t = useText();
  const project = useCommand('projects.change');
  const panel = useRef<HTMLElement>(null);
  const { shapes } = useDraftDoc(journal);
  const selection = useSelection(desk);
  const selected = shapes.filter(({ id }) => selection.includes(id));
  const specs = commonSpecs(labels, selected);
  const notes = new Set(selected.map(({ ambiguous }) => ambiguous ?? ''));
  const note = notes.size === 1 ? ([...notes][0] ?? '') : '';
  const [noting, setNoting] = useState(false);
  const shownKey = selection.join();
  useEffect(() => setNoting(false), [shownKey]);

  const change = (label: 'attribute' | 'ambiguous', edit: (shape: Shape) => Shape) => {
    desk.settle();
    const present = new Set(selection);
    const wanted = desk.doc.shapes
      .filter(({ id }) => present.has(id) && !desk.standing.locked.has(id))
      .map((shape) => ({ id: shape.id, after: edit(shape) }));
    const made = changeOf(desk.doc, label, wanted);
    if (!made) return;
    desk.apply(made);
    journal.do(made);
  };
  const answer = (name: string, value: Json | undefined) =>
    change('attribute', (shape) => {
      if (shape.attributes[name] === value) return shape;
      const { [name]: _before, ...rest } = shape.attributes;
      return { ...shape, attributes: value === undefined ? rest : { ...rest, [name]: value } };
    });
  const mark = (words: string) =>
    change('ambiguous', (shape) => {
      if ((shape.ambiguous ?? '') === words) return shape;
      const { ambiguous: _before, ...rest } = shape;
      return words === '' ? rest : { ...rest, ambiguous: words };
    });

  useActions({
    'work.attributes': {
      run: () => void (focusQuestion(panel.current, 'open') || focusCanvas()),
      when: () => selected.length > 0 && specs.length > 0 && !dialogIsOpen(),
    },
    'work.ambiguous': { run: () => setNoting(true), when: () => selected.length > 0 && !dialogIsOpen() },
  });
  /** New objects of the selected classes begin with this answer from here on; given a second time, with none. */
  const begin = (spec: AttributeSpec, value: Json | undefined) => {
    if (typeof value === 'object' || value === undefined) return;
    const initial = spec.initial === value ? null : value;
    const keys = new Set(selected.flatMap(({ label }) => (label === null ? [] : [label])));
    void project.run({ projectId, labels: startingWith(labels, keys, spec.name, initial) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent)) return;
    if (event.key === 'Escape') focusCanvas();
    // With Ctrl it submits, here as anywhere.
    else if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    else if (!focusQuestion(panel.current, 'next')) focusCanvas();
    event.preventDefault();
    event.stopPropagation();
  };

  if (selected.length === 0) return null;
  const marked = note !== '' || noting || notes.size > 1;
  if (specs.length === 0 && !marked) return null;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section ref={panel} className={classes.panel} aria-label={t('work.object.title')} onKeyDown={onKeyDown}>
      {specs.map((spec) => (
        <Question
          key={`${shownKey} ${spec.name}`}
          spec={spec}
          value={commonValue(selected, spec.name)}
          onAnswer={(value) => answer(spec.name, value)}
          onBegin={(value) => begin(spec, value)}
        />
      ))}
      <ErrorNotice error={project.error} onDismiss={project.clear} />
      {marked && <AmbiguousNote key={shownKey} note={note} focused={noting} onChange={mark} />}
    </section>
  );
});

/** The questions that every one of the shapes is asked, in the order of the first one's class. */
function commonSpecs(labels: LabelSet, selected: readonly Shape[]): readonly AttributeSpec[] {
  const [first = [], ...others] = [...new Set(selected.map(({ label }) => label))].map(
    (key) => labels.find((label) => label.key === key)?.attributes ?? [],
  );
  return first.filter((spec) =>
    others.every((specs) => specs.some((other) => JSON.stringify(other) === JSON.stringify(spec))),
  );
}

/** The answer that all give; `mixed` where they differ. */
function commonValue(selected: readonly Shape[], name: string): Json | undefined | typeof mixed {
  const [first, ...others] = selected.map(({ attributes }) => attributes[name]);
  return others.every((value) => value === first) ? first : mixed;
}

const mixed = Symbol('mixed');

interface QuestionProps {
  spec: AttributeSpec;
  value: Json | undefined | typeof mixed;
  onAnswer: (value: Json | undefined) => void;
}

function Question({ spec, value, onAnswer, onBegin }: QuestionProps & { onBegin: (value: Json | undefined) => void }) {
  const t = useText();
  const title = spec.title ?? spec.name;
  const answered = value !== undefined && value !== null && value !== '';
  const open = spec.required && !answered;
  const hint = value === mixed ? t('work.object.mixed') : open ? t('work.object.open') : null;
  return (
    <div className={classes.question} data-question={open ? 'open' : 'answered'} data-attribute={spec.name}>
      <div className={classes.title} data-open={open}>
        <span className={classes.titleWords}>{title}</span>
        {spec.required && (
          <span className={classes.star} aria-hidden>
            *
          </span>
        )}
        {hint !== null && <span className={classes.hint}>{hint}</span>}
        {answered && value !== mixed && (
          <BeginButton title={title} isOn={spec.initial === value} onBegin={() => onBegin(value)} />
        )}
      </div>
      <Answer spec={spec} value={value} onAnswer={onAnswer} title={title} />
    </div>
  );
}

/** New objects of the class begin with the answer that stands here, or no longer. */
function BeginButton({ title, isOn, onBegin }: { title: string; isOn: boolean; onBegin: () => void }) {
  const t = useText();
  const label = isOn ? t('work.object.beginsWith', { title }) : t('work.object.beginWith', { title });
  const PinIcon = isOn ? IconPinFilled : IconPin;
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={20}
        data-begin
        className={classes.begin}
        aria-label={label}
        aria-pressed={isOn}
        onClick={onBegin}
      >
        <PinIcon size={13} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function Answer({ spec, value, onAnswer, title }: QuestionProps & { title: string }) {
  const t = useText();
  const given = value === mixed ? undefined : value;
  switch (spec.input) {
    case 'select':
    case 'radio':
      return spec.input === 'radio' || spec.values.length <= inView ? (
        <Choices values={spec.values} chosen={given} title={title} onChoose={onAnswer} />
      ) : (
        <Select
          aria-label={title}
          size="xs"
          searchable
          data={spec.values}
          value={typeof given === 'string' ? given : null}
          onChange={(chosen) => onAnswer(chosen ?? undefined)}
        />
      );
    case 'checkbox':
      return (
        <Checkbox
          size="xs"
          label={t('work.object.yes')}
          aria-label={title}
          checked={given === true}
          indeterminate={value === mixed}
          onChange={(event) => onAnswer(event.currentTarget.checked)}
        />
      );
    case 'number':
      return <TypedNumber spec={spec} value={given} title={title} onAnswer={onAnswer} />;
    case 'text':
      return <TypedText value={typeof given === 'string' ? given : ''} title={title} onAnswer={onAnswer} />;
  }
}

interface ChoicesProps {
  values: readonly string[];
  chosen: Json | undefined;
  title: string;
  onChoose: (value: string) => void;
}

/** All answers in view: digits choose, arrows move, Space or a click takes. */
function Choices({ values, chosen, title, onChoose }: ChoicesProps) {
  const group = useRef<HTMLDivElement>(null);
  const at = values.findIndex((value) => value === chosen);
  const onKeyDown = (event: KeyboardEvent) => {
    const digit = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : null;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const focused = [...(group.current?.children ?? [])].indexOf(document.activeElement as HTMLElement);
    const next = digit ?? (step === undefined ? null : (focused + step + values.length) % values.length);
    const value = next === null ? undefined : values[next];
    if (value === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(value);
    (group.current?.children[next ?? 0] as HTMLElement | undefined)?.focus();
  };
  return (
    <div
      ref={group}
      role="radiogroup"
      tabIndex={-1}
      aria-label={title}
      className={classes.choices}
      onKeyDown={onKeyDown}
    >
      {values.map((value, place) => (
        <UnstyledButton
          key={value}
          role="radio"
          aria-checked={place === at}
          tabIndex={place === Math.max(at, 0) ? 0 : -1}
          className={classes.choice}
          onClick={() => onChoose(value)}
        >
          <span className={classes.value} title={value}>
            {value}
          </span>
          {place < 9 && <KeyHint keys={String(place + 1)} />}
        </UnstyledButton>
      ))}
    </div>
  );
}

function TypedNumber({
  spec,
  value,
  title,
  onAnswer,
}: Omit<QuestionProps, 'value'> & { value: Json | undefined; title: string }) {
  const [typed, setTyped] = useState<string | number>(typeof value === 'number' ? value : '');
  return (
    <NumberInput
      size="xs"
      aria-label={title}
      value={typed}
      {...(spec.min !== undefined && { min: spec.min })}
      {...(spec.max !== undefined && { max: spec.max })}
      {...(spec.step !== undefined && { step: spec.step })}
      onChange={setTyped}
      onBlur={() => onAnswer(typeof typed === 'number' ? typed : undefined)}
    />
  );
}

function TypedText({
  value,
  title,
  onAnswer,
}: {
  value: string;
  title: string;
  onAnswer: (value: Json | undefined) => void;
}) {
  const [typed, setTyped] = useState(value);
  return (
    <TextInput
      size="xs"
      aria-label={title}
      value={typed}
      maxLength={2000}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => onAnswer(typed === '' ? undefined : typed)}
    />
  );
}

/** Why it can be read in two ways; empty takes the mark away. */
function AmbiguousNote({
  note,
  focused,
  onChange,
}: {
  note: string;
  focused: boolean;
  onChange: (words: string) => void;
}) {
  const t = useText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(note);
  // Before anything is painted: what is typed right after the key belongs here.
  useLayoutEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  return (
    <div className={classes.question} data-question="answered">
      <label className={classes.title} htmlFor={id}>
        <span className={classes.titleWords}>{t('work.object.ambiguous')}</span>
      </label>
      <TextInput
        ref={input}
        id={id}
        size="xs"
        placeholder={t('work.object.ambiguousHint')}
        value={typed}
        maxLength={2000}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => onChange(typed.trim())}
      />
    </div>
  );
}
