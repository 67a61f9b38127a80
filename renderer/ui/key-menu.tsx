import { UnstyledButton } from '@mantine/core';
import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { composing } from '#renderer/lib/keys.ts';
import { KeyHint } from './key-hint.tsx';
import classes from './key-menu.module.css';

/** One answer: pressed by its key or by a click. */
export interface KeyAnswer {
  key: string;
  label: string;
  /** Before the label: a dot, an icon. */
  mark?: ReactNode;
  /** It holds at the moment. */
  on?: boolean;
  /** A line parts it from the answers before. */
  apart?: boolean;
  run: () => void;
}

interface Props {
  title: string;
  lead?: ReactNode;
  answers: readonly KeyAnswer[];
  onClose: () => void;
  children?: ReactNode;
}

/** A question that one key answers. It takes the focus, and with it every key, until it is answered or closed. */
export function KeyMenu({ title, lead, answers, onClose, children }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const menu = place.current;
    const before = menu?.ownerDocument.activeElement;
    menu?.focus({ preventScroll: true });
    return () => {
      if (before?.isConnected && 'focus' in before) (before as HTMLElement).focus({ preventScroll: true });
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (composing(event.nativeEvent) || event.ctrlKey || event.altKey || event.metaKey) return;
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.indexOf(event.currentTarget.ownerDocument.activeElement as HTMLButtonElement);
    const answer = answers.find(({ key }) => key.toLowerCase() === event.key.toLowerCase());
    if (answer) answer.run();
    else if (event.key === 'Escape') onClose();
    else if (event.key === 'ArrowDown') buttons[(at + 1) % buttons.length]?.focus();
    else if (event.key === 'ArrowUp') buttons[(at - 1 + buttons.length) % buttons.length]?.focus();
    // Enter, Space and Tab are the buttons' own; every other key stops here, because the question is in front of the room.
    else if (event.key === 'Enter' || event.key === ' ' || event.key === 'Tab') {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of a menu belong to all of it
    <div
      ref={place}
      role="group"
      aria-label={title}
      tabIndex={-1}
      data-autofocus
      className={classes.menu}
      onKeyDown={onKeyDown}
    >
      <h2 className={classes.title}>{title}</h2>
      {lead && <div className={classes.lead}>{lead}</div>}
      {answers.map(({ key, label, mark, on, apart, run }) => (
        <UnstyledButton
          key={key}
          className={classes.answer}
          data-apart={apart || undefined}
          aria-pressed={on}
          onClick={run}
        >
          <span className={classes.mark}>{mark}</span>
          <span className={classes.label}>{label}</span>
          <KeyHint keys={key} />
        </UnstyledButton>
      ))}
      {children}
    </div>
  );
}
