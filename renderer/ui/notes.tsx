import { Button, Textarea } from '@mantine/core';
import { useLayoutEffect, useRef, useState, type FormEvent } from 'react';
import type { EntityId } from '#shared/domain/ids.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { saveOnCtrlEnter } from '#renderer/lib/save-keys.ts';
import { Attachments } from './attachments.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { Fields, FormActions } from './form.tsx';
import { KeptFiles } from './kept-files.tsx';
import { useAttachments, usePasted } from './use-attachments.ts';
import classes from './notes.module.css';

interface Props {
  about: EntityId;
  /** Begins with the form of a new note open. */
  writes?: boolean;
}

/** Notes tied to anything of the ledger, a project, a task, a return ..., and a new one. */
export function Notes({ about, writes = false }: Props) {
  const t = useText();
  const format = useFormat();
  const notes = useQuery('notes.list', { about }).data?.notes ?? [];
  const [writing, setWriting] = useState(writes);
  return (
    <section className={classes.notes} aria-label={t('ledger.notes.title')}>
      {notes.length > 0 && <h3>{t('ledger.notes.title')}</h3>}
      {notes.map((note) => (
        <div key={note.id} className={classes.note}>
          <span className={classes.when}>{format.dateTime(note.writtenAt)}</span>
          <p>{note.text}</p>
          <KeptFiles files={note.attachments} />
        </div>
      ))}
      {writing ? (
        <NoteForm about={about} onClose={() => setWriting(false)} />
      ) : (
        <Button size="xs" variant="subtle" ml={-11} onClick={() => setWriting(true)}>
          {t('ledger.notes.add')}
        </Button>
      )}
    </section>
  );
}

function NoteForm({ about, onClose }: { about: EntityId; onClose: () => void }) {
  const t = useText();
  const [text, setText] = useState('');
  const attachments = useAttachments();
  usePasted(attachments.add);
  const write = useCommand('notes.write');
  const field = useRef<HTMLTextAreaElement>(null);
  // Whoever asked for a note wants to write it, and to see where it is kept.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.form?.scrollIntoView({ block: 'nearest' });
  }, []);
  const save = async () => {
    const blobs = await attachments.settled();
    if (!blobs || text.trim() === '' || write.running) return;
    const writtenAt = new Date().toISOString();
    if (await write.run({ text: text.trim(), about: [about], attachments: blobs, writtenAt })) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter saves from any field
    <form onSubmit={submit} onKeyDown={(event) => saveOnCtrlEnter(event, save)}>
      <Fields>
        <Textarea
          ref={field}
          data-autofocus
          aria-label={t('ledger.notes.title')}
          value={text}
          maxLength={20_000}
          autosize
          minRows={2}
          maxRows={8}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Attachments attachments={attachments} />
        <ErrorNotice error={write.error} />
        <FormActions>
          <Button size="xs" variant="default" onClick={onClose}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button size="xs" type="submit" disabled={text.trim() === ''} loading={write.running || attachments.running}>
            {t('ledger.notes.save')}
          </Button>
        </FormActions>
      </Fields>
    </form>
  );
}
