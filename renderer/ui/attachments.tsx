import { ActionIcon, Button, FileButton } from '@mantine/core';
import { IconFile, IconX } from '@tabler/icons-react';
import { useText } from '#renderer/i18n/i18n.ts';
import { ErrorNotice } from './error-notice.tsx';
import { KeyHint } from './key-hint.tsx';
import type { AttachmentList } from './use-attachments.ts';
import classes from './attachments.module.css';

/** Screenshots and files that belong to the work: pasted, dropped or chosen. */
export function Attachments({ attachments }: { attachments: AttachmentList }) {
  const t = useText();
  const { list, add, remove } = attachments;
  const refused = list.find(({ error }) => error);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a place to drop on; the button does the same by key
    <div
      className={classes.attachments}
      role="group"
      aria-label={t('ui.attachments.title')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        add([...event.dataTransfer.files]);
      }}
    >
      {list.map(({ key, name, preview, error }) => (
        <figure key={key} className={classes.attachment} data-refused={error !== null || undefined} title={name}>
          {preview ? (
            <img src={preview} alt={name || t('ui.attachments.screenshot')} />
          ) : (
            <IconFile size={24} stroke={1.4} aria-label={name} />
          )}
          <ActionIcon
            className={classes.remove}
            variant="filled"
            size={18}
            aria-label={t('ui.attachments.remove', { name: name || t('ui.attachments.screenshot') })}
            onClick={(event) => {
              // The button goes with its picture; the keys of the form must not go with it.
              event.currentTarget.form?.querySelector<HTMLElement>('[data-step], [data-autofocus]')?.focus();
              remove(key);
            }}
          >
            <IconX size={12} stroke={2} aria-hidden />
          </ActionIcon>
        </figure>
      ))}
      <p className={classes.hint}>
        <KeyHint keys="Ctrl+V" /> {t('ui.attachments.pasteHint')}
        <FileButton multiple onChange={(files) => add(files)}>
          {(props) => (
            <Button {...props} size="xs" variant="subtle" flex="none">
              {t('ui.attachments.choose')}
            </Button>
          )}
        </FileButton>
      </p>
      <ErrorNotice error={refused?.error ?? undefined} />
    </div>
  );
}
