import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconDoorEnter, IconDoorExit } from '@tabler/icons-react';
import type { Output } from '#shared/contract/contract.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { useNow } from '#renderer/lib/use-now.ts';
import { Figure } from '#renderer/ui/figure.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { GapsQuestion } from './gaps-question.tsx';
import { Ribbon } from './ribbon.tsx';
import { SwitchQuestion } from './switch-question.tsx';
import { TimerButton } from './timer-button.tsx';
import { WaitQuestion } from './wait-question.tsx';
import classes from './day-strip.module.css';

type State = Output<'time.state'>;
type Account = Output<'time.day'>;

/** Today at the bottom of every room: the ribbon, what runs, what is waited for, and the keys that change it. */
export function DayStrip() {
  const t = useText();
  const state = useQuery('time.state', {}).data;
  const account = useQuery('time.day', { day: null }).data;
  const now = useNow();
  return (
    <footer className={classes.strip} aria-label={t('day.label')}>
      {account ? <Ribbon account={account} now={now} /> : <div className={classes.space} />}
      {state && account && (
        <>
          <Worked account={account} now={now} />
          <SwitchQuestion running={state.activity} since={sinceOf(state, now)} />
          <WaitQuestion waiting={state.waiting} since={sinceOf(state, now)} />
          <GapsQuestion account={account} />
          <Presence present={state.presence !== null} />
          <TimerButton />
        </>
      )}
    </footer>
  );
}

/** Milliseconds since the state was told: what runs has run that much longer. */
function sinceOf(state: State, now: number): number {
  return Math.max(0, now - Date.parse(state.now));
}

/** Worked today. It ticks by itself while something runs; the core's figure corrects it with the next answer. */
function Worked({ account, now }: { account: Account; now: number }) {
  const t = useText();
  const format = useFormat();
  const running = account.spans.filter(({ running: runs, lane, what }) => runs && isWork(lane, what));
  const ends = running.map(({ end }) => Date.parse(end));
  const more = ends.length > 0 ? Math.max(0, now - Math.max(...ends)) : 0;
  const open = () => navigate('ledger', { entries: account.entries, title: t('day.worked.title') });
  return (
    <span className={classes.worked}>
      <span className={classes.quiet}>{t('day.worked.name')}</span>
      <Figure
        value={format.duration(account.totals.worked + more)}
        formula={t('day.worked.formula', {
          paid: format.duration(account.totals.paidByTime + account.totals.paidByPiece),
          unpaid: format.duration(account.totals.unpaid),
          unstated: format.duration(account.totals.unstated),
        })}
        onOpen={open}
      />
    </span>
  );
}

/** As shared/rules/time.rules.ts has it: breaks and waiting for payment are no work. */
function isWork(lane: string, what: string): boolean {
  return (lane === 'activity' && what !== 'break') || (lane === 'waiting' && what !== 'payment');
}

function Presence({ present }: { present: boolean }) {
  const t = useText();
  const clock = useCommand('time.clock');
  const toggle = () => void clock.run({ in: !present });
  useActions({ 'day.clock': toggle });
  const label = present ? t('day.clock.out') : t('day.clock.in');
  const PresenceIcon = present ? IconDoorExit : IconDoorEnter;
  return (
    <Tooltip
      label={
        <span className={classes.tip}>
          {label} <KeyHint of="day.clock" keys="P" />
        </span>
      }
    >
      <UnstyledButton className={classes.button} data-on={present || undefined} aria-label={label} onClick={toggle}>
        <PresenceIcon size={16} stroke={1.6} aria-hidden />
        {present && <span>{t('day.present')}</span>}
      </UnstyledButton>
    </Tooltip>
  );
}
