import { v7 as uuidv7 } from 'uuid';
import { useCallback } from 'react';
import type { ShapeId } from '#shared/domain/annotation.ts';
import { breachCounts, isAskedAbout, type CheckedSound, type SoundBreach } from '#shared/rules/sound-breaches.rules.ts';
import { mendOf } from '#shared/rules/sound-mends.rules.ts';
import { levelsAbove } from '#shared/sound/noise-floor.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import type { Sound } from '#renderer/sound/sound.ts';
import type { DraftJournal } from '../draft-journal.ts';
import { ObjectPanel } from '../object-panel.tsx';
import { SubmitArea } from '../submit-area.tsx';
import { TaskAccount } from '../task-account.tsx';
import type { TaskFacts } from '../use-open-task.ts';
import type { Submission } from '../use-submit.ts';
import type { ProjectRow } from '../work-page.tsx';
import { ClassKeys } from './class-keys.tsx';
import { SoundBreachList } from './sound-breach-list.tsx';
import { SoundProposals, type ProposedSegment } from './sound-proposals.tsx';
import type { SoundDesk } from './sound-desk.ts';
import type { BreachWords } from './use-sound-breaches.ts';
import classes from './sound-side.module.css';

interface Props {
  project: ProjectRow;
  facts: TaskFacts;
  journal: DraftJournal;
  desk: SoundDesk;
  sound: Sound;
  checked: CheckedSound;
  breaches: readonly SoundBreach[];
  words: BreachWords;
  proposals: readonly ProposedSegment[];
  submission: Submission;
  /** Brings a stretch into view. */
  onReveal: (start: number, end: number) => void;
  /** Lets a proposal be seen and heard. */
  onLook: (proposal: ProposedSegment) => void;
}

/** Beside the transcript: classes, what is asked of a segment, what is proposed, the account, what breaks a rule, and submitting. */
export function SoundSide(props: Props) {
  const { project, facts, journal, desk, sound, checked, breaches, words, proposals, submission } = props;
  const { onReveal, onLook } = props;
  const t = useText();
  const format = useFormat();
  const { rate } = sound.facts;
  const count = checked.doc.shapes.length;
  const onJump = useCallback(
    ({ at }: SoundBreach) => {
      onReveal(at.start, at.end);
      desk.setCursor(at.start);
    },
    [desk, onReveal],
  );
  const onMend = useCallback(
    (breach: SoundBreach) => {
      const levels = Array.from({ length: sound.facts.channels }, (_, channel) => sound.levels(channel));
      const above = levelsAbove(levels);
      return desk.edit((doc) => mendOf(breach, { ...checked, doc, above }, () => uuidv7() as ShapeId));
    },
    [checked, desk, sound],
  );
  return (
    <aside className={classes.side} aria-label={t('work.sound.side')}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key */}
      <div className={classes.scroll} role="group" tabIndex={0} aria-label={t('work.sound.side')}>
        <ClassKeys labels={project.labels} desk={desk} journal={journal} />
        <ObjectPanel projectId={project.id} labels={project.labels} desk={desk} journal={journal} />
        <SoundProposals desk={desk} rate={rate} open={proposals} onLook={onLook} />
        <TaskAccount project={project} taskId={facts.task.id} />
      </div>
      {/* Below what scrolls: while one writes it is in sight, however much is asked of the segment. */}
      <SoundBreachList desk={desk} rate={rate} breaches={breaches} words={words} onJump={onJump} onMend={onMend} />
      <SubmitArea
        submission={submission}
        facts={facts}
        what={t('work.sound.submitWhat', { count, formatted: format.number(count, 0) })}
        breaches={{
          asked: breaches.filter(isAskedAbout).length,
          counts: breachCounts(breaches).map((each) => ({
            ...each,
            rule: t(`work.sound.breaches.names.${each.rule}`),
          })),
        }}
      />
    </aside>
  );
}
