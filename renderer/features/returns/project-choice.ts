import { useState } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useWorkedProject } from '#renderer/client/use-worked-project.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';

export interface ProjectChoice {
  projectId: ProjectId | null;
  choose: (id: string | null) => void;
  choices: readonly { value: string; label: string }[];
  ready: boolean;
}

/** The project that is worked on, else that of last time, else the newest. */
export function useProjectChoice(): ProjectChoice {
  const [remembered, remember] = useUiSetting('returns.project', '');
  const [chosen, setChosen] = useState<string | null>(null);
  const worked = useWorkedProject();
  const projects = useQuery('projects.list', {}, { topics: ['projects'] }).data?.projects;
  const at = projects?.find(({ id }) => id === (chosen ?? worked.projectId ?? remembered)) ?? projects?.[0];
  return {
    projectId: at?.id ?? null,
    choose: (id) => {
      if (id === null) return;
      setChosen(id);
      remember(id);
    },
    choices: (projects ?? []).map(({ id, name }) => ({ value: id, label: name })),
    ready: projects !== undefined,
  };
}
