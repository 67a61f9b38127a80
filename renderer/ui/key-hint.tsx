import { Fragment } from 'react';
import { onMac, shownShortcut } from '#renderer/lib/keys.ts';
import classes from './key-hint.module.css';

/** Keys as small caps of a keyboard: `<KeyHint keys="Ctrl+K" />`. Screen readers read them as text. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className={classes.hint}>
      {shownShortcut(keys, onMac).map((stroke, at) => (
        <Fragment key={`${at}-${stroke.join('+')}`}>
          {stroke.map((key) => (
            <kbd key={key} className={classes.key}>
              {key}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
