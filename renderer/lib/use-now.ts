import { useEffect, useState } from 'react';
import { createScope } from './scope.ts';

/** Milliseconds since 1970, every second, for clocks that run on screen; stands still while the window is hidden. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const scope = createScope();
    const tick = () => {
      if (document.visibilityState === 'visible') setNow(Date.now());
    };
    scope.interval(tick, 1000);
    scope.listen(document, 'visibilitychange', tick);
    return () => scope.dispose();
  }, []);
  return now;
}
