import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  onClick: () => void;
  children: ReactNode;
}

/** The one button that is left when a job is done. It takes the focus, which stood on what has gone with the form. */
export function DoneButton({ onClick, children }: Props) {
  return (
    // The trap of a dialog gives the focus only when the dialog opens, so the button asks for it.
    // oxlint-disable-next-line jsx-a11y/no-autofocus
    <Button autoFocus onClick={onClick}>
      {children}
    </Button>
  );
}
