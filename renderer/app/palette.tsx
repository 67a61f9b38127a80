import { Modal } from '@mantine/core';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import { bindingStore, runnerOf, type Action } from '#renderer/lib/action.ts';
import { keepKeys, keepKeysDuring } from '#renderer/lib/kept-keys.ts';
import { composing } from '#renderer/lib/keys.ts';
import { ownKeysStore, shortcutsOf } from '#renderer/lib/own-keys.store.ts';
import { useRoute } from '#renderer/lib/route.store.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { actionLabel } from './action-label.ts';
import { actions } from './actions.ts';
import { shellStore } from './shell.store.ts';
import classes from './palette.module.css';

/** The command palette (Ctrl+K): every action that can run now, found by any part of its name. */
export function Palette() {
  const open = shellStore((state) => state.open === 'palette');
  const t = useText();
  return (
    <Modal.Root
      opened={open}
      onClose={() => shellStore.setState({ open: null })}
      size={520}
      yOffset="12vh"
      centered={false}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('app.actions.palette')}>
        <Modal.Body p={0}>{open && <PaletteList />}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface Found {
  action: Action;
  label: string;
}

function PaletteList() {
  const t = useText();
  const listId = useId();
  const { room } = useRoute();
  const bound = bindingStore((state) => state.bound);
  const own = ownKeysStore((state) => state.keys);
  const [wanted, setWanted] = useState('');
  const [at, setAt] = useState(0);

  const found = useMemo(() => {
    const labelled = actions
      .filter((action) => !action.hidden && (action.scope === undefined || action.scope === room))
      .filter((action) => bound && runnerOf(action))
      .map((action): Found => ({ action, label: actionLabel(action, t) }));
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    return labelled.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  }, [bound, room, t, wanted]);
  const chosen = Math.min(at, found.length - 1);

  const run = (action: Action) => {
    if (action.asks) keepKeys();
    shellStore.setState({ open: null });
    // After the dialog gave the focus back, so that the action may move it; keys pressed meanwhile come after the action.
    const ran = new Promise<void>((done) =>
      requestAnimationFrame(() => {
        runnerOf(action)?.();
        done();
      }),
    );
    keepKeysDuring(ran);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent)) return;
    const last = found.length - 1;
    if (event.key === 'ArrowDown') setAt(chosen >= last ? 0 : chosen + 1);
    else if (event.key === 'ArrowUp') setAt(chosen <= 0 ? last : chosen - 1);
    else if (event.key === 'Enter' && found[chosen]) run(found[chosen].action);
    else return;
    event.preventDefault();
  };

  return (
    <div className={classes.palette}>
      <input
        className={classes.input}
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={found[chosen] ? `${listId}-${found[chosen].action.id}` : undefined}
        aria-label={t('app.palette.placeholder')}
        placeholder={t('app.palette.placeholder')}
        value={wanted}
        onChange={(event) => {
          setWanted(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t('app.actions.palette')} className={classes.list}>
        {found.map(({ action, label }, index) => (
          // The keys are handled by the field above, which keeps the focus.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={action.id}
            id={`${listId}-${action.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={classes.option}
            onMouseMove={() => setAt(index)}
            onClick={() => run(action)}
          >
            <span>{label}</span>
            {shortcutsOf(action, own)[0] && <KeyHint keys={shortcutsOf(action, own)[0] ?? ''} />}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className={classes.nothing}>{t('app.palette.nothing')}</p>}
    </div>
  );
}
