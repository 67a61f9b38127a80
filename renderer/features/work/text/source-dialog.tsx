import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { TextSource } from '#shared/domain/text.ts';
import type { Day } from '#shared/domain/time.ts';
import { passagesOf } from '#shared/rules/text-breaches.rules.ts';
import { answerChange, changeOf } from '#shared/rules/undo-journal.rules.ts';
import { givenTexts } from '#shared/text/text-fields.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { dayText } from '#renderer/lib/local-time.ts';
import { saveOnCtrlEnter } from '#renderer/lib/save-keys.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import { Fields, FormActions } from '#renderer/ui/form.tsx';
import { toJudging } from './go-to.ts';
import type { Stretch, TextDesk } from './text-desk.ts';
import { textStore } from './text.store.ts';
import classes from './refuse-dialog.module.css';

const close = () => {
  textStore.setState({ dialog: null });
  // Back to the text, where one was.
  requestAnimationFrame(() => {
    if (!toJudging()) textStore.getState().editor?.focus();
  });
};
const another = '';

/** A source for the selected words: one that is there already, or a new one. Nothing selected: a source for the whole. */
export function SourceDialog({ desk }: { desk: TextDesk }) {
  const t = useText();
  const [selected] = useState(() => stretchOf(textStore.getState().selected));
  const known = desk.doc.answer?.sources ?? [];
  const [chosen, choose] = useState<string>(another);
  const [title, setTitle] = useState('');
  const [address, setAddress] = useState('');
  const [quote, setQuote] = useState('');
  const [seen, setSeen] = useState<string>(() => dayText(Date.now()));
  const ready = chosen === another ? title.trim() !== '' || address.trim() !== '' : selected !== null;
  const save = () => {
    if (!ready) return;
    const made: TextSource = { id: uuidv7(), title, address, quote, seen: seen === '' ? null : (seen as Day) };
    tie(desk, chosen === another ? made : null, chosen === another ? made.id : chosen, selected);
    close();
  };
  const words = selected && textOfField(desk, selected.field).slice(selected.start, selected.end);
  return (
    <Modal opened onClose={close} title={t('work.text.sources.dialog')} size={480} withCloseButton={false}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter saves from any of its fields */}
      <form
        className={classes.form}
        onKeyDown={(event) => saveOnCtrlEnter(event, async () => save())}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          save();
        }}
      >
        <p className={classes.what}>
          {words ? t('work.text.sources.tiedTo', { words: short(words) }) : t('work.text.sources.tiedToNothing')}
        </p>
        {known.length > 0 && (
          <Select
            label={t('work.text.sources.which')}
            data={[
              { value: another, label: t('work.text.sources.new') },
              ...known.map((each, at) => ({
                value: each.id,
                label: each.title || each.address || t('work.text.sources.unnamed', { place: at + 1 }),
              })),
            ]}
            value={chosen}
            onChange={(value) => choose(value ?? another)}
          />
        )}
        {chosen === another && (
          <Fields>
            <TextInput
              data-autofocus
              label={t('work.text.sources.name')}
              value={title}
              maxLength={1000}
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
            <TextInput
              label={t('work.text.sources.address')}
              value={address}
              maxLength={4000}
              onChange={(event) => setAddress(event.currentTarget.value)}
            />
            <Textarea
              label={t('work.text.sources.quote')}
              value={quote}
              maxLength={20_000}
              onChange={(event) => setQuote(event.currentTarget.value)}
            />
            <DayField label={t('work.text.sources.seenOn')} value={seen} clearable onChange={setSeen} />
          </Fields>
        )}
        <FormActions>
          <Button variant="default" onClick={close}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button type="submit" disabled={!ready}>
            {t('work.text.sources.save')}
          </Button>
        </FormActions>
      </form>
    </Modal>
  );
}

/** A new source and the passage tied to it, as one step. */
function tie(desk: TextDesk, made: TextSource | null, id: string, at: Stretch | null): void {
  desk.settle();
  const said = made && answerChange(desk.doc, { sources: [...(desk.doc.answer?.sources ?? []), made] });
  // A passage that is marked already and at hand is tied itself.
  const marked = passagesOf(desk.doc).find(
    ({ id: shape, geometry }) =>
      desk.selection.includes(shape) &&
      geometry.field === at?.field &&
      geometry.start === at.start &&
      geometry.end === at.end,
  );
  const passage: Shape | null = marked
    ? { ...marked, attributes: { ...marked.attributes, source: id } }
    : at && {
        id: uuidv7() as ShapeId,
        label: null,
        geometry: { type: 'passage', ...at },
        attributes: { source: id },
        origin: 'hand',
      };
  const drawn = passage && changeOf(desk.doc, 'answer', [{ id: passage.id, after: passage }]);
  if (!said && !drawn) return;
  desk.do({ label: 'answer', edits: drawn?.edits ?? [], ...(said?.answer && { answer: said.answer }) });
}

/** A text that is written here, or one that was given. */
function textOfField(desk: TextDesk, field: string): string {
  return givenTexts(desk.texts.facts.item).find((each) => each.field === field)?.text ?? desk.texts.field(field).text();
}

function stretchOf(selected: Stretch | null): Stretch | null {
  return selected && selected.start < selected.end ? selected : null;
}

function short(words: string): string {
  return words.length > 120 ? `${words.slice(0, 120)}…` : words;
}
