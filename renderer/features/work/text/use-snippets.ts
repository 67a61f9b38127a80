import type { ProjectId } from '#shared/domain/ids.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { snippetKeys } from './text.action.ts';
import { textStore } from './text.store.ts';

/** Pieces of text that are written by one key: those of the project first, then the owner's own. */
export interface Snippets {
  project: readonly string[];
  own: readonly string[];
  setProject: (snippets: readonly string[]) => void;
  setOwn: (snippets: readonly string[]) => void;
}

/** The snippets, and the keys that write them into the editor. */
export function useSnippets(projectId: ProjectId): Snippets {
  const [projectKept, keepProject] = useUiSetting(`text.snippets.${projectId}`, '');
  const [ownKept, keepOwn] = useUiSetting('text.snippets', '');
  const [project, own] = [listOf(projectKept), listOf(ownKept)];
  const all = [...project, ...own];
  useActions(
    Object.fromEntries(
      Array.from({ length: snippetKeys }, (_, at) => [
        `text.snippet-${at + 1}`,
        {
          run: () => textStore.getState().editor?.insert(all[at] ?? ''),
          when: () => all[at] !== undefined && textStore.getState().editor !== null && !dialogIsOpen(),
        },
      ]),
    ),
  );
  return {
    project,
    own,
    setProject: (next) => keepProject(JSON.stringify(next)),
    setOwn: (next) => keepOwn(JSON.stringify(next)),
  };
}

function listOf(kept: string): string[] {
  try {
    const list: unknown = JSON.parse(kept);
    return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}
