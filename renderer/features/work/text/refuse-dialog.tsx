import { Button, Modal, Textarea } from '@mantine/core';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { TextRules } from '#shared/domain/text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { composing } from '#renderer/lib/keys.ts';
import { FormActions } from '#renderer/ui/form.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { refusalsOf, useRefusalTitle } from './refusal-words.ts';
import type { TextDesk } from './text-desk.ts';
import { textStore } from './text.store.ts';
import classes from './refuse-dialog.module.css';

const close = () => textStore.setState({ dialog: null });

/** The reasons to refuse, a digit each; `other` asks for words. Words may go with every reason. */
export function RefuseDialog({ desk, rules }: { desk: TextDesk; rules: TextRules }) {
  const t = useText();
  const title = useRefusalTitle(rules);
  const reasons = refusalsOf(rules);
  const [reason, setReason] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  // Whoever chose a reason that needs words writes them next.
  useLayoutEffect(() => field.current?.focus(), [reason]);
  const ready = reason !== null && (reason !== 'other' || words.trim() !== '');
  const refuse = (key: string, why: string) => {
    desk.say({ refused: { reason: key, words: why } });
    close();
  };
  const choose = (key: string) => {
    // Words are asked for only where they are needed.
    if (key === 'other' || words !== '') setReason(key);
    else refuse(key, '');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target instanceof HTMLTextAreaElement) return;
    const at = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : event.key === '0' ? 9 : -1;
    const key = reasons[at]?.key;
    if (key === undefined) return;
    event.preventDefault();
    choose(key);
  };
  return (
    <Modal opened onClose={close} title={t('work.text.refuse.title')} size={460} withCloseButton={false}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- digits stand for the buttons in it */}
      <div className={classes.form} onKeyDown={onKeyDown}>
        <p className={classes.what}>{t('work.text.refuse.what')}</p>
        <ul className={classes.reasons}>
          {reasons.map(({ key }, at) => (
            <li key={key}>
              <Button
                variant={reason === key ? 'light' : 'default'}
                fullWidth
                justify="space-between"
                size="xs"
                data-autofocus={at === 0 || undefined}
                aria-pressed={reason === key}
                rightSection={at < 10 ? <KeyHint keys={String((at + 1) % 10)} /> : undefined}
                onClick={() => choose(key)}
              >
                {title(key)}
              </Button>
            </li>
          ))}
        </ul>
        {reason !== null && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (ready) refuse(reason, words);
            }}
          >
            <Textarea
              ref={field}
              required={reason === 'other'}
              label={t('work.text.refuse.words')}
              description={t('work.text.refuse.wordsHint')}
              value={words}
              maxLength={20_000}
              onChange={(event) => setWords(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.shiftKey || composing(event.nativeEvent)) return;
                event.preventDefault();
                if (ready) refuse(reason, words);
              }}
            />
            <FormActions>
              <Button variant="default" onClick={close}>
                {t('ui.confirm.cancel')}
              </Button>
              <Button type="submit" disabled={!ready}>
                {t('work.text.refuse.button')}
              </Button>
            </FormActions>
          </form>
        )}
      </div>
    </Modal>
  );
}
