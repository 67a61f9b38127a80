import { Modal } from '@mantine/core';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { ElsewhereForm } from './elsewhere-form.tsx';
import { elsewhereStore } from './elsewhere.store.ts';

const close = () => elsewhereStore.setState({ open: false });

/** The form for work done in another tool, over whatever room is open. */
export function ElsewhereDialog() {
  const t = useText();
  const opened = elsewhereStore((state) => state.open);
  useActions({ 'elsewhere.log': () => elsewhereStore.setState({ open: true }) });
  return (
    // Without a transition, so that what is typed right after the key lands in the form.
    <Modal
      opened={opened}
      onClose={close}
      title={t('elsewhere.title')}
      size={520}
      withCloseButton={false}
      transitionProps={{ duration: 0 }}
    >
      {opened && <ElsewhereForm onDone={close} />}
    </Modal>
  );
}
