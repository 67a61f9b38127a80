import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface Props {
  title?: string;
  /** One sentence that says what will be here. */
  sentence: string;
  /** The first step: usually one button. */
  action?: ReactNode;
}

/** What an empty room shows. */
export function EmptyState({ title, sentence, action }: Props) {
  return (
    <div className={classes.empty}>
      {title && <h2>{title}</h2>}
      <p className={classes.sentence}>{sentence}</p>
      {action}
    </div>
  );
}
