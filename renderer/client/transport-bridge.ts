import type { ChangeNotice } from '#shared/contract/contract.ts';
import type { Link, RawReply, Transport } from './transport.ts';

/** What the preload script puts on `window`. */
export interface Bridge {
  call(name: string, input: unknown): Promise<RawReply>;
  /** Returns the function that stops listening. */
  onChange(listener: (notice: ChangeNotice) => void): () => void;
}

declare global {
  interface Window {
    counterledger?: Bridge;
  }
}

/** Calls over the preload bridge of the Electron host. An aborted call is only given up here; the host still finishes it. */
export function createBridgeTransport(bridge: Bridge): Transport {
  const stops: (() => void)[] = [];
  const linkListeners: ((link: Link) => void)[] = [];
  return {
    async call(name, input, signal) {
      signal?.throwIfAborted();
      let reply: RawReply;
      try {
        reply = await bridge.call(name, input);
      } catch (error) {
        for (const listener of linkListeners) listener('down');
        throw error;
      }
      for (const listener of linkListeners) listener('up');
      signal?.throwIfAborted();
      return reply;
    },
    onChange(listener) {
      stops.push(bridge.onChange((notice) => listener(notice.topics)));
    },
    onLink(listener) {
      linkListeners.push(listener);
    },
    close() {
      for (const stop of stops.splice(0)) stop();
      linkListeners.length = 0;
    },
  };
}
