import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { TaskId } from '#shared/domain/ids.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { createScope } from '#renderer/lib/scope.ts';
import type { DraftJournal } from '../draft-journal.ts';
import { StageNotice } from '../stage-notice.tsx';
import { useOpenTask } from '../use-open-task.ts';
import { useQueueActions } from '../use-queue-actions.ts';
import { useSubmit, type SubmitTool } from '../use-submit.ts';
import type { ProjectRow } from '../work-page.tsx';
import { workStore } from '../work.store.ts';
import { createSoundDesk, type SoundDesk } from './sound-desk.ts';
import { SoundCompare } from './sound-compare.tsx';
import { SoundRoom } from './sound-room.tsx';
import { useRecording } from './use-recording.ts';
import classes from './sound-view.module.css';

interface Props {
  project: ProjectRow;
  taskId: TaskId;
  onOpen: (taskId: TaskId) => void;
}

/** The open task of a project of recordings: the sound with its segments, what is said in them, and the account of this task. */
export function SoundView({ project, taskId, onOpen }: Props) {
  const t = useText();
  const open = useOpenTask(taskId);
  const facts = open.status === 'open' ? open.facts : null;
  const journal = open.status === 'open' ? open.journal : null;
  const recording = useRecording(facts);
  const desk = useDesk(journal, taskId);
  /** What the room measured of the recording, for what is sealed. */
  const measured = useRef<SubmitTool['measured']>(() => ({}));
  const tool = useMemo(
    (): SubmitTool => ({
      ready: recording.status === 'shown',
      settle: () => desk?.settle(),
      measured: () => measured.current(),
    }),
    [desk, recording.status],
  );
  const submission = useSubmit({ project, facts, journal, tool, onOpen });
  const { next } = useQueueActions({ project, taskId, facts, submission, onOpen });
  const comparing = workStore((state) => state.comparing);
  const shown = recording.status === 'shown' && desk && journal && facts;
  if (!shown) {
    return (
      <section className={classes.empty} aria-label={t('work.sound.stage')}>
        <StageNotice open={open} media={recording} kind="sound" onNext={next} />
      </section>
    );
  }
  return (
    <>
      <SoundRoom
        // Another recording is another room: nothing of the one before is carried over.
        key={taskId}
        project={project}
        facts={facts}
        journal={journal}
        desk={desk}
        sound={recording.sound}
        submission={submission}
        measured={measured}
      />
      {comparing && (
        <SoundCompare
          taskId={taskId}
          labels={project.labels}
          desk={desk}
          journal={journal}
          rate={recording.sound.facts.rate}
        />
      )}
    </>
  );
}

/** The desk of the task on screen. What was typed last goes into the journal before anybody lets the journal go. */
function useDesk(journal: DraftJournal | null, taskId: TaskId): SoundDesk | null {
  const [desk, setDesk] = useState<{ journal: DraftJournal; desk: SoundDesk } | null>(null);
  useLayoutEffect(() => {
    if (!journal) return undefined;
    const made = createSoundDesk(journal);
    setDesk({ journal, desk: made });
    const scope = createScope();
    scope.own(made);
    // Before the keeper of journals hurries what it has when the window goes.
    for (const going of ['beforeunload', 'pagehide']) scope.listen(window, going, made.settle, { capture: true });
    return () => scope.dispose();
  }, [journal, taskId]);
  return desk !== null && desk.journal === journal ? desk.desk : null;
}
