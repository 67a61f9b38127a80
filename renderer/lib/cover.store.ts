import { create } from 'zustand';

/** Whether the neutral page hides everything. Said once, it holds in every window of the program: the small timer shows no more than they. */
interface CoverState {
  covered: boolean;
}

export const coverStore = create<CoverState>(() => ({ covered: false }));

/** The windows of one data folder share an origin, and hear each other there; nothing of it leaves the machine. */
const others = typeof document === 'undefined' ? null : new BroadcastChannel('counterledger-cover');

others?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data === 'boolean') coverStore.setState({ covered: data });
});

/** Covers every window, or shows them again. */
export function setCovered(covered: boolean): void {
  coverStore.setState({ covered });
  others?.postMessage(covered);
}
