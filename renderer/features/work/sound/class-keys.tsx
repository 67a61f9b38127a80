import { UnstyledButton } from '@mantine/core';
import { memo, useSyncExternalStore } from 'react';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { runBound } from '#renderer/lib/action.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import type { DraftJournal } from '../draft-journal.ts';
import shared from '../label-list.module.css';
import { useSelection } from '../shape-desk.ts';
import type { SoundDesk } from './sound-desk.ts';
import classes from './sound-side.module.css';

interface Props {
  labels: LabelSet;
  desk: SoundDesk;
  journal: DraftJournal;
}

/** The classes with their keys; a click gives one to the selected segments. */
export const ClassKeys = memo(function ClassKeys({ labels, desk, journal }: Props) {
  const t = useText();
  const selection = useSelection(desk);
  // The class of the segment under work.
  const current = useSyncExternalStore(journal.subscribe, () => desk.current?.label ?? null);
  return (
    <section className={classes.classes} aria-label={t('work.classes.title')}>
      <ul className={shared.list}>
        {labels.slice(0, 9).map((label, place) => (
          <li key={label.key}>
            <UnstyledButton
              className={shared.label}
              aria-pressed={current === label.key}
              disabled={selection.length === 0}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => runBound(`sound.label-${place + 1}`)}
            >
              <i className={shared.color} style={{ background: label.color }} />
              <span className={shared.name}>{label.name || label.key}</span>
              <KeyHint of={`sound.label-${place + 1}`} keys={String(place + 1)} />
            </UnstyledButton>
          </li>
        ))}
        {labels.length === 0 && <li className={shared.none}>{t('work.sound.noClasses')}</li>}
      </ul>
    </section>
  );
});
