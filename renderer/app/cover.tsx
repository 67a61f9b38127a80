import { useEffect, useRef, useState } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { setCovered } from '#renderer/lib/cover.store.ts';
import { createScope } from '#renderer/lib/scope.ts';
import { composing } from '#renderer/lib/keys.ts';
import classes from './cover.module.css';

/** A neutral page of notes that covers the window until Esc. What is typed here is kept nowhere. */
export function Cover() {
  const t = useText();
  const format = useFormat();
  const [now] = useState(() => new Date().toISOString());
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const scope = createScope();
    const before = document.activeElement;
    // Dialogs stand beside the root element; what is typed in them stays, but nothing reads it out meanwhile.
    const others = [...document.body.children].filter((element) => !element.contains(area.current));
    for (const element of others) element.toggleAttribute('inert', true);
    scope.add(() => {
      for (const element of others) element.toggleAttribute('inert', false);
    });
    area.current?.focus();
    scope.listen(
      window,
      'keydown',
      (event) => {
        // Every key stays here: none may reach what lies below.
        event.stopImmediatePropagation();
        if (event.key === 'Escape' && !composing(event)) setCovered(false);
      },
      { capture: true },
    );
    return () => {
      scope.dispose();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <main className={classes.page} aria-label={t('app.cover.title')}>
      <header className={classes.head}>
        <h1>{t('app.cover.title')}</h1>
        <span>{format.date(now)}</span>
      </header>
      <textarea ref={area} className={classes.text} aria-label={t('app.cover.label')} spellCheck={false} />
      <p className={classes.hint}>{t('app.cover.hint')}</p>
    </main>
  );
}
