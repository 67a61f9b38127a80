import { useEffect, useState } from 'react';
import { createScope } from './scope.ts';

/** Milliseconds since 1970, every second, for clocks that run on screen; stands still while the window they are in is hidden. */
export function useNow(view: Window = window): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const scope = createScope();
    const tick = () => {
      if (view.document.visibilityState === 'visible') setNow(Date.now());
    };
    // The window's own timer: that of a page behind it may sleep.
    const timer = view.setInterval(tick, 1000);
    scope.add(() => view.clearInterval(timer));
    scope.listen(view.document, 'visibilitychange', tick);
    return () => scope.dispose();
  }, [view]);
  return now;
}
