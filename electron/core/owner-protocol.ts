import type { Topic } from '#shared/contract/topics.ts';
import { type AnyReply, longestCall } from './core-port.ts';

/** Longest line from a guest, in bytes: a call and what names it. */
export const longestLine = longestCall + 1000;

/** How the owner was asked for its window: to bring one up, or only for an address to open elsewhere. */
export type WindowRequest = 'open' | 'address';

/** What became of it. */
export interface WindowAnswer {
  /** Whether the owner brought a window up. */
  opened: boolean;
  /** A fresh one-time address, when the owner has any. */
  address: string | null;
}

/** From a guest to the owner of a data folder. The secret comes first. */
export type ToOwner =
  | { secret: string }
  | { id: number; call: { name: unknown; input: unknown } }
  | { id: number; window: WindowRequest }
  | { watch: true };

/** From the owner to a guest. */
export type FromOwner =
  | { hello: { host: string; pid: number } }
  | { id: number; reply: AnyReply }
  | { id: number; window: WindowAnswer }
  | { changes: Topic[] };
