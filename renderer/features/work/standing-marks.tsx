import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconEye, IconEyeOff, IconLock, IconLockOpen } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import type { Shape } from '#shared/domain/annotation.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { hideToggled, isHidden, lockToggled, shownAgain, type Standing } from '#renderer/canvas/standing.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { useCanvasValue } from './use-image-canvas.ts';
import classes from './object-list.module.css';

/** Whether an object is hidden or locked; a click with the mouse switches it. By key it is done for the selection. */
export function StandingMarks({ canvas, shape, standing }: { canvas: ImageCanvas; shape: Shape; standing: Standing }) {
  const t = useText();
  const hidden = isHidden(standing, shape.id);
  const locked = standing.locked.has(shape.id);
  const set = (event: MouseEvent, next: Standing) => {
    event.stopPropagation();
    canvas.setStanding(next);
  };
  const hide = hidden ? shownAgain(standing, shape.id) : hideToggled(standing, [shape.id]);
  const HideIcon = hidden ? IconEyeOff : IconEye;
  const LockIcon = locked ? IconLock : IconLockOpen;
  return (
    <>
      {(hidden || locked) && (
        <VisuallyHidden>
          {[hidden && t('work.objects.hidden'), locked && t('work.objects.locked')].filter(Boolean).join(', ')}
        </VisuallyHidden>
      )}
      {/* The row is what screen readers and keys work on; these are for the mouse. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <span
        aria-hidden
        className={classes.mark}
        data-on={locked || undefined}
        title={t('canvas.action.lock')}
        onClick={(event) => set(event, lockToggled(standing, [shape.id]))}
      >
        <LockIcon size={13} stroke={1.6} />
      </span>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <span
        aria-hidden
        className={classes.mark}
        data-on={hidden || undefined}
        title={t('canvas.action.hide')}
        onClick={(event) => set(event, hide)}
      >
        <HideIcon size={13} stroke={1.6} />
      </span>
    </>
  );
}

/** That some objects are out of sight, and the way back. */
export function OutOfSight({ canvas }: { canvas: ImageCanvas }) {
  const t = useText();
  const standing = useCanvasValue(canvas, 'standing', (present) => present.standing);
  const count = new Set([...standing.hidden, ...(standing.aside ?? [])]).size;
  if (count === 0) return null;
  return (
    <p className={classes.away}>
      {t('work.objects.away', { count })}
      <UnstyledButton className={classes.awayButton} onClick={() => canvas.command('show-all')}>
        {t('work.objects.showAll')} <KeyHint of="canvas.show-all" keys={'Ctrl+\\'} />
      </UnstyledButton>
    </p>
  );
}
