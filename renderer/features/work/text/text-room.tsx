import { useEffect, useMemo } from 'react';
import type { TextItem } from '#shared/domain/text.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import type { DraftJournal } from '../draft-journal.ts';
import { useGuideline } from '../use-guideline.ts';
import { useDraft, type TaskFacts } from '../use-open-task.ts';
import type { Submission } from '../use-submit.ts';
import type { ProjectRow } from '../work-page.tsx';
import { isJudged } from './judging/judged-kinds.ts';
import { JudgingSide } from './judging/judging-side.tsx';
import { JudgingStage } from './judging/judging-stage.tsx';
import { MachineBeside } from './judging/machine-beside.tsx';
import { asShown, shownOrder } from './judging/shown-order.ts';
import type { JudgeFirst } from './judging/use-judge-first.ts';
import { PromptPane } from './prompt-pane.tsx';
import { RefuseDialog } from './refuse-dialog.tsx';
import type { TextDesk } from './text-desk.ts';
import type { TextFacts } from './text-keeper.ts';
import { TextSide } from './text-side.tsx';
import { setCalm, textStore } from './text.store.ts';
import { useTextBreaches, type TextCheck } from './use-text-breaches.ts';
import { WritingSide } from './writing-side.tsx';
import { WritingStage } from './writing-stage.tsx';
import classes from './text-room.module.css';

/** What every part of the room is given. */
export interface TextRoomProps {
  project: ProjectRow;
  facts: TaskFacts;
  journal: DraftJournal;
  desk: TextDesk;
  /** What is asked, as it may be seen now. */
  asked: TextFacts;
  submission: Submission;
  judging: JudgeFirst;
}

/** What the parts beside the prompt are given on top of that. */
export interface TextStageProps extends TextRoomProps {
  item: TextItem;
  rules: CheckableRules;
  check: TextCheck;
}

const noRules: CheckableRules = {};

/** What is asked at the left, the answer in the middle, and at the right what is asked of it, its sources and its account. */
export function TextRoom(props: TextRoomProps) {
  const { project, journal, desk, asked } = props;
  const { task } = props.facts;
  const kept = useDraft(journal).journal.doc.answer?.shown;
  const item = useMemo(
    // Whose answers they are is told once the task is done.
    () => asShown(asked.item, shownOrder(task.id, asked.item, kept), task.state !== 'submitted'),
    [asked.item, kept, task],
  );
  const rules = useGuideline(project.id)?.rules ?? noRules;
  const check = useTextBreaches({ desk, item, labels: project.labels, rules });
  const { calm, dialog } = textStore();
  const { doc } = useDraft(journal).journal;
  const stage: TextStageProps = useMemo(() => ({ ...props, item, rules, check }), [check, item, props, rules]);

  useEffect(
    () => () => textStore.setState({ editor: null, selected: null, dialog: null, proof: false, preview: false }),
    [],
  );
  // What was written stands in the journal before the task is left.
  useEffect(() => () => desk.settle(), [desk]);
  const when = () => !dialogIsOpen();
  useActions({
    'text.undo': { run: () => desk.undo(), when },
    'text.redo': { run: () => desk.redo(), when },
    'text.refuse': {
      run: () => {
        if (doc.answer?.refused) desk.say({ refused: null });
        else textStore.setState({ dialog: 'refuse' });
      },
      when,
    },
    'text.calm': { run: () => setCalm(!calm), when },
  });

  return (
    <div className={classes.room} data-task={props.facts.task.id} data-kind={item.kind} data-calm={calm || undefined}>
      <div className={classes.main}>
        {!calm && item.kind !== 'mark' && <PromptPane item={item} mediaUrl={props.facts.mediaUrl} />}
        {isJudged(item) ? <JudgingStage {...stage} /> : <WritingStage {...stage} />}
      </div>
      {!calm && (
        <TextSide {...stage}>
          <MachineBeside {...stage} />
          {isJudged(item) ? <JudgingSide {...stage} /> : <WritingSide {...stage} />}
        </TextSide>
      )}
      {dialog === 'refuse' && <RefuseDialog desk={desk} rules={rules.text ?? {}} />}
    </div>
  );
}
