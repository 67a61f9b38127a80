import type { TaskId } from '#shared/domain/ids.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { draftKeeperOf } from './draft-keeper.ts';
import { ExportDialog } from './export-dialog.tsx';
import { FolderDialog } from './folder-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { KindDialog } from './kind-dialog.tsx';
import { NoteDialog } from './note-dialog.tsx';
import type { ProjectRow } from './work-page.tsx';
import { workStore } from './work.store.ts';

interface Props {
  project: ProjectRow;
  taskId: TaskId | null;
}

const close = () => workStore.setState({ dialog: null });

/** Photos in, annotations in and out, and what kind of task is open. */
export function ExchangeDialogs({ project, taskId }: Props) {
  const client = useClient();
  const dialog = workStore((state) => state.dialog);
  const imported = () => {
    // The open drawing may have got shapes. When the host is away it takes them in with the next change.
    if (taskId)
      void draftKeeperOf(client)
        .reload(taskId)
        .catch(() => undefined);
  };
  return (
    <>
      {dialog === 'folder' && <FolderDialog project={project} onClose={close} />}
      {dialog === 'kind' && taskId && <KindDialog project={project} taskId={taskId} onClose={close} />}
      {dialog === 'note' && taskId && <NoteDialog taskId={taskId} onClose={close} />}
      {dialog === 'export' && <ExportDialog project={project} onClose={close} />}
      {dialog === 'import' && <ImportDialog project={project} onImported={imported} onClose={close} />}
    </>
  );
}
