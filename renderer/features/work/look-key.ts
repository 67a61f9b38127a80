import { workStore } from './work.store.ts';

/** A press shorter than this switches; a longer one only shows for as long as it lasts. */
const tapMs = 250;

/** The key for "as it was" went down: the photo is shown without any look. */
export function pressAsItWas(): void {
  const { looking } = workStore.getState();
  if (!looking || looking.held) return;
  looking.hold(true);
}

/** It was let go: the look is back, or, after a tap, stays off until the next tap. */
export function releaseAsItWas(heldMs: number): void {
  const { looking } = workStore.getState();
  if (!looking?.held) return;
  if (heldMs < tapMs) workStore.setState(({ lookOff }) => ({ lookOff: !lookOff }));
  looking.hold(false);
}
