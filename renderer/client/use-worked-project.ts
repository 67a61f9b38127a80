import type { Output } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useQuery } from './use-query.ts';
import { useUiSetting } from './use-ui-setting.ts';

export interface WorkedProject {
  /** null when there is none yet, or none was ever chosen among several. */
  projectId: ProjectId | null;
  /** Those that are not archived, the newest first. */
  projects: Output<'projects.list'>['projects'];
  remember: (id: ProjectId) => void;
}

/**
 * The project that work is most likely for, so that nobody has to say it each time: that of the running activity, else the one last
 * chosen in the day strip, else the one last opened in Work, else the only one there is.
 */
export function useWorkedProject(): WorkedProject {
  const [chosen, choose] = useUiSetting('day.project', '');
  const [opened] = useUiSetting('work.project', '');
  const running = useQuery('time.state', {}).data?.activity;
  const all = useQuery('projects.list', {}, { topics: ['projects'] }).data?.projects ?? [];
  const projects = all.filter(({ archived }) => !archived);
  const known = (id: string | null | undefined) => projects.find((project) => project.id === id)?.id;
  const only = projects.length === 1 ? projects[0]?.id : undefined;
  return {
    projectId: running?.projectId ?? known(chosen) ?? known(opened) ?? only ?? null,
    projects,
    remember: choose,
  };
}
