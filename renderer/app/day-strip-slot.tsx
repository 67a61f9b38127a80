import { Boundary } from './boundary.tsx';
import { useLoaded } from './use-loaded.ts';
import classes from './app.module.css';

const load = async () => (await import('#renderer/features/day/day-strip.tsx')).DayStrip;

/** The place of the day strip at the bottom of every room; it keeps its height while the strip is on its way. */
export function DayStripSlot() {
  const { Component: DayStrip } = useLoaded('day-strip', load);
  return (
    <div className={classes.strip}>
      <Boundary renderFault={() => null}>{DayStrip && <DayStrip />}</Boundary>
    </div>
  );
}
