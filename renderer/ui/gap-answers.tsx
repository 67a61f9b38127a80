import { IconHourglass } from '@tabler/icons-react';
import { useState } from 'react';
import type { Input, Output } from '#shared/contract/contract.ts';
import type { PayRate } from '#shared/domain/project.ts';
import type { Activity, WaitingFor } from '#shared/domain/time.ts';
import { inForceOn } from '#shared/rules/projects.rules.ts';
import { paidByTerms } from '#shared/rules/time.rules.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { whatWords } from '#renderer/lib/time-words.ts';
import { ActivityDot } from './activity-dot.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { KeyMenu } from './key-menu.tsx';

type Gap = Output<'time.day'>['gaps'][number];
type Answer = Input<'time.answerGap'>['answer'];

/** What holes usually were, most common first, each with its key. */
const usual: readonly (readonly ['activity', Activity] | readonly ['waiting', WaitingFor])[] = [
  ['activity', 'break'],
  ['activity', 'annotating'],
  ['activity', 'revising'],
  ['activity', 'training'],
  ['activity', 'meeting'],
  ['waiting', 'tasks'],
  ['waiting', 'feedback'],
  ['waiting', 'rules'],
  ['activity', 'keeping-records'],
];

/** Asks about holes in a day's record one after another, each answered with one key; `onClose` after the last. */
export function GapAnswers({ gaps, onClose }: { gaps: readonly Gap[]; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const answer = useCommand('time.answerGap');
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  const left = gaps.filter((each) => !answered.has(keyOf(each)));
  const gap = left[0];
  const { projectId, rate } = useLastProject();
  if (!gap) return null;
  const { start, end } = gap;
  const say = async (said: Answer) => {
    if (!(await answer.run({ start, end, answer: said, projectId: said.lane === 'nothing' ? null : projectId })))
      return;
    setAnswered(new Set([...answered, keyOf(gap)]));
    if (left.length === 1) onClose();
  };
  const length = format.duration(Date.parse(end) - Date.parse(start));
  return (
    <KeyMenu
      key={keyOf(gap)}
      title={t('day.gaps.title', { from: format.time(start), to: format.time(end), length })}
      lead={`${t(`day.gaps.why.${gap.why}`)} ${left.length > 1 ? t('day.gaps.left', { count: left.length - 1 }) : ''}`}
      onClose={onClose}
      answers={[
        ...usual.map(([lane, what], at) => ({
          key: String(at + 1),
          label: whatWords(t, lane, what),
          mark: lane === 'waiting' ? <IconHourglass size={12} stroke={1.8} aria-hidden /> : <ActivityDot what={what} />,
          run: () => void say({ lane, what, paid: paidByTerms(lane, what, rate, projectId !== null) } as Answer),
        })),
        { key: '0', label: t('day.gaps.nothing'), run: () => void say({ lane: 'nothing' }) },
      ]}
    >
      <ErrorNotice error={answer.error} />
    </KeyMenu>
  );
}

const keyOf = ({ start, end }: Gap) => `${start} ${end}`;

/** The project that was worked on last, and what it pays today: what was done in a gap was most likely done for it. */
function useLastProject(): { projectId: Input<'time.answerGap'>['projectId']; rate: PayRate | null } {
  const [remembered] = useUiSetting('work.project', '');
  const day = useQuery('time.state', {}).data?.day;
  const projects = useQuery('projects.list', {}, { topics: ['projects'] }).data?.projects ?? [];
  const project = projects.find(({ id }) => id === remembered) ?? (projects.length === 1 ? projects[0] : undefined);
  if (!project || day === undefined) return { projectId: project?.id ?? null, rate: null };
  return { projectId: project.id, rate: inForceOn(project.terms, day)?.rate ?? null };
}
