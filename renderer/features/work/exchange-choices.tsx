import { Select } from '@mantine/core';
import { useText } from '#renderer/i18n/i18n.ts';
import { answerWords, askedWords } from './exchange-words.ts';
import classes from './exchange-dialogs.module.css';

interface Props {
  asked: readonly { name: string; answers: readonly string[]; taken?: string; certain?: boolean }[];
  /** What was answered so far, by name. */
  answers: Readonly<Record<string, string>>;
  onAnswer: (answers: Record<string, string>) => void;
}

/** What only the owner of the files knows, or may choose. What the files settle themselves is shown and not asked. */
export function ExchangeChoices({ asked, answers, onAnswer }: Props) {
  const t = useText();
  if (asked.length === 0) return null;
  return (
    <div className={classes.choices}>
      {asked.map((one) => (
        <Select
          key={one.name}
          label={askedWords(t, one.name)}
          description={one.certain === true ? t('work.exchange.settled') : reasonOf(t, one.name)}
          disabled={one.certain === true}
          data={one.answers.map((value) => ({ value, label: answerWords(t, value) }))}
          value={answers[one.name] ?? one.taken ?? one.answers[0] ?? null}
          onChange={(value) => value !== null && onAnswer({ ...answers, [one.name]: value })}
        />
      ))}
    </div>
  );
}

/** Why it is asked, where the question alone does not tell. */
function reasonOf(t: ReturnType<typeof useText>, name: string): string | undefined {
  return name === 'leading-space' ? t('work.exchange.leadingSpace') : undefined;
}
