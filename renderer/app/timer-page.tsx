import { useEffect } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import { coverStore } from '#renderer/lib/cover.store.ts';
import { Boundary } from './boundary.tsx';
import { useLoaded } from './use-loaded.ts';

/** The address a host opens its small window at. */
export const isTimerPage = () => window.location.hash === '#timer';

const load = async () => {
  const { SmallTimer } = await import('#renderer/features/day/small-timer.tsx');
  return function HostTimer() {
    return <SmallTimer view={window} />;
  };
};

/** The whole page when it is the small timer's: nothing beside it. */
export function TimerPage() {
  const t = useText();
  const covered = coverStore((state) => state.covered);
  const { Component: Timer } = useLoaded('small-timer', load);
  const title = t(covered ? 'app.cover.title' : 'day.timer.title');
  useEffect(() => {
    document.title = title;
  }, [title]);
  return <Boundary renderFault={() => null}>{Timer && <Timer />}</Boundary>;
}
