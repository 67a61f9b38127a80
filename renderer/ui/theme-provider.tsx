import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './theme.css';
import {
  ActionIcon,
  Button,
  Checkbox,
  createTheme,
  Drawer,
  MantineProvider,
  Menu,
  Modal,
  MultiSelect,
  NumberInput,
  Popover,
  Radio,
  SegmentedControl,
  Select,
  Switch,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { closingClass } from '#renderer/lib/dialogs.ts';

/*
 * ui/ holds parts that know nothing of the domain. What there is:
 *   Page (frame of a room: title, actions, filters, side)      SidePanel (beside a table; Esc closes, width remembered)
 *   VirtualTable + usePagedQuery (client/)                     Section, Fields, FieldRow, FormActions, Facts (form.tsx)
 *   Figure (a number that opens its entries)                   SourceMark (measured, stated, imported)
 *   EmptyState, ErrorNotice, ConfirmDialog, JobProgress        HashText, CopyButton, KeyHint
 *   usePickPath, PathField (path-picker.tsx)                   toast()
 * Colours are the `--cl-*` tokens of theme.css; spacing in steps of 4 px; layout in <name>.module.css beside the component.
 */

/** What the owner chose; `auto` follows the system. */
export type ThemeChoice = 'auto' | 'light' | 'dark';

const quick = { transition: 'fade', duration: 90 } as const;
const overlay = { color: '#000', backgroundOpacity: 0.28 } as const;
const floating = { lockScroll: false, transitionProps: quick, radius: 'md', overlayProps: overlay } as const;
/** Tells a dialog that is open from one that was closed and fades. */
const whileClosing = (_theme: unknown, { opened }: { opened: boolean }) => {
  const all = opened ? '' : closingClass;
  return { content: all, inner: all, overlay: all };
};
const small = { defaultProps: { size: 'sm' } };

const theme = createTheme({
  primaryColor: 'teal',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend(small),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    TextInput: TextInput.extend(small),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm', autosize: true, minRows: 2 } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'sm', hideControls: true } }),
    Select: Select.extend({ defaultProps: { size: 'sm', checkIconPosition: 'right', allowDeselect: false } }),
    MultiSelect: MultiSelect.extend(small),
    Checkbox: Checkbox.extend(small),
    Radio: Radio.extend(small),
    Switch: Switch.extend(small),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'sm', transitionDuration: 90 } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 350, transitionProps: quick, events: { hover: true, focus: true, touch: false } },
    }),
    Popover: Popover.extend({ defaultProps: { transitionProps: quick } }),
    Menu: Menu.extend({ defaultProps: { transitionProps: quick } }),
    // The page never scrolls as a whole, and locking its scroll would need a style element the security policy refuses.
    Modal: Modal.extend({ defaultProps: { ...floating, centered: true, padding: 20 }, classNames: whileClosing }),
    ModalRoot: Modal.Root.extend({ defaultProps: floating, classNames: whileClosing }),
    ModalOverlay: Modal.Overlay.extend({ defaultProps: overlay }),
    Drawer: Drawer.extend({ defaultProps: floating }),
  },
});

/**
 * Mantine with the look of this program. Its variables come from theme.css instead of a style element at run time, so the content
 * security policy needs no `unsafe-inline`. For the same reason no component here takes responsive style props or uses
 * Flex, Grid, SimpleGrid or AppShell: layout is CSS modules.
 */
export function ThemeProvider({ choice, children }: { choice: ThemeChoice; children: ReactNode }) {
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)', undefined, { getInitialValueInEffect: false });
  const scheme = choice === 'auto' ? (systemDark ? 'dark' : 'light') : choice;
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} withCssVariables={false} withGlobalClasses={false}>
      {children}
    </MantineProvider>
  );
}
