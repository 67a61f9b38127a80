import { Button } from '@mantine/core';
import { useText } from '#renderer/i18n/i18n.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import type { ProjectRow } from './work-page.tsx';
import { workStore } from './work.store.ts';
import classes from './no-tasks.module.css';

/** A project without anything in it, and the first step. */
export function NoTasks({ project }: { project: ProjectRow }) {
  const t = useText();
  const isText = project.modality === 'text';
  return (
    <div className={classes.place}>
      <EmptyState
        title={project.name}
        sentence={isText ? t('work.texts.noTasks') : t('work.noTasks')}
        action={
          <Button onClick={() => workStore.setState({ dialog: isText ? 'import' : 'folder' })}>
            {isText ? t('work.texts.action') : t('work.project.addFolder')}
          </Button>
        }
      />
    </div>
  );
}
