import type { ReactNode } from 'react';
import { breachCounts, isAskedAbout } from '#shared/rules/text-breaches.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { SubmitArea } from '../submit-area.tsx';
import { TaskAccount } from '../task-account.tsx';
import { TextBreachList } from './text-breach-list.tsx';
import type { TextStageProps } from './text-room.tsx';
import classes from './text-side.module.css';

/** Beside the answer: what its kind asks for, what breaks a rule, the account, and submitting. */
export function TextSide(props: TextStageProps & { children: ReactNode }) {
  const { project, facts, item, check, submission, children } = props;
  const t = useText();
  const { breaches } = check;
  return (
    <aside className={classes.side} aria-label={t('work.text.side')} data-kind={item.kind}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key */}
      <div className={classes.scroll} role="group" tabIndex={0} aria-label={t('work.text.side')}>
        {children}
        <TextBreachList {...props} />
        <TaskAccount project={project} taskId={facts.task.id} />
      </div>
      <SubmitArea
        submission={submission}
        facts={facts}
        what={check.doc.answer?.refused ? t('work.text.submitRefusal') : t('work.text.submitWhat')}
        breaches={{
          asked: breaches.filter(isAskedAbout).length,
          counts: breachCounts(breaches).map((each) => ({
            ...each,
            rule: t(`work.text.breaches.names.${each.rule}`),
          })),
        }}
      />
    </aside>
  );
}
