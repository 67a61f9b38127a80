import type { ErrorReply } from '#shared/contract/errors.ts';
import type { Topic } from '#shared/contract/topics.ts';

/** A reply as it travels, before its value is typed by the operation's name. */
export type RawReply = { ok: true; value: unknown } | { ok: false; error: ErrorReply };

/** What carries calls to the host and change notices back. Two exist: the preload bridge and HTTP. */
export interface Transport {
  /** Rejects only when no reply came (host gone, call aborted). */
  call(name: string, input: unknown, signal?: AbortSignal): Promise<RawReply>;
  /** Listens to change notices for as long as the transport lives. */
  onChange(listener: (topics: readonly Topic[]) => void): void;
  /** Tells when the host stops answering and when it answers again. */
  onLink(listener: (link: Link) => void): void;
  close(): void;
}

/** Whether the host is there; `refused`: one answers, but was started anew and does not know this window. */
export type Link = 'up' | 'down' | 'refused';
