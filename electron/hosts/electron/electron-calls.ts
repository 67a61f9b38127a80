import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { type AnyReply, type Core, longestCall, refusal } from '#electron/core/core-port.ts';
import { channels } from '#electron/preload/channels.ts';
import { isOwnAddress } from './app-origin.ts';

/** Whether a value would be longer than `limit` as JSON, roughly, and without making that JSON. Ends for values that contain themselves. */
export function isLongerThan(value: unknown, limit: number): boolean {
  let left = limit;
  const waiting: unknown[] = [value];
  while (waiting.length > 0 && left >= 0) {
    const next = waiting.pop();
    left -= 2;
    if (typeof next === 'string') left -= next.length;
    else if (ArrayBuffer.isView(next)) left -= next.byteLength;
    else if (Array.isArray(next)) for (const item of next) waiting.push(item);
    else if (next !== null && typeof next === 'object') {
      for (const [key, item] of Object.entries(next)) {
        left -= key.length + 3;
        waiting.push(item);
      }
    }
  }
  return left < 0;
}

/** Only the page itself may call: no frame within it, no page that came from elsewhere. */
function isOwnPage({ senderFrame, sender }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnAddress(senderFrame.url);
}

/** Carries the window's calls to the core. */
export function carryCalls(ipc: IpcMain, core: Pick<Core, 'call'>): void {
  ipc.handle(channels.call, async (event, name: unknown, input: unknown): Promise<AnyReply> => {
    if (!isOwnPage(event)) return refusal('host/unauthorized');
    if (typeof name !== 'string') return refusal('host/bad-input', { path: 'name', problem: 'missing' });
    if (isLongerThan(input, longestCall)) return refusal('host/too-large', { limit: longestCall });
    return core.call(name, input);
  });
}
