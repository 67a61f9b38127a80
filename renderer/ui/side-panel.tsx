import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { composing } from '#renderer/lib/keys.ts';
import { createScope } from '#renderer/lib/scope.ts';
import classes from './side-panel.module.css';

interface Props {
  /** Under which its width is remembered, such as `ledger`. */
  id: string;
  title: ReactNode;
  /** Says what the panel is to screen readers when the title is not plain text. */
  label?: string;
  /** How many CSS pixels wide it begins, before its owner dragged it. */
  width?: number;
  /** At the right of the title. */
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

const narrowest = 300;
const widest = 900;
const usual = 420;
const step = 24;

/** Opens beside a table: what is selected there, whole. Its edge can be dragged (or moved with the arrow keys); Esc closes it. */
export function SidePanel({ id, title, label, width: first = usual, actions, onClose, children }: Props) {
  const t = useText();
  const [remembered, remember] = useUiSetting(`panel.${id}`, first);
  const [width, setWidth] = useState<number | null>(null);
  const shown = Math.min(Math.max(width ?? remembered, narrowest), widest);

  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const scope = createScope();
    scope.listen(window, 'keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || composing(event)) return;
      // A dialog or a list that is open takes the key first. (Lists of selects stay in the page when they are closed.)
      if (
        document.querySelector('[role="dialog"][aria-modal="true"], [aria-haspopup="listbox"][aria-expanded="true"]')
      ) {
        return;
      }
      close.current();
    });
    return () => scope.dispose();
  }, []);

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const from = event.clientX;
    const scope = createScope();
    let latest = shown;
    scope.listen(handle, 'pointermove', (move) => {
      latest = Math.min(Math.max(shown + from - move.clientX, narrowest), widest);
      setWidth(latest);
    });
    scope.listen(handle, 'lostpointercapture', () => {
      scope.dispose();
      remember(latest);
      setWidth(null);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: step, ArrowRight: -step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    remember(Math.min(Math.max(shown + by, narrowest), widest));
  };

  return (
    <aside className={classes.panel} style={{ width: shown }} aria-label={label ?? String(title)}>
      {/* A window splitter takes focus and keys by its ARIA pattern. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className={classes.handle}
        role="separator"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={t('ui.panel.resize')}
        aria-valuenow={shown}
        aria-valuemin={narrowest}
        aria-valuemax={widest}
        onPointerDown={drag}
        onKeyDown={onKeyDown}
      />
      <header className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        {actions}
        <Tooltip label={t('ui.panel.close')}>
          <ActionIcon aria-label={t('ui.panel.close')} onClick={onClose}>
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key */}
      <div className={classes.body} tabIndex={0} role="group" aria-label={label ?? String(title)}>
        {children}
      </div>
    </aside>
  );
}
