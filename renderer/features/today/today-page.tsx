import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { nextDay } from '#shared/rules/periods.rules.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useWorkedProject } from '#renderer/client/use-worked-project.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { useNow } from '#renderer/lib/use-now.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { GapAnswers } from '#renderer/ui/gap-answers.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { CorrectDialog, type Move } from './correct-dialog.tsx';
import { DayEntries } from './day-entries.tsx';
import { DayFigures } from './day-figures.tsx';
import { LargeRibbon } from './large-ribbon.tsx';
import { StateDialog } from './state-dialog.tsx';
import type { Stretch } from './stretch-plan.ts';
import classes from './today.module.css';

export type Account = Output<'time.day'>;
export type Gap = Account['gaps'][number];

/** A day as it was: the ribbon to correct it on, its gaps, its figures, and what was written down. */
export function TodayPage() {
  const t = useText();
  const { day: asked } = useRoomParams('today');
  const today = useQuery('time.state', {}).data?.day;
  const day = asked ?? today;
  const account = useQuery('time.day', day === undefined ? null : { day });
  const data = account.data;
  const go = (next: string) => {
    if (today !== undefined && next <= today) navigate('today', next === today ? {} : { day: next }, { replace: true });
  };
  useActions({
    'today.before': () => day && go(nextDay(day, -1)),
    'today.after': () => day && go(nextDay(day, 1)),
    'today.now': () => today && go(today),
  });
  return (
    <Page
      title={day === undefined || day === today ? t('app.rooms.today') : t('today.anotherDay')}
      layout="fill"
      actions={day && <DayChoice day={day} today={today ?? day} onGo={go} />}
    >
      <div className={classes.page}>
        <ErrorNotice error={account.error} onAgain={account.refetch} />
        {data && day && <Day account={data} isToday={data.day === today} />}
      </div>
    </Page>
  );
}

interface DayChoiceProps {
  day: string;
  today: string;
  onGo: (day: string) => void;
}

function DayChoice({ day, today, onGo }: DayChoiceProps) {
  const t = useText();
  const format = useFormat();
  return (
    <>
      <span className={classes.dayName}>{format.dayOfWeek(day)}</span>
      <Tooltip label={t('today.actions.before')}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('today.actions.before')}
          onClick={() => onGo(nextDay(day, -1))}
        >
          <IconChevronLeft size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <DayField
        className={classes.dayField}
        aria-label={t('today.day')}
        value={day}
        onChange={(chosen) => chosen !== '' && onGo(chosen)}
      />
      <Tooltip label={t('today.actions.after')}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('today.actions.after')}
          disabled={day >= today}
          onClick={() => onGo(nextDay(day, 1))}
        >
          <IconChevronRight size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Button variant="default" disabled={day === today} onClick={() => onGo(today)}>
        {t('today.actions.now')}
      </Button>
    </>
  );
}

function Day({ account, isToday }: { account: Account; isToday: boolean }) {
  const t = useText();
  const now = useNow();
  const [move, setMove] = useState<Move | null>(null);
  const [asked, setAsked] = useState<readonly Gap[] | null>(null);
  const stretches = useMemo(
    () =>
      account.spans.map((span): Stretch & Pick<typeof span, 'paid' | 'projectId' | 'taskId' | 'taskKind'> => ({
        ...span,
        start: Date.parse(span.start),
        end: Date.parse(span.end),
      })),
    [account.spans],
  );
  const askAll = () => account.gaps.length > 0 && setAsked(account.gaps);
  const [stating, setStating] = useState(false);
  const state = () => setStating(true);
  const worked = useWorkedProject();
  useActions({ 'today.gaps': askAll, 'today.state': state });
  const begin = (stretch: Stretch, times: Move['times'], grip: Move['grip']) => {
    const whole = stretches.find(({ id }) => id === stretch.id);
    if (whole) setMove({ stretch: whole, times, grip });
  };
  return (
    <>
      <section className={classes.dayPart} aria-label={t('today.ribbon')}>
        {account.spans.length === 0 ? (
          <EmptyState
            sentence={t(isToday ? 'today.empty' : 'today.emptyDay')}
            action={
              <Button variant="default" onClick={state} rightSection={<KeyHint of="today.state" keys="N" />}>
                {t('today.state.open')}
              </Button>
            }
          />
        ) : (
          <>
            <LargeRibbon
              account={account}
              stretches={stretches}
              now={now}
              onMove={begin}
              onGap={(gap) => setAsked([gap])}
            />
            <div className={classes.under}>
              <span className={classes.hint}>{t('today.hint')}</span>
              <Button
                size="compact-sm"
                variant="default"
                onClick={state}
                rightSection={<KeyHint of="today.state" keys="N" />}
              >
                {t('today.state.open')}
              </Button>
              {account.gaps.length > 0 && (
                <Popover
                  opened={asked !== null}
                  onChange={(open) => !open && setAsked(null)}
                  position="bottom-end"
                  transitionProps={{ duration: 0 }}
                >
                  <Popover.Target>
                    <Button
                      size="compact-sm"
                      variant="default"
                      onClick={askAll}
                      rightSection={<KeyHint of="today.gaps" keys="F" />}
                    >
                      {t('today.fillGaps', { count: account.gaps.length })}
                    </Button>
                  </Popover.Target>
                  <Popover.Dropdown p={0}>
                    {asked && (
                      <GapAnswers
                        asked={asked.map((gap) => ({ gap, account }))}
                        today={account.day}
                        onClose={() => setAsked(null)}
                      />
                    )}
                  </Popover.Dropdown>
                </Popover>
              )}
            </div>
          </>
        )}
      </section>
      <DayFigures day={account.day} />
      <DayEntries day={account.day} />
      {move && <CorrectDialog move={move} day={account.day} stretches={stretches} onClose={() => setMove(null)} />}
      {stating && (
        <StateDialog day={account.day} start={account.start} worked={worked} onClose={() => setStating(false)} />
      )}
    </>
  );
}
