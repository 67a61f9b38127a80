import type { Source } from '#shared/domain/time.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import classes from './source-mark.module.css';

const shapes = {
  measured: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  stated: <circle cx="6" cy="6" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.4" />,
  imported: <path d="M6 1.6 10.4 6 6 10.4 1.6 6Z" fill="none" stroke="currentColor" strokeWidth="1.4" />,
} as const;

interface Props {
  source: Source;
  /** Writes the words beside the mark. */
  withText?: boolean;
}

/** Where a fact comes from: ● measured ○ stated ◇ imported, in words for whoever can't see or doesn't know the mark. */
export function SourceMark({ source, withText = false }: Props) {
  const t = useText();
  const words = t(`ui.source.${source}`);
  const mark = (
    <svg viewBox="0 0 12 12" width="12" height="12" className={classes.mark} aria-hidden>
      {shapes[source]}
    </svg>
  );
  if (withText) {
    return (
      <span className={classes.withText}>
        {mark}
        {words}
      </span>
    );
  }
  return (
    // A plain title: thousands of marks scroll by in a table, and a tooltip component each would cost more than the rows.
    <span role="img" aria-label={words} title={words} className={classes.alone}>
      {mark}
    </span>
  );
}
