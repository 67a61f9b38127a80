import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { Activity } from '#shared/domain/time.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useWorkedProject } from '#renderer/client/use-worked-project.ts';
import { useText, type LocaleKey } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { coverStore, setCovered } from '#renderer/lib/cover.store.ts';
import { composing } from '#renderer/lib/keys.ts';
import { whatWords } from '#renderer/lib/time-words.ts';
import { useNow } from '#renderer/lib/use-now.ts';
import { ActivityDot } from '#renderer/ui/activity-dot.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { SwitchAnswers } from './switch-question.tsx';
import { WaitAnswers } from './wait-question.tsx';
import classes from './small-timer.module.css';

type State = Output<'time.state'>;

/** One thing the small timer does, by its key or a click. */
interface Deed {
  key: string;
  label: LocaleKey;
  run: () => void;
}

/**
 * The day in a window of its own, small enough to stay in front of the client's tool: what runs, for which project, how long, being there, and
 * one key each for all that changes it. `view` is the window it is drawn in.
 */
export function SmallTimer({ view }: { view: Window }) {
  const covered = coverStore((state) => state.covered);
  const state = useQuery('time.state', {}).data;
  const now = useNow(view);
  return (
    <div className={classes.timer}>
      {covered ? (
        <Hidden now={now} />
      ) : (
        state && <Shown state={state} since={Math.max(0, now - Date.parse(state.now))} />
      )}
    </div>
  );
}

/** For the next desk: a clock like any other. */
function Hidden({ now }: { now: number }) {
  const t = useText();
  const format = useFormat();
  const place = useRef<HTMLButtonElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <UnstyledButton
      ref={place}
      className={classes.hidden}
      aria-label={t('day.timer.show')}
      onClick={() => setCovered(false)}
    >
      <time>{format.time(new Date(now).toISOString())}</time>
    </UnstyledButton>
  );
}

function Shown({ state, since }: { state: State; since: number }) {
  const t = useText();
  const [asked, setAsked] = useState<'switch' | 'wait' | null>(null);
  const { deeds, error } = useDeeds(state, setAsked);
  const place = useRef<HTMLDivElement>(null);
  const answered = () => setAsked(null);
  // Whoever opened it by a key goes on by keys; and they come back when a question is answered.
  useEffect(() => {
    if (asked === null) place.current?.focus();
  }, [asked]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (asked !== null || composing(event.nativeEvent) || event.ctrlKey || event.altKey || event.metaKey) return;
    const deed = deeds.find(({ key }) => key === (event.key === ' ' ? 'Space' : event.key.toUpperCase()));
    if (!deed || event.repeat) return;
    event.preventDefault();
    deed.run();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys belong to the whole window
    <div
      ref={place}
      role="group"
      aria-label={t('day.timer.title')}
      tabIndex={-1}
      className={classes.shown}
      onKeyDown={onKeyDown}
    >
      {asked === 'switch' && <SwitchAnswers running={state.activity} onClose={answered} />}
      {asked === 'wait' && <WaitAnswers waiting={state.waiting} onClose={answered} />}
      {asked === null && (
        <>
          <Running state={state} since={since} />
          <ErrorNotice error={error} />
          <div className={classes.deeds}>
            {deeds.map(({ key, label, run }) => (
              <UnstyledButton key={key} className={classes.deed} onClick={run}>
                <KeyHint keys={key} />
                <span>{t(label)}</span>
              </UnstyledButton>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

function Running({ state, since }: { state: State; since: number }) {
  const t = useText();
  const format = useFormat();
  const { projects } = useWorkedProject();
  const { activity, waiting, presence } = state;
  const project = projects.find(({ id }) => id === activity?.projectId);
  return (
    <>
      <div className={classes.running}>
        <ActivityDot what={activity?.what ?? null} />
        <strong className={classes.what}>
          {activity ? whatWords(t, 'activity', activity.what) : t('day.nothingRuns')}
        </strong>
        {activity && <time className={classes.clock}>{format.clock(activity.elapsedMs + since)}</time>}
      </div>
      <p className={classes.line}>{project?.name ?? t('day.timer.noProject')}</p>
      {waiting.map(({ what, elapsedMs }) => (
        <p key={what} className={classes.waiting}>
          <span>{whatWords(t, 'waiting', what)}</span>
          <time>{format.clock(elapsedMs + since)}</time>
        </p>
      ))}
      <p className={classes.line}>
        {presence ? t('day.timer.present', { time: format.time(presence.start) }) : t('day.timer.away')}
      </p>
    </>
  );
}

/** What the keys do now. Space stops, or goes on with what was done last; B goes into a break and out of it. */
function useDeeds(state: State, ask: (question: 'switch' | 'wait') => void) {
  const change = useCommand('time.switch');
  const clock = useCommand('time.clock');
  const { projectId } = useWorkedProject();
  const spans = useQuery('time.day', { day: null }).data?.spans ?? [];
  const last = spans.findLast(({ lane, what }) => lane === 'activity' && what !== 'break')?.what ?? 'annotating';
  const { activity, presence } = state;
  const goTo = (next: Activity | null) => void change.run({ activity: next, projectId, taskId: null });
  const onBreak = activity?.what === 'break';
  const deeds: Deed[] = [
    {
      key: 'Space',
      label: activity ? 'day.timer.stop' : 'day.timer.goOn',
      run: () => goTo(activity ? null : (last as Activity)),
    },
    { key: 'S', label: 'day.timer.switch', run: () => ask('switch') },
    { key: 'W', label: 'day.wait.button', run: () => ask('wait') },
    {
      key: 'B',
      label: onBreak ? 'day.timer.goOn' : 'day.activities.break',
      run: () => goTo(onBreak ? (last as Activity) : 'break'),
    },
    {
      key: 'P',
      label: presence ? 'day.clock.out' : 'day.clock.in',
      run: () => void clock.run({ in: presence === null }),
    },
    { key: 'H', label: 'day.timer.hide', run: () => setCovered(true) },
  ];
  return { deeds, error: change.error ?? clock.error };
}
