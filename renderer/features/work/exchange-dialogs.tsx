import { useEffect } from 'react';
import type { TaskId } from '#shared/domain/ids.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { draftKeeperOf } from './draft-keeper.ts';
import { ExportDialog } from './export-dialog.tsx';
import { FolderDialog } from './folder-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { KindDialog } from './kind-dialog.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { TextsExportDialog } from './text-exchange/texts-export-dialog.tsx';
import { TextsImportDialog } from './text-exchange/texts-import-dialog.tsx';
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
  const isText = project.modality === 'text';
  // Who comes with a file wants it taken in.
  const { texts } = useRoomParams('work');
  useEffect(() => {
    if (isText && texts !== undefined) workStore.setState({ dialog: 'import' });
  }, [isText, texts]);
  const closeTexts = () => {
    close();
    if (texts !== undefined) navigate('work', { projectId: project.id }, { replace: true });
  };
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
      {dialog === 'export' && isText && <TextsExportDialog project={project} onClose={close} />}
      {dialog === 'import' && isText && <TextsImportDialog project={project} path={texts ?? ''} onClose={closeTexts} />}
      {dialog === 'export' && !isText && <ExportDialog project={project} onClose={close} />}
      {dialog === 'import' && !isText && (
        <ImportDialog project={project} taskId={taskId} onImported={imported} onClose={close} />
      )}
    </>
  );
}
