import { colorOf } from './ribbon-patterns.tsx';
import classes from './activity-dot.module.css';

/** The colour of an activity; hollow for breaks and for nothing. */
export function ActivityDot({ what }: { what: string | null }) {
  const color = what === null ? 'transparent' : colorOf(what);
  return <i className={classes.dot} style={{ background: color }} data-hollow={color === 'transparent' || undefined} />;
}
