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
  /** What else is to be known of it: edge cases, unit, sources; a sentence each. */
  details?: readonly string[];
  large?: boolean;
  /** Where a click shows the rows beside it alone instead of opening entries: whether they are shown alone now. */
  pressed?: boolean;
}

/** A number is never alone: hover or focus shows its formula, a click opens what it was computed from. */
export function Figure({ value, formula, onOpen, details = [], large = false, pressed }: Props) {
  const t = useText();
  return (
    <Tooltip
      label={
        <Words sentences={[t(pressed === undefined ? 'ui.figure.open' : 'ui.figure.show', { formula }), ...details]} />
      }
      multiline
      maw={340}
    >
      <UnstyledButton
        className={classes.figure}
        data-large={large || undefined}
        aria-pressed={pressed}
        onClick={onOpen}
      >
        {value}
      </UnstyledButton>
    </Tooltip>
  );
}

function Words({ sentences: [first, ...rest] }: { sentences: readonly string[] }) {
  return (
    <>
      {first}
      {rest.map((sentence) => (
        <span key={sentence} className={classes.detail}>
          {sentence}
        </span>
      ))}
    </>
  );
}
