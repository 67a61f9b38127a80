import { Button } from '@mantine/core';
import { useText } from '#renderer/i18n/i18n.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import type { ProjectRow } from './work-page.tsx';
import { workStore } from './work.store.ts';
import classes from './no-tasks.module.css';

/** A project without photos, and the first step. */
export function NoTasks({ project }: { project: ProjectRow }) {
  const t = useText();
  return (
    <div className={classes.place}>
      <EmptyState
        title={project.name}
        sentence={t('work.noTasks')}
        action={<Button onClick={() => workStore.setState({ dialog: 'folder' })}>{t('work.project.addFolder')}</Button>}
      />
    </div>
  );
}
