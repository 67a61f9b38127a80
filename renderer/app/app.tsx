import { Notifications } from '@mantine/notifications';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import { ElsewhereDialog } from '#renderer/features/elsewhere/elsewhere-dialog.tsx';
import { coverStore } from '#renderer/lib/cover.store.ts';
import { startFocusReturn } from '#renderer/lib/focus-return.ts';
import { routeStore, useRoute } from '#renderer/lib/route.store.ts';
import { createScope } from '#renderer/lib/scope.ts';
import { actions } from './actions.ts';
import { Boundary } from './boundary.tsx';
import { Banners } from './banners.tsx';
import { Cover } from './cover.tsx';
import { DayStripSlot } from './day-strip-slot.tsx';
import { Help } from './help.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { RoomView } from './room-view.tsx';
import { roomOf } from './rooms.ts';
import { startShortcuts } from './shortcuts.ts';
import classes from './app.module.css';

interface Props {
  /** There is no project yet: the first window shows nothing but the ways to begin. */
  bare: boolean;
}

/** The window: rail, room, day strip, and what floats over them. */
export function App({ bare }: Props) {
  const t = useText();
  const route = useRoute();
  const { room } = route;
  const covered = coverStore((state) => state.covered);
  const alone = bare && room === 'start';
  const main = useRef<HTMLElement>(null);

  // A key may come as soon as there is something to be seen.
  useLayoutEffect(() => {
    const scope = createScope();
    scope.own(startShortcuts(actions, () => routeStore.getState().route.room));
    scope.own(startFocusReturn());
    return () => scope.dispose();
  }, []);

  const label = roomOf(room)?.labelKey;
  const title = covered ? t('app.cover.title') : `${label ? `${t(label)} · ` : ''}${t('app.name')}`;
  useEffect(() => {
    document.title = title;
  }, [title]);

  // Who moves by keyboard goes on inside what opened, unless the focus was put somewhere there already, or into a dialog before it.
  const first = useRef(true);
  useEffect(() => {
    const at = document.activeElement;
    if (!first.current && !main.current?.contains(at) && !at?.closest('[role="dialog"]')) main.current?.focus();
    first.current = false;
  }, [route]);

  return (
    <>
      <div className={classes.window} inert={covered}>
        <a
          className={classes.skip}
          href="#main"
          onClick={(event) => {
            event.preventDefault();
            main.current?.focus();
          }}
        >
          {t('app.skip')}
        </a>
        {!alone && <Rail />}
        <div className={classes.column}>
          <Banners />
          <main ref={main} id="main" className={classes.room} tabIndex={-1} aria-label={label && t(label)}>
            <RoomView id={room} />
          </main>
          {!alone && <DayStripSlot />}
        </div>
      </div>
      <Boundary renderFault={() => null}>
        <ElsewhereDialog />
      </Boundary>
      <Palette />
      <Help />
      <section aria-label={t('app.news')} hidden={covered}>
        <Notifications
          position="bottom-right"
          autoClose={4000}
          limit={3}
          withinPortal={false}
          transitionDuration={90}
        />
      </section>
      {covered && <Cover />}
    </>
  );
}
