import { notifications } from '@mantine/notifications';

/**
 * A short word at the lower right that goes by itself: for what happened out of sight (a file was written). Not for what one
 * can see anyway, and never for errors: those stand where they arose (`<ErrorNotice>`).
 */
export function toast(message: string): void {
  notifications.show({ message, withBorder: true, withCloseButton: false });
}
