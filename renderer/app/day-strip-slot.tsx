/** The place of the day strip at the bottom of every room. */
export function DayStripSlot() {
  return null;
}
