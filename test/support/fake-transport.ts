import type { Topic } from '#shared/contract/topics.ts';
import type { Link, RawReply, Transport } from '#renderer/client/transport.ts';

/** A call the fake transport was given and that waits for its answer. */
export interface PendingCall {
  name: string;
  input: unknown;
  signal: AbortSignal | undefined;
  answer(value: unknown): void;
  refuse(code: string, details?: Record<string, never>): void;
  lose(): void;
}

export interface FakeTransport extends Transport {
  readonly calls: PendingCall[];
  /** The last call that was made. */
  last(): PendingCall;
  announce(...topics: Topic[]): void;
  link(link: Link): void;
}

/** A host that answers when the test says so. */
export function createFakeTransport(): FakeTransport {
  const calls: PendingCall[] = [];
  let onChange: (topics: readonly Topic[]) => void = () => undefined;
  let onLink: (link: Link) => void = () => undefined;
  return {
    calls,
    last() {
      const call = calls.at(-1);
      if (!call) throw new Error('nothing was called');
      return call;
    },
    announce: (...topics) => onChange(topics),
    link: (link) => onLink(link),
    call: (name, input, signal) =>
      new Promise<RawReply>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
        calls.push({
          name,
          input,
          signal,
          answer: (value) => resolve({ ok: true, value }),
          refuse: (code, details = {}) => resolve({ ok: false, error: { code: code as never, details } }),
          lose: () => reject(new TypeError('network')),
        });
      }),
    onChange: (listener) => {
      onChange = listener;
    },
    onLink: (listener) => {
      onLink = listener;
    },
    close: () => undefined,
  };
}

/** Lets every promise that can go on do so. */
export async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done, 0));
}
