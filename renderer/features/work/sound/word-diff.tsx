import { useMemo } from 'react';
import { diffText } from '#shared/rules/text-diff.rules.ts';
import classes from './transcript-list.module.css';

/** What one text has that the other has not, word by word; Chinese letter by letter. */
export function WordDiff({ before, after }: { before: string; after: string }) {
  const lines = useMemo(() => diffText(before, after), [after, before]);
  return (
    <span className={classes.diff}>
      {lines.flatMap((line, at) =>
        line.parts.map((part, step) => {
          const key = `${at}-${step}`;
          if (part.what === 'removed') return <del key={key}>{part.text}</del>;
          if (part.what === 'added') return <ins key={key}>{part.text}</ins>;
          return <span key={key}>{part.text}</span>;
        }),
      )}
    </span>
  );
}
