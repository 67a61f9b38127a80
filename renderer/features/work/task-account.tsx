import { Anchor, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { Money } from '#shared/domain/money.ts';
import { asksForKind, termsFor } from '#shared/rules/projects.rules.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { useNow } from '#renderer/lib/use-now.ts';
import { Figure } from '#renderer/ui/figure.tsx';
import { SeenBefore } from './seen-before.tsx';
import type { ProjectRow } from './work-page.tsx';
import { workStore } from './work.store.ts';
import classes from './task-account.module.css';

/** Screens lower than this many CSS pixels begin with the account folded to its three lines. */
const lowScreen = 860;

/** The day's account beside the photo: what this task took, and what today comes to so far. */
export const TaskAccount = memo(function TaskAccount({ project, taskId }: { project: ProjectRow; taskId: TaskId }) {
  const t = useText();
  const format = useFormat();
  const state = useQuery('time.state', {}).data;
  const measured = useQuery('time.task', { taskId });
  const account = useQuery('time.day', { day: null }).data;
  const now = useNow();
  const runs = state?.activity?.taskId === taskId;
  // Until it is known, that of the task before says nothing of this one.
  const { taskMs, now: asked } = (measured.previous ? undefined : measured.data) ?? { taskMs: 0, now: null };
  const since = runs && asked !== null ? Math.max(0, now - Date.parse(asked)) : 0;
  const today = account?.day;
  const task = useQuery('tasks.get', { taskId }).data?.task;
  const kind = (task?.id === taskId ? task.kind : null) ?? null;
  const terms = today === undefined ? undefined : termsFor(project.terms, kind, today);
  const rate = terms?.rate.per === 'piece' ? terms.rate.amount : null;
  const { minor, currency } = rate ?? {};
  const more = account ? runningSince(account, now) : { worked: 0, byPiece: 0, unpaid: 0, unstated: 0 };
  const totals = account?.totals;
  // On a low screen the room is for what is drawn; one click shows the rest, and that is remembered.
  const [open, setOpen] = useUiSetting('work.account.open', window.innerHeight >= lowScreen);
  const promised = account && account.promised.length === 0 && rate ? [{ ...rate, minor: 0 }] : account?.promised;

  const parts = [
    { name: 'byPiece', ms: (totals?.paidByPiece ?? 0) + more.byPiece },
    { name: 'unpaid', ms: (totals?.unpaid ?? 0) + more.unpaid },
    { name: 'unstated', ms: (totals?.unstated ?? 0) + more.unstated },
  ] as const;
  const openProject = () => navigate('projects', { projectId: project.id });
  const openTask = () => navigate('ledger', { subject: taskId });
  const openDay = () => navigate('ledger', account ? { entries: account.entries, title: t('work.account.today') } : {});
  return (
    <section className={classes.account} aria-label={t('work.account.title')}>
      <SeenBefore taskId={taskId} />
      <dl className={classes.figures}>
        <Line
          name={
            <UnstyledButton className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
              {t('work.account.task')}
              <IconChevronDown size={14} stroke={1.6} aria-hidden className={classes.chevron} />
            </UnstyledButton>
          }
          strong
        >
          <Figure value={format.clock(taskMs + since)} formula={t('work.account.taskFormula')} onOpen={openTask} />
        </Line>
        {(asksForKind(project.terms) || kind !== null) && (
          <Line name={t('work.kind.name')}>
            <UnstyledButton
              className={classes.kind}
              title={t('work.kind.change')}
              onClick={() => workStore.setState({ dialog: 'kind' })}
            >
              {kind ?? t('work.kind.none')}
            </UnstyledButton>
          </Line>
        )}
        <Line name={t('work.account.worked')}>
          <Figure
            value={format.duration((totals?.worked ?? 0) + more.worked)}
            formula={t('work.account.workedFormula')}
            onOpen={openDay}
          />
        </Line>
        {open &&
          parts
            .filter(({ ms }) => ms > 0)
            .map(({ name, ms }) => (
              <Line key={name} name={t(`work.account.${name}`)} amber={name === 'unpaid'}>
                <Figure value={format.duration(ms)} formula={t(`work.account.${name}Formula`)} onOpen={openDay} />
              </Line>
            ))}
        <Line name={t('work.account.promised')}>
          <Figure
            value={promisedText(promised ?? [], format.money) || '—'}
            formula={
              minor === undefined || currency === undefined
                ? t('work.account.promisedNoTerms')
                : t('work.account.promisedFormula', { rate: format.money({ minor, currency }) })
            }
            onOpen={openDay}
          />
        </Line>
      </dl>
      {open && terms === null && (
        <p className={classes.noTerms}>
          {t('work.account.noTerms')}{' '}
          <Anchor component="button" type="button" size="xs" onClick={openProject}>
            {t('work.account.setTerms')}
          </Anchor>
        </p>
      )}
    </section>
  );
});

/** What the stretches under way added since the account was told, by how they are paid; milliseconds. */
function runningSince({ spans }: Output<'time.day'>, now: number) {
  const added = { worked: 0, byPiece: 0, unpaid: 0, unstated: 0 };
  for (const { running, lane, what, end, paid } of spans) {
    if (!running || lane !== 'activity' || what === 'break') continue;
    const ms = Math.max(0, now - Date.parse(end));
    added.worked += ms;
    if (paid === 'by-piece') added.byPiece += ms;
    if (paid === 'unpaid') added.unpaid += ms;
    if (paid === 'unstated') added.unstated += ms;
  }
  return added;
}

interface LineProps {
  name: ReactNode;
  strong?: boolean;
  amber?: boolean;
  children: ReactNode;
}

function Line({ name, strong = false, amber = false, children }: LineProps) {
  return (
    <div className={classes.line} data-strong={strong || undefined} data-amber={amber || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function promisedText(amounts: readonly Money[], money: (amount: Money) => string): string {
  return amounts.map(money).join(' + ');
}
