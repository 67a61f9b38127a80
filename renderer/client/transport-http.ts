import type { ChangeNotice } from '#shared/contract/contract.ts';
import { createScope } from '#renderer/lib/scope.ts';
import type { Link, RawReply, Transport } from './transport.ts';

const firstRetryMs = 500;
const longestRetryMs = 5000;

/** Why the stream ended: an event stream itself does not tell. */
async function knock(): Promise<Link> {
  try {
    const response = await post('host.capabilities', {});
    return response.status === 401 ? 'refused' : 'down';
  } catch {
    return 'down';
  }
}

function post(name: string, input: unknown, signal?: AbortSignal): Promise<Response> {
  return fetch('call', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, input }),
    ...(signal ? { signal } : {}),
  });
}

/**
 * Calls over HTTP to the loopback host: `POST call` with `{ name, input }`, and one event stream `changes` held open, which
 * is also how the host knows that a window is there. Addresses are relative to the page.
 */
export function createHttpTransport(): Transport {
  const scope = createScope();
  const changeListeners: ((topics: ChangeNotice['topics']) => void)[] = [];
  const linkListeners: ((link: Link) => void)[] = [];
  const tell = (link: Link) => {
    for (const listener of linkListeners) listener(link);
  };

  let stands: () => void = () => undefined;
  /** The first stream stands, or cannot: what changes after an answer was given is heard of from then on. */
  const listening = new Promise<void>((done) => {
    stands = done;
  });

  let retryMs = firstRetryMs;
  const listen = () => {
    const stream = new EventSource('changes');
    const release = scope.add(() => stream.close());
    stream.addEventListener('open', () => {
      retryMs = firstRetryMs;
      stands();
      tell('up');
    });
    stream.addEventListener('message', (event: MessageEvent<string>) => {
      const notice = JSON.parse(event.data) as ChangeNotice;
      for (const listener of changeListeners) listener(notice.topics);
    });
    stream.addEventListener('error', () => {
      // Reconnecting by hand: a browser gives an event stream up for good after an HTTP error, and waits long otherwise.
      release();
      stands();
      void knock().then((link) => {
        if (scope.disposed) return;
        tell(link);
        scope.timeout(listen, retryMs);
        retryMs = Math.min(retryMs * 2, longestRetryMs);
      });
    });
  };
  listen();

  return {
    async call(name, input, signal) {
      // A change between the first answer and the stream would be missed for good.
      await listening;
      const response = await post(name, input, signal);
      // The host answers refusals with a reply too, whatever the status.
      return (await response.json()) as RawReply;
    },
    onChange(listener) {
      changeListeners.push(listener);
    },
    onLink(listener) {
      linkListeners.push(listener);
    },
    close() {
      scope.dispose();
    },
  };
}
