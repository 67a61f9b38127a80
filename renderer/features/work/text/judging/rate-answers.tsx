import { useRef } from 'react';
import { criteriaOf } from '#shared/rules/text-breaches.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { RatingInput } from '../rating-input.tsx';
import type { TextStageProps } from '../text-room.tsx';
import { CandidateText } from './candidate-text.tsx';
import { useFirstFocus } from './compare-answers.tsx';
import { useUsualKeys } from './judging-keys.ts';
import classes from './judging.module.css';

/** Each answer with what it is rated by below it. Tab leads from question to question, digits, `y` and `n` answer. */
export function RateAnswers({ desk, item, rules, check }: TextStageProps) {
  const t = useText();
  const list = useRef<HTMLDivElement>(null);
  const shown = item.candidates.map(({ id }) => id);
  const ratings = check.doc.answer?.ratings ?? {};
  const criteria = criteriaOf(rules.text ?? {});
  const usual = useUsualKeys();
  useFirstFocus(list, criteria.map(({ name }) => name).join('\n'));
  const rate = (id: string, name: string, value: number | boolean) => {
    const present = desk.doc.answer?.ratings ?? {};
    desk.say({ shown, ratings: { ...present, [id]: { ...present[id], [name]: value } } });
  };
  return (
    <div className={classes.rated} ref={list}>
      {item.candidates.map((candidate, at) => (
        <section key={candidate.id} className={classes.ratedOne} data-candidate={candidate.id}>
          {item.candidates.length > 1 && (
            <h3 className={classes.paneHead}>
              {t('work.text.judging.answer', { letter: 'ABCDEFGH'[at] })}
              {candidate.model !== null && <span className={classes.model}>{candidate.model}</span>}
            </h3>
          )}
          <div className={classes.ratedText}>
            <CandidateText content={candidate.content} />
          </div>
          <div className={classes.ratings} data-field={`candidate.${candidate.id}`} data-judge>
            {criteria.map((criterion) => (
              <RatingInput
                key={criterion.name}
                criterion={criterion}
                value={ratings[candidate.id]?.[criterion.name]}
                onRate={(value) => rate(candidate.id, criterion.name, value)}
              />
            ))}
          </div>
        </section>
      ))}
      {usual && <p className={classes.keys}>{t('work.text.judging.rateKeys')}</p>}
    </div>
  );
}
