import { Tooltip, UnstyledButton } from '@mantine/core';
import type { TaskState } from '#shared/domain/work.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { StateMark } from './state-mark.tsx';
import { workStore } from './work.store.ts';
import classes from './state-filter.module.css';

const states: readonly TaskState[] = ['open', 'drafted', 'submitted', 'returned', 'released'];

/** Shows tasks of one state alone; a second press shows all again. */
export function StateFilter() {
  const t = useText();
  const chosen = workStore((state) => state.filterState);
  return (
    <div className={classes.filter} role="group" aria-label={t('work.queue.states')}>
      {states.map((state) => (
        <Tooltip key={state} label={t(`work.states.${state}`)}>
          <UnstyledButton
            className={classes.state}
            aria-label={t(`work.states.${state}`)}
            aria-pressed={chosen === state}
            onClick={() => workStore.setState({ filterState: chosen === state ? null : state })}
          >
            <StateMark state={state} />
          </UnstyledButton>
        </Tooltip>
      ))}
    </div>
  );
}
