import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import classes from './hash-text.module.css';

interface Props {
  /** What is copied, whole. */
  value: string;
  /** How many characters to show; all of them when left out. */
  short?: number;
}

/** A hash, key or id: mono, shortened for reading, copied whole. */
export function HashText({ value, short }: Props) {
  return (
    <span className={classes.hash}>
      <code title={value}>{short !== undefined && value.length > short ? `${value.slice(0, short)}…` : value}</code>
      <CopyButton value={value} />
    </span>
  );
}

/** Copies text and says so. */
export function CopyButton({ value }: { value: string }) {
  const t = useText();
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setState('copied');
    } catch {
      setState('failed');
    }
    setTimeout(() => setState('idle'), 1500);
  };
  const words = { idle: t('ui.hash.copy'), copied: t('ui.hash.copied'), failed: t('ui.hash.failed') }[state];
  return (
    <Tooltip label={words} {...(state === 'idle' ? {} : { opened: true })}>
      <ActionIcon size={22} aria-label={words} onClick={() => void copy()}>
        {state === 'copied' ? <IconCheck size={14} stroke={1.8} /> : <IconCopy size={14} stroke={1.6} />}
      </ActionIcon>
    </Tooltip>
  );
}
