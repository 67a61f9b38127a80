import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useText } from '#renderer/i18n/i18n.ts';
import { readTime } from '#renderer/lib/local-time.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import { FieldRow } from '#renderer/ui/form.tsx';
import { nextSession, type TypedSession } from './sessions.ts';
import classes from './training.module.css';

interface Props {
  sessions: readonly TypedSession[];
  tried: boolean;
  onChange: (sessions: readonly TypedSession[]) => void;
}

/** When a training was held: a day and two times, and further days below. */
export function SessionFields({ sessions, tried, onChange }: Props) {
  const t = useText();
  const change = (key: number, part: Partial<TypedSession>) =>
    onChange(sessions.map((session) => (session.key === key ? { ...session, ...part } : session)));
  const wrong = (time: string) => (tried && readTime(time) === null ? t('training.wrongTime') : undefined);
  return (
    <>
      {sessions.map(({ key, day, start, end }, at) => (
        <FieldRow key={key}>
          <DayField
            className={classes.day}
            label={t('training.fields.day')}
            value={day}
            onChange={(next) => change(key, { day: next })}
            required
          />
          <TextInput
            className={classes.time}
            label={t('training.fields.start')}
            value={start}
            error={wrong(start)}
            onChange={(event) => change(key, { start: event.currentTarget.value })}
          />
          <TextInput
            className={classes.time}
            label={t('training.fields.end')}
            value={end}
            error={wrong(end)}
            onChange={(event) => change(key, { end: event.currentTarget.value })}
          />
          {at > 0 && (
            <ActionIcon
              aria-label={t('training.dropDay')}
              onClick={() => onChange(sessions.filter((session) => session.key !== key))}
            >
              <IconX size={16} stroke={1.6} />
            </ActionIcon>
          )}
          {at === sessions.length - 1 && (
            <Button variant="subtle" size="xs" onClick={() => onChange([...sessions, nextSession(sessions[at]!)])}>
              {t('training.addDay')}
            </Button>
          )}
        </FieldRow>
      ))}
    </>
  );
}
