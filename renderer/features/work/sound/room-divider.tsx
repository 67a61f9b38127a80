import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { createScope } from '#renderer/lib/scope.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import classes from './sound-view.module.css';

/** CSS pixels: the bar, a lane and a tier; and what is left for three rows of the transcript. */
const lowest = 180;
const leftBelow = 190;
const step = 24;

/** Divides the room between the picture of the recording and what is said in it; dragged, or moved with the arrow keys. */
export function RoomDivider({
  height,
  onChange,
}: {
  height: number;
  onChange: (height: number, done: boolean) => void;
}) {
  const t = useText();
  const [dragged, setDragged] = useState(false);
  const bounded = (value: number) =>
    Math.round(Math.min(Math.max(value, lowest), Math.max(lowest, window.innerHeight - leftBelow)));
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const from = event.clientY;
    const scope = createScope();
    setDragged(true);
    let latest = height;
    scope.listen(handle, 'pointermove', (move) => {
      latest = bounded(height + move.clientY - from);
      onChange(latest, false);
    });
    scope.listen(handle, 'lostpointercapture', () => {
      scope.dispose();
      setDragged(false);
      onChange(latest, true);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -step, ArrowDown: step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onChange(bounded(height + by), true);
  };
  return (
    // A window splitter takes focus and keys by its ARIA pattern.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={classes.divider}
      data-dragged={dragged || undefined}
      role="separator"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={t('work.sound.divider')}
      aria-valuenow={height}
      aria-valuemin={lowest}
      onPointerDown={drag}
      onKeyDown={onKeyDown}
    />
  );
}
