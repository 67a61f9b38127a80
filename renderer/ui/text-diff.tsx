import { useMemo } from 'react';
import { diffText, type DiffLine } from '#shared/rules/text-diff.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import classes from './text-diff.module.css';

/** Lines drawn at most; texts of more are compared in parts by their reader. */
const mostLines = 2000;
/** Lines of context around what changed. */
const around = 1;

/** What a text changed of the one before it: removed struck through, added underlined, and both marked by a sign. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  const t = useText();
  const lines = useMemo(() => diffText(before, after), [before, after]);
  const near = useMemo(() => nearChanges(lines), [lines]);
  if (near.length === 0) return <p className={classes.quiet}>{t('ui.diff.same')}</p>;
  return (
    <div className={classes.diff}>
      {near.slice(0, mostLines).map(({ line, at, gap }) => (
        <div key={at}>
          {gap && <div className={classes.quiet}>⋯</div>}
          <div className={classes.diffLine} data-what={line.what}>
            {line.parts.map((part, i) => {
              // Parts have no name of their own; they never move within a line.
              const key = `${i}`;
              if (part.what === 'added') return <ins key={key}>{part.text}</ins>;
              if (part.what === 'removed') return <del key={key}>{part.text}</del>;
              return <span key={key}>{part.text}</span>;
            })}
          </div>
        </div>
      ))}
    </div>
  );
}

/** The changed lines and their neighbours, each saying whether something was left out before it. */
function nearChanges(lines: readonly DiffLine[]): { line: DiffLine; at: number; gap: boolean }[] {
  const shown = lines.flatMap((line, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ what }) => what !== 'same') ? [{ line, at }] : [],
  );
  return shown.map((each, i) => ({ ...each, gap: i > 0 && shown[i - 1]!.at !== each.at - 1 }));
}
