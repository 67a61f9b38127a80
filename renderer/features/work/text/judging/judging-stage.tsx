import type { ComponentType } from 'react';
import type { TextKind } from '#shared/domain/text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { FieldEditor } from '../field-editor.tsx';
import { goTo, toJudging } from '../go-to.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import { TextFoot } from '../text-foot.tsx';
import type { TextStageProps } from '../text-room.tsx';
import { WritingBar } from '../writing-bar.tsx';
import { CategoryPicker } from './category-picker.tsx';
import { CompareAnswers } from './compare-answers.tsx';
import { MarkPassages } from './mark-passages.tsx';
import { RankAnswers } from './rank-answers.tsx';
import { RateAnswers } from './rate-answers.tsx';
import classes from './judging.module.css';

const judges: Partial<Record<TextKind, ComponentType<TextStageProps>>> = {
  categorise: CategoryPicker,
  compare: CompareAnswers,
  rank: RankAnswers,
  rate: RateAnswers,
  mark: MarkPassages,
};

/** Where one judges: categories, a preference, a ranking, ratings or passages, and below it the reason. */
export function JudgingStage(props: TextStageProps) {
  const { item, desk, rules, check } = props;
  const t = useText();
  const Judge = judges[item.kind];
  const refused = check.doc.answer?.refused;
  const when = () => !dialogIsOpen();
  useActions({
    'text.write': { run: () => void toJudging(), when },
    'text.reason': { run: () => goTo({ field: 'reason', start: 0, end: 0 }), when },
  });
  return (
    <section className={classes.stage} aria-label={t('work.text.stage')}>
      <WritingBar item={item} refused={refused !== undefined} />
      {refused && <RefusedNotice refused={refused} rules={rules.text ?? {}} />}
      <div className={classes.body}>{Judge && <Judge {...props} />}</div>
      <div className={classes.reason}>
        <span className={classes.reasonName}>
          {t('work.text.reason')} <KeyHint of="text.reason" keys="Alt+N" />
        </span>
        <FieldEditor
          field={desk.texts.field('reason')}
          label={t('work.text.reason')}
          hint={t(
            rules.text?.requireReason === true ? 'work.text.judging.reasonAsked' : 'work.text.judging.reasonFree',
          )}
          grows
        />
      </div>
      <TextFoot {...props} />
    </section>
  );
}
