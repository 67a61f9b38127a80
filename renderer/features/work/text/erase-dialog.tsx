import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx';
import type { TextDesk } from './text-desk.ts';
import { textStore } from './text.store.ts';

const close = () => textStore.setState({ dialog: null });

/** Asks before how the texts came to be is forgotten. */
export function EraseDialog({ desk }: { desk: TextDesk }) {
  const t = useText();
  const erase = useCommand('texts.eraseHistory');
  const run = async () => {
    await desk.save();
    const done = await erase.run({ taskId: desk.texts.taskId });
    if (!done) return;
    await Promise.all(desk.texts.fields().map((field) => field.reread()));
    close();
  };
  return (
    <ConfirmDialog
      opened
      grave
      title={t('work.text.proof.eraseTitle')}
      confirmLabel={t('work.text.proof.eraseButton')}
      running={erase.running}
      error={erase.error}
      onConfirm={() => void run().catch(() => undefined)}
      onClose={close}
    >
      {t('work.text.proof.eraseBody')}
    </ConfirmDialog>
  );
}
