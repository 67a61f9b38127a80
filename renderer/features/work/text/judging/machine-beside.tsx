import { Button, Checkbox } from '@mantine/core';
import { sameAnswer } from '#shared/metrics/machine.metric.ts';
import { answersTheTask, comparedJudgements, judgementOf } from '#shared/rules/judgement-form.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import type { TextStageProps } from '../text-room.tsx';
import { useJudgementWords } from './machine-words.ts';
import classes from './machine-beside.module.css';

/** The machine's answer beside the worker's: kept back until they have judged for themselves, then both, and what stands now. */
export function MachineBeside({ item, judging, rules, check }: TextStageProps) {
  const t = useText();
  const words = useJudgementWords(item, rules.text ?? {});
  const { there, hidden, asked, machine, own, hides, hide, judge, running, error } = judging;
  const judged = answersTheTask(item, check.doc);
  useActions({ 'text.judge': { run: judge, when: () => hidden && judged && !dialogIsOpen() } });
  if (!there) return null;
  const now = judgementOf(check.doc);
  const [first, last] = [comparedJudgements(item, own, machine), comparedJudgements(item, now, machine)];
  const changed = own !== null && first !== null && last !== null && !sameAnswer(first.own, last.own);
  const agrees = first !== null && sameAnswer(first.own, first.machine);
  return (
    <section
      className={classes.machine}
      aria-label={t('work.text.judging.machine')}
      data-machine={hidden ? 'hidden' : 'shown'}
    >
      <h2 className={classes.head}>{t('work.text.judging.machine')}</h2>
      {hidden ? (
        <>
          <p className={classes.what}>{t(asked ? 'work.text.judging.hiddenAsked' : 'work.text.judging.hiddenOwn')}</p>
          <Button
            size="xs"
            variant="default"
            fullWidth
            loading={running}
            disabled={!judged}
            title={judged ? undefined : t('work.text.judging.judgeBefore')}
            onClick={judge}
            rightSection={<KeyHint of="text.judge" keys="Ctrl+J" />}
          >
            {t('work.text.judging.seal')}
          </Button>
          <ErrorNotice error={error} />
        </>
      ) : (
        <dl className={classes.both} role="status">
          {own !== null && (
            <div data-judgement="own">
              <dt>{t('work.text.judging.own')}</dt>
              <dd dir="auto">{words(own, machine, 'own')}</dd>
            </div>
          )}
          <div data-judgement="machine">
            <dt>{t('work.text.judging.theirs')}</dt>
            <dd dir="auto">{words(own, machine, 'machine')}</dd>
          </div>
          {changed && (
            <div data-judgement="now">
              <dt>{t('work.text.judging.now')}</dt>
              <dd dir="auto">{words(now, machine, 'own')}</dd>
            </div>
          )}
        </dl>
      )}
      {!hidden && own !== null && first !== null && (changed || first.own !== null) && (
        <p className={classes.what}>
          {changed
            ? t('work.text.judging.changed')
            : t(agrees ? 'work.text.judging.agrees' : 'work.text.judging.differs')}
        </p>
      )}
      {!asked && own === null && (
        <Checkbox
          size="xs"
          label={t('work.text.judging.hide')}
          checked={hides}
          onChange={(event) => hide(event.currentTarget.checked)}
        />
      )}
    </section>
  );
}
