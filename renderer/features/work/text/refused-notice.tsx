import { Button } from '@mantine/core';
import type { TextAnswer, TextRules } from '#shared/domain/text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { runBound } from '#renderer/lib/action.ts';
import { useRefusalTitle } from './refusal-words.ts';
import classes from './writing-stage.module.css';

interface Props {
  refused: NonNullable<TextAnswer['refused']>;
  rules: TextRules;
}

/** That the task is refused, why, and the way back. */
export function RefusedNotice({ refused, rules }: Props) {
  const t = useText();
  const title = useRefusalTitle(rules);
  return (
    <p className={classes.refused} role="status">
      <span>
        {t('work.text.refuse.refused', { reason: title(refused.reason) })}
        {refused.words !== '' && <span className={classes.why}> {refused.words}</span>}
      </span>
      <Button size="xs" variant="default" onClick={() => runBound('text.refuse')}>
        {t('work.text.refuse.back')}
      </Button>
    </p>
  );
}
