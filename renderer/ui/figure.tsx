import { Tooltip, UnstyledButton } from '@mantine/core';
import { useText } from '#renderer/i18n/i18n.ts';
import classes from './figure.module.css';

interface Props {
  /** The figure as written, with its unit. */
  value: string;
  /** How it was computed, in words, ending in a full stop. */
  formula: string;
  /** Opens the entries it was computed from. */
  onOpen: () => void;
  large?: boolean;
}

/** A number is never alone: hover or focus shows its formula, a click opens what it was computed from. */
export function Figure({ value, formula, onOpen, large = false }: Props) {
  const t = useText();
  return (
    <Tooltip label={t('ui.figure.open', { formula })} multiline maw={320}>
      <UnstyledButton className={classes.figure} data-large={large || undefined} onClick={onOpen}>
        {value}
      </UnstyledButton>
    </Tooltip>
  );
}
