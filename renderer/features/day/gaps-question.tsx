import { Popover, UnstyledButton } from '@mantine/core';
import { IconHelpHexagon } from '@tabler/icons-react';
import type { Output } from '#shared/contract/contract.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { GapAnswers } from '#renderer/ui/gap-answers.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { dayStore, toggleQuestion } from './day.store.ts';
import classes from './day-strip.module.css';

type Account = Output<'time.day'>;

/** The next key may be the answer already. */
const atOnce = { duration: 0 };
const close = () => dayStore.setState({ open: null });

/** Holes in today's record: a question, never a deduction. Each is answered with one key, one after another. */
export function GapsQuestion({ account }: { account: Account }) {
  const t = useText();
  const opened = dayStore((state) => state.open === 'gaps');
  useActions({ 'day.gaps': () => toggleQuestion('gaps') });
  return (
    <Popover
      opened={opened}
      onChange={(next) => !next && close()}
      position="top-end"
      offset={6}
      transitionProps={atOnce}
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.button}
          data-gaps
          aria-expanded={opened}
          onClick={() => toggleQuestion('gaps')}
        >
          <IconHelpHexagon size={15} stroke={1.6} aria-hidden />
          <span>{t('day.gaps.button', { count: account.gaps.length })}</span>
          <KeyHint of="day.gaps" keys="G" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        {opened && <GapAnswers gaps={account.gaps} account={account} onClose={close} />}
      </Popover.Dropdown>
    </Popover>
  );
}
