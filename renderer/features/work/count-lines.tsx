import classes from './exchange-dialogs.module.css';

interface Props {
  lines: readonly (string | false)[];
  /** What failed or was lost, each with why. */
  details?: readonly { name: string; words: string }[];
}

/** What came of an exchange: counts, then what failed, by name. */
export function CountLines({ lines, details = [] }: Props) {
  return (
    <div className={classes.counts} role="status">
      {lines
        .filter((line) => line !== false)
        .map((line) => (
          <p key={line}>{line}</p>
        ))}
      {details.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
        <ul className={classes.details} tabIndex={0}>
          {details.map(({ name, words }) => (
            <li key={`${name} ${words}`}>
              <span className={classes.where}>{name}</span> {words}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
