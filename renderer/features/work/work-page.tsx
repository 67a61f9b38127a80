import { Button, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { runBound } from '#renderer/lib/action.ts';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { WorkRoom } from './work-room.tsx';
import classes from './work-page.module.css';

export type ProjectRow = Output<'projects.list'>['projects'][number];

/** The Work room: the project asked for, else the one of last time, else the first there is. */
export function WorkPage() {
  const params = useRoomParams('work');
  // The counts by task are not looked at here, and every change of a drawing would ask for them again.
  const projects = useQuery('projects.list', {}, { topics: ['projects', 'submissions'] });
  const settings = useQuery('settings.get', {});
  const [remembered] = useUiSetting('work.project', '');
  if (projects.error) {
    return (
      <div className={classes.notice}>
        <ErrorNotice error={projects.error} onAgain={projects.refetch} />
      </div>
    );
  }
  // Without the settings it is not known yet where one was.
  if (!projects.data || (!settings.data && !settings.error)) return null;
  const worked = projects.data.projects.filter(({ modality, archived }) => isWorkedOn(modality) && !archived);
  const asked = projects.data.projects.find(({ id }) => id === params.projectId);
  const project = asked ?? worked.find(({ id }) => id === remembered) ?? worked[0];
  if (!project) return <NoProject />;
  return <WorkRoom key={project.id} project={project} projects={worked} />;
}

/** Whether the room has a tool for it. */
function isWorkedOn(modality: ProjectRow['modality']): boolean {
  return modality !== 'elsewhere';
}

/** What a ledger without a project to work on shows: the three first steps. */
function NoProject() {
  const t = useText();
  const language = useFormat().language;
  const sample = useCommand('projects.createSample');
  const [opening, setOpening] = useState<'image' | 'audio' | 'text' | null>(null);
  const trySample = async (modality: 'image' | 'audio' | 'text') => {
    setOpening(modality);
    const made = await sample.run({ language, modality });
    if (made) navigate('work', { projectId: made.projectId });
    setOpening(null);
  };
  return (
    <>
      <VisuallyHidden component="h1">{t('app.rooms.work')}</VisuallyHidden>
      <EmptyState
        title={t('work.none.title')}
        sentence={t('work.none.sentence')}
        action={
          <div className={classes.steps}>
            <ErrorNotice error={sample.error} />
            <Button onClick={() => navigate('start', { step: 'folder' })}>{t('work.none.folder')}</Button>
            <Button variant="default" onClick={() => navigate('start', { step: 'texts' })}>
              {t('work.none.texts')}
            </Button>
            <Button variant="default" onClick={() => void trySample('image')} loading={opening === 'image'}>
              {t('work.none.sample')}
            </Button>
            <Button variant="default" onClick={() => void trySample('audio')} loading={opening === 'audio'}>
              {t('work.none.sampleSound')}
            </Button>
            <Button variant="default" onClick={() => void trySample('text')} loading={opening === 'text'}>
              {t('work.none.sampleText')}
            </Button>
            <Button variant="default" onClick={() => runBound('elsewhere.log')}>
              {t('work.none.elsewhere')}
            </Button>
          </div>
        }
      />
    </>
  );
}
