import { DayStrip } from '#renderer/features/day/day-strip.tsx';

/** The place of the day strip at the bottom of every room. */
export function DayStripSlot() {
  return <DayStrip />;
}
