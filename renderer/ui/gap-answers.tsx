import { IconHourglass } from '@tabler/icons-react';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import type { Input, Output } from '#shared/contract/contract.ts';
import type { PayRate } from '#shared/domain/project.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Activity, WaitingFor } from '#shared/domain/time.ts';
import { rateOfTime } from '#shared/rules/projects.rules.ts';
import { paidByTerms } from '#shared/rules/time.rules.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useWorkedProject } from '#renderer/client/use-worked-project.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { keepKeysDuring } from '#renderer/lib/kept-keys.ts';
import { whatWords } from '#renderer/lib/time-words.ts';
import { ActivityDot } from './activity-dot.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { KeyMenu } from './key-menu.tsx';

type Account = Output<'time.day'>;
type Gap = Account['gaps'][number];
type Answer = Input<'time.answerGap'>['answer'];

/** What holes usually were, most common first, each with its key. */
const usual: readonly (
  readonly [key: string, lane: 'activity', what: Activity] | readonly [key: string, lane: 'waiting', what: WaitingFor]
)[] = [
  ['1', 'activity', 'break'],
  ['2', 'activity', 'annotating'],
  ['3', 'activity', 'revising'],
  ['4', 'activity', 'training'],
  ['5', 'activity', 'meeting'],
  ['6', 'waiting', 'tasks'],
  ['7', 'waiting', 'feedback'],
  ['8', 'waiting', 'rules'],
  ['9', 'activity', 'keeping-records'],
  // Rarer, so by letters: the figures above stay where fingers know them.
  ['H', 'waiting', 'screen-hours'],
  ['A', 'activity', 'appealing'],
  ['T', 'activity', 'testing-assistant'],
];

/** A hole, and the day it is a hole in. */
export interface AskedGap {
  gap: Gap;
  account: Account;
}

interface Props {
  asked: readonly AskedGap[];
  /** The day nobody has to be told that it is meant. */
  today: string;
  onClose: () => void;
}

/** The holes of a day's record. */
export const gapsOf = (account: Account): AskedGap[] => account.gaps.map((gap) => ({ gap, account }));

/** Asks about holes in the record one after another, each answered with one key; `onClose` after the last. */
export function GapAnswers({ asked, today, onClose }: Props) {
  const t = useText();
  const format = useFormat();
  const answer = useCommand('time.answerGap');
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  const left = asked.filter(({ gap }) => !answered.has(keyOf(gap)));
  const first = left[0];
  const { projectId, rate } = useProjectOf(first);
  if (!first) return null;
  const { gap, account } = first;
  const { start, end } = gap;
  const say = async (said: Answer) => {
    if (!(await answer.run({ start, end, answer: said, projectId: said.lane === 'nothing' ? null : projectId })))
      return;
    // Drawn at once, so that the next key answers the next hole.
    flushSync(() => {
      setAnswered(new Set([...answered, keyOf(gap)]));
      if (left.length === 1) onClose();
    });
  };
  const length = format.duration(Date.parse(end) - Date.parse(start));
  return (
    <KeyMenu
      key={keyOf(gap)}
      title={t('day.gaps.title', {
        from: account.day === today ? format.time(start) : `${format.dayOfWeek(account.day)} ${format.time(start)}`,
        to: format.time(end),
        length,
      })}
      lead={`${t(`day.gaps.why.${gap.why}`)} ${left.length > 1 ? t('day.gaps.left', { count: left.length - 1 }) : ''}`}
      onClose={onClose}
      answers={[
        ...usual.map(([key, lane, what]) => ({
          key,
          label: whatWords(t, lane, what),
          mark: lane === 'waiting' ? <IconHourglass size={12} stroke={1.8} aria-hidden /> : <ActivityDot what={what} />,
          run: () =>
            keepKeysDuring(say({ lane, what, paid: paidByTerms(lane, what, rate, projectId !== null) } as Answer)),
        })),
        { key: '0', label: t('day.gaps.nothing'), run: () => keepKeysDuring(say({ lane: 'nothing' })) },
      ]}
    >
      <ErrorNotice error={answer.error} />
    </KeyMenu>
  );
}

const keyOf = ({ start, end }: Gap) => `${start} ${end}`;

/** The project that was worked on before a gap, else after it, else last of all: what was done in it was most likely done for that one. */
function useProjectOf(asked: AskedGap | undefined): { projectId: ProjectId | null; rate: PayRate | null } {
  const worked = useWorkedProject();
  const { day = '', spans = [] } = asked?.account ?? {};
  const works = spans.filter(({ lane, projectId }) => lane === 'activity' && projectId !== null);
  const before = asked && works.findLast(({ end }) => Date.parse(end) <= Date.parse(asked.gap.start));
  const projectId = (before ?? works[0])?.projectId ?? worked.projectId;
  const project = worked.projects.find(({ id }) => id === projectId);
  return { projectId, rate: project ? rateOfTime(project.terms, null, day) : null };
}
