import { UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import { characterErrorRate, characterErrors } from '#shared/rules/transcript-distance.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { writeOriginal } from './original-words.ts';
import type { SoundDesk } from './sound-desk.ts';
import { WordDiff } from './word-diff.tsx';
import classes from './transcript-list.module.css';

/** What the machine wrote against what stands there now, word by word, and how far apart they are. Nothing where it wrote nothing. */
export function MachineWords({ segment, desk }: { segment: Segment; desk: SoundDesk }) {
  const t = useText();
  const format = useFormat();
  const machine = segment.proposal?.text;
  const own = segment.text ?? '';
  const errors = useMemo(() => (machine === undefined ? null : characterErrors(machine, own)), [machine, own]);
  if (!errors || machine === undefined) return null;
  const rate = characterErrorRate(errors);
  return (
    <span className={classes.machine}>
      <span className={classes.machineHead}>
        {t('work.sound.machine.wrote', { model: segment.proposal?.model ?? t('work.sound.machine.unnamed') })}
        <span className={classes.rate} title={t('work.sound.machine.formula', { ...errors })}>
          {Number.isFinite(rate) ? t('work.sound.machine.rate', { rate: format.percent(rate, 1) }) : ''}
        </span>
        {own !== machine && (
          <UnstyledButton
            className={classes.back}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => writeOriginal(desk)}
          >
            {t('work.sound.machine.back')}
            <KeyHint of="sound.original-back" keys="Alt+Shift+O" />
          </UnstyledButton>
        )}
      </span>
      <WordDiff before={machine} after={own} />
    </span>
  );
}
