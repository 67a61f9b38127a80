import { Fragment } from 'react';
import { onMac, shownShortcut } from '#renderer/lib/keys.ts';
import { ownKeysStore } from '#renderer/lib/own-keys.store.ts';
import classes from './key-hint.module.css';

/**
 * Keys as small caps of a keyboard: `<KeyHint keys="Ctrl+K" />`. Screen readers read them as text. Those of an action are given with its
 * id, `<KeyHint of="app.palette" keys="Ctrl+K" />`: `keys` is its default, and what is shown are the keys its owner gave it.
 */
export function KeyHint({ keys: given, of }: { keys: string; of?: string }) {
  const own = ownKeysStore((state) => (of === undefined ? undefined : state.keys[of]));
  const keys = own ? own[0] : given;
  if (keys === undefined) return null;
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
