import { Button, Modal, TextInput } from '@mantine/core';
import { IconKeyboard, IconPrinter, IconRestore } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useText, type LocaleKey } from '#renderer/i18n/i18n.ts';
import { useActions, type Action } from '#renderer/lib/action.ts';
import { shortcutsOf, type OwnKeys } from '#renderer/lib/own-keys.store.ts';
import { actionLabel } from './action-label.ts';
import { actions } from './actions.ts';
import { KeyRow } from './key-row.tsx';
import { roomOf } from './rooms.ts';
import { shellStore } from './shell.store.ts';
import { useOwnKeys } from './use-own-keys.ts';
import classes from './help.module.css';

interface Group {
  labelKey: LocaleKey;
  actions: readonly Action[];
}

/** The actions by room, those of the canvas and of recordings apart from the rest of their room. */
function groupsOf(shown: readonly Action[]): readonly Group[] {
  const keyOf = ({ id, scope }: Action): LocaleKey => {
    if (id.startsWith('canvas.')) return 'app.help.canvas';
    if (id.startsWith('sound.')) return 'app.help.sound';
    return (scope && roomOf(scope)?.labelKey) ?? 'app.scope.everywhere';
  };
  const keys = [...new Set(shown.map(keyOf))];
  return keys.map((labelKey) => ({ labelKey, actions: shown.filter((action) => keyOf(action) === labelKey) }));
}

/** Every key of the program, by room: to read, to print, and to change. */
export function Help() {
  const t = useText();
  const open = shellStore((state) => state.open === 'help');
  // Bound, so that a room can ask for it.
  useActions({ 'app.help': () => shellStore.setState({ open: 'help' }) });
  return (
    <Modal
      opened={open}
      onClose={() => shellStore.setState({ open: null })}
      title={t('app.help.title')}
      size={860}
      classNames={{ inner: classes.frame ?? '', content: classes.sheet ?? '', overlay: classes.veil ?? '' }}
      closeButtonProps={{ 'aria-label': t('app.help.close') }}
    >
      {open && <KeyList />}
    </Modal>
  );
}

function KeyList() {
  const t = useText();
  const [own, change] = useOwnKeys();
  const [changing, setChanging] = useState(false);
  const [typed, setTyped] = useState('');
  const groups = useMemo(() => {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    const isShown = (action: Action) =>
      (changing || shortcutsOf(action, own).length > 0) &&
      words.every((word) => actionLabel(action, t).toLowerCase().includes(word));
    return groupsOf(actions.filter(isShown));
  }, [changing, own, t, typed]);
  return (
    <div className={classes.page} data-help-open>
      <p className={classes.lead}>{changing ? t('app.help.changeLead') : t('app.help.lead')}</p>
      <div className={classes.bar}>
        <TextInput
          className={classes.search}
          size="xs"
          data-autofocus
          aria-label={t('app.help.search')}
          placeholder={t('app.help.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {changing && Object.keys(own).length > 0 && <ResetAll onReset={() => change({})} own={own} />}
        <Button
          size="xs"
          variant={changing ? 'filled' : 'default'}
          leftSection={<IconKeyboard size={15} stroke={1.6} />}
          aria-pressed={changing}
          onClick={() => setChanging(!changing)}
        >
          {changing ? t('app.help.done') : t('app.help.edit')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPrinter size={15} stroke={1.6} />}
          disabled={changing}
          onClick={() => globalThis.print()}
        >
          {t('app.help.print')}
        </Button>
      </div>
      <div className={classes.columns}>
        {groups.map((group) => (
          <section key={group.labelKey} className={classes.group}>
            <h2>{t(group.labelKey)}</h2>
            <dl>
              {group.actions.map((action) => (
                <KeyRow key={action.id} action={action} own={own} onChange={changing ? change : undefined} />
              ))}
            </dl>
          </section>
        ))}
        {groups.length === 0 && <p className={classes.lead}>{t('app.palette.nothing')}</p>}
      </div>
    </div>
  );
}

/** Back to how the keys come. */
function ResetAll({ own, onReset }: { own: OwnKeys; onReset: () => void }) {
  const t = useText();
  return (
    <Button size="xs" variant="default" leftSection={<IconRestore size={15} stroke={1.6} />} onClick={onReset}>
      {t('app.help.resetAll', { count: Object.keys(own).length })}
    </Button>
  );
}
