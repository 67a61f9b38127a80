import { Popover, UnstyledButton } from '@mantine/core';
import { IconHelpHexagon } from '@tabler/icons-react';
import type { Output } from '#shared/contract/contract.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { type AskedGap, GapAnswers, gapsOf } from '#renderer/ui/gap-answers.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { dayStore, toggleQuestion } from './day.store.ts';
import classes from './day-strip.module.css';

type Account = Output<'time.day'>;

/** The next key may be the answer already. */
const atOnce = { duration: 0 };
const close = () => dayStore.setState({ open: null });

/**
 * Holes in the record of today, and before them those of the last day that had one: a question, never a deduction. Each is answered with one key,
 * one after another.
 */
export function GapsQuestion({ account }: { account: Account }) {
  const day = useQuery('time.lastDay', {}).data?.day;
  const before = useQuery('time.day', day ? { day } : null).data;
  const asked = [...(before ? gapsOf(before) : []), ...gapsOf(account)];
  return asked.length > 0 && <Question asked={asked} today={account.day} />;
}

function Question({ asked, today }: { asked: readonly AskedGap[]; today: string }) {
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
          <span>{t('day.gaps.button', { count: asked.length })}</span>
          <KeyHint of="day.gaps" keys="G" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0}>{opened && <GapAnswers asked={asked} today={today} onClose={close} />}</Popover.Dropdown>
    </Popover>
  );
}
