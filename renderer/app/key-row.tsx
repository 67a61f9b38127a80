import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { IconKeyboardOff, IconRestore } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import type { Action } from '#renderer/lib/action.ts';
import { composing, onMac, pressedKeys } from '#renderer/lib/keys.ts';
import { defaultShortcutsOf, shortcutsOf, type OwnKeys } from '#renderer/lib/own-keys.store.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { actionLabel } from './action-label.ts';
import { actions } from './actions.ts';
import { refusalOf, withKeys, type KeyRefusal } from './key-choice.ts';
import { roomOf } from './rooms.ts';
import classes from './help.module.css';

interface Props {
  action: Action;
  own: OwnKeys;
  /** Left out: the row only tells. */
  onChange?: ((own: OwnKeys) => void) | undefined;
}

/** An action with its keys; where they can be changed, a click on them waits for the new ones. */
export function KeyRow({ action, own, onChange }: Props) {
  const t = useText();
  const [waiting, setWaiting] = useState(false);
  const [refused, setRefused] = useState<KeyRefusal | null>(null);
  const keys = shortcutsOf(action, own);
  const label = actionLabel(action, t);
  const hints = keys.map((each) => <KeyHint key={each} keys={each} />);
  useEffect(() => {
    if (onChange) return;
    setWaiting(false);
    setRefused(null);
  }, [onChange]);

  const give = (wanted: readonly string[] | null) => {
    const refusal = refusalOf(actions, action, wanted ?? defaultShortcutsOf(action), own);
    setRefused(refusal);
    if (refusal) return;
    setWaiting(false);
    onChange?.(withKeys(own, action, wanted));
  };
  return (
    <div className={classes.line} data-own={own[action.id] ? true : undefined}>
      <dt>
        {label}
        {refused && (
          <span className={classes.refused} role="alert">
            {refusalWords(refused, t)}
          </span>
        )}
      </dt>
      <dd>
        {!onChange && hints}
        {onChange && waiting && (
          <KeyCatcher
            label={t('app.help.press')}
            onKeys={(pressed) => give([pressed])}
            onEnd={() => {
              setWaiting(false);
              setRefused(null);
            }}
          />
        )}
        {onChange && !waiting && (
          <>
            <UnstyledButton
              className={classes.keys}
              aria-label={t('app.help.change', { action: label })}
              onClick={() => setWaiting(true)}
            >
              {keys.length > 0 ? hints : <span className={classes.none}>{t('app.help.none')}</span>}
            </UnstyledButton>
            {keys.length > 0 && (
              <Small label={t('app.help.clear', { action: label })} onClick={() => give([])}>
                <IconKeyboardOff size={15} stroke={1.6} aria-hidden />
              </Small>
            )}
            {own[action.id] && (
              <Small label={t('app.help.reset', { action: label })} onClick={() => give(null)}>
                <IconRestore size={15} stroke={1.6} aria-hidden />
              </Small>
            )}
          </>
        )}
      </dd>
    </div>
  );
}

function Small({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={22} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function refusalWords(refused: KeyRefusal, t: ReturnType<typeof useText>): string {
  if (refused.reason === 'reserved') return t('app.help.reserved');
  if (refused.reason === 'types') return t('app.help.types');
  const { by } = refused;
  const room = (by.scope && roomOf(by.scope)?.labelKey) ?? 'app.scope.everywhere';
  return t('app.help.taken', { action: actionLabel(by, t), room: t(room) });
}

/** Has the focus and hears the next keys; Esc, a click elsewhere and Tab leave everything as it was. */
function KeyCatcher({ label, onKeys, onEnd }: { label: string; onKeys: (keys: string) => void; onEnd: () => void }) {
  const field = useRef<HTMLButtonElement>(null);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent) || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    // Neither the window nor the dialog around this may take the key for its own.
    event.nativeEvent.stopImmediatePropagation();
    if (event.key === 'Escape') return onEnd();
    const keys = pressedKeys(event.nativeEvent, onMac);
    if (keys !== null) onKeys(keys);
  };
  return (
    <UnstyledButton
      ref={field}
      className={classes.catcher}
      // Esc ends the waiting, not the dialog.
      data-mantine-stop-propagation="true"
      onKeyDown={onKeyDown}
      onBlur={onEnd}
    >
      {label}
    </UnstyledButton>
  );
}
