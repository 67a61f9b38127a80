import { UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import type { CheckableRules } from '#shared/domain/project.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import classes from './token-keys.module.css';

/** Writes a token where the text cursor is; in the field of the selected segment where none has it. */
function writeToken(text: string): void {
  const focused = document.activeElement;
  const field =
    focused instanceof HTMLTextAreaElement && focused.matches('[data-transcript]')
      ? focused
      : document.querySelector<HTMLTextAreaElement>('[aria-current] [data-transcript]');
  if (!field) return;
  if (field !== focused) {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }
  // The one way to write that fires the field's own input; it is deprecated, and nothing replaces it.
  document.execCommand('insertText', false, text);
}

/** What may stand for what is no word, with its keys. Nothing where the project names none. */
export const TokenKeys = memo(function TokenKeys({ tokens = [] }: { tokens: CheckableRules['tokens'] }) {
  const t = useText();
  useActions(
    Object.fromEntries(
      tokens
        .slice(0, 9)
        .map(({ text }, place) => [
          `sound.token-${place + 1}`,
          { run: () => writeToken(text), when: () => !dialogIsOpen() },
        ]),
    ),
  );
  if (tokens.length === 0) return null;
  return (
    <section className={classes.tokens} aria-label={t('work.sound.tokens')}>
      {tokens.map(({ text, title }, place) => (
        <UnstyledButton
          key={text}
          className={classes.token}
          title={title}
          // The text cursor stays where it is.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => writeToken(text)}
        >
          <code>{text}</code>
          {title && <span className={classes.tokenTitle}>{title}</span>}
          {place < 9 && <KeyHint of={`sound.token-${place + 1}`} keys={`Alt+${place + 1}`} />}
        </UnstyledButton>
      ))}
    </section>
  );
});
