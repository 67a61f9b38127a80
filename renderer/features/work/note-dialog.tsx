import { Modal } from '@mantine/core';
import type { TaskId } from '#shared/domain/ids.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { Notes } from '#renderer/ui/notes.tsx';

/** Notes tied to the task that is open, and the form of a new one. */
export function NoteDialog({ taskId, onClose }: { taskId: TaskId; onClose: () => void }) {
  const t = useText();
  return (
    <Modal opened onClose={onClose} title={t('work.note.title')} size={480}>
      <Notes about={taskId} writes />
    </Modal>
  );
}
