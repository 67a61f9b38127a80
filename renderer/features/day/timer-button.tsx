import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconPictureInPicture } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { openPictureWindow, pictureWindows } from './picture-window.ts';
import { SmallTimer } from './small-timer.tsx';
import classes from './day-strip.module.css';

/** Opens and closes the small timer: a window of the host where it has one, else a picture-in-picture window of the page; else it is not offered. */
export function TimerButton() {
  const host = useQuery('host.capabilities', {}).data;
  if (host?.smallTimer) return <HostTimer />;
  const windows = pictureWindows();
  return host && windows && <PageTimer windows={windows} />;
}

function HostTimer() {
  const show = useCommand('host.showSmallTimer');
  return <Opener opened={false} onClick={() => void show.run({ open: true })} />;
}

function PageTimer({ windows }: { windows: NonNullable<ReturnType<typeof pictureWindows>> }) {
  const [view, setView] = useState<Window | null>(null);
  const t = useText();
  const title = t('day.timer.title');
  useEffect(() => {
    if (view) view.document.title = title;
  }, [view, title]);
  // It belongs to the strip, and goes with it.
  useEffect(() => () => view?.close(), [view]);
  const toggle = async () => {
    if (view) return view.close();
    // A browser that refuses (no key or click before it, a second one asked for) leaves everything as it is.
    const opened = await openPictureWindow(windows, () => setView(null)).catch(() => null);
    if (opened) setView(opened);
  };
  return (
    <>
      <Opener opened={view !== null} onClick={() => void toggle()} />
      {view && createPortal(<SmallTimer view={view} />, view.document.body)}
    </>
  );
}

function Opener({ opened, onClick }: { opened: boolean; onClick: () => void }) {
  const t = useText();
  useActions({ 'day.timer': onClick });
  return (
    <Tooltip
      label={
        <span className={classes.tip}>
          {t('day.timer.title')} <KeyHint of="day.timer" keys="Shift+S" />
        </span>
      }
    >
      <UnstyledButton
        className={classes.button}
        data-on={opened || undefined}
        aria-pressed={opened}
        aria-label={t('day.timer.title')}
        onClick={onClick}
      >
        <IconPictureInPicture size={16} stroke={1.6} aria-hidden />
      </UnstyledButton>
    </Tooltip>
  );
}
