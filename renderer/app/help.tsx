import { Modal } from '@mantine/core';
import { useText, type LocaleKey } from '#renderer/i18n/i18n.ts';
import type { Action } from '#renderer/lib/action.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { actionLabel } from './action-label.ts';
import { actions } from './actions.ts';
import { roomOf } from './rooms.ts';
import { shellStore } from './shell.store.ts';
import { shortcutsOf } from './shortcuts.ts';
import classes from './help.module.css';

interface Group {
  labelKey: LocaleKey;
  actions: readonly Action[];
}

function groups(): readonly Group[] {
  const withKeys = actions.filter((action) => shortcutsOf(action).length > 0);
  const scopes = [...new Set(withKeys.map((action) => action.scope))];
  return scopes.map((scope) => ({
    labelKey: (scope && roomOf(scope)?.labelKey) ?? 'app.scope.everywhere',
    actions: withKeys.filter((action) => action.scope === scope),
  }));
}

/** Every key of the program, by room. */
export function Help() {
  const t = useText();
  const open = shellStore((state) => state.open === 'help');
  return (
    <Modal
      opened={open}
      onClose={() => shellStore.setState({ open: null })}
      title={t('app.help.title')}
      size={760}
      closeButtonProps={{ 'aria-label': t('app.help.close') }}
    >
      <p className={classes.lead}>{t('app.help.lead')}</p>
      <div className={classes.columns}>
        {groups().map((group) => (
          <section key={group.labelKey} className={classes.group}>
            <h2>{t(group.labelKey)}</h2>
            <dl>
              {group.actions.map((action) => (
                <div key={action.id} className={classes.line}>
                  <dt>{actionLabel(action, t)}</dt>
                  <dd>
                    {shortcutsOf(action).map((keys) => (
                      <KeyHint key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
