/**
 * How a screen talks to the core. One client, typed by the contract, whatever carries it.
 *
 *     const { data, error, loading } = useQuery('tasks.get', { taskId });       // fetches again when its topics change
 *     const list = usePagedQuery('ledger.list', { filter }, (page) => page.entries);  // random access for a virtual table
 *     const submit = useCommand('tasks.submit');                                // submit.run(input), submit.running, submit.error
 *     const client = useClient(); await client.call('drafts.append', input);    // anything else; throws ClientError
 *
 * Which topics a query depends on stands in query-topics.ts. A screen never fetches again by hand after a command: the core
 * announces what changed, and every query that depends on it is fetched again, here and in every other window.
 */
import type { Input, OperationName, Output } from '#shared/contract/contract.ts';
import { topics as allTopics, type Topic } from '#shared/contract/topics.ts';
import { createEmitter } from '#renderer/lib/emitter.ts';
import { ClientError } from './client-error.ts';
import type { Link, RawReply, Transport } from './transport.ts';

export interface Client {
  /** Carries one operation out. Throws ClientError; with code `client/unreachable` when the host did not answer. */
  call<N extends OperationName>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Output<N>>;
  /** Hears which topics changed until the returned function is called. After the host was away, all of them. */
  onChange(listener: (topics: readonly Topic[]) => void): () => void;
  readonly link: Link;
  /** Hears when the host goes away and comes back. */
  onLink(listener: (link: Link) => void): () => void;
  close(): void;
}

interface ClientEvents {
  change: readonly Topic[];
  link: Link;
}

/** Makes the client over a transport. */
export function createClient(transport: Transport): Client {
  const events = createEmitter<ClientEvents>();
  let link: Link = 'up';

  transport.onChange((topics) => events.emit('change', topics));
  transport.onLink((next) => {
    if (next === link) return;
    link = next;
    events.emit('link', next);
    // Notices may have been missed meanwhile.
    if (next === 'up') events.emit('change', allTopics);
  });

  return {
    async call<N extends OperationName>(name: N, input: Input<N>, signal?: AbortSignal) {
      let reply: RawReply;
      try {
        reply = await transport.call(name, input, signal);
      } catch (error) {
        if (signal?.aborted) throw error;
        throw new ClientError('client/unreachable', {}, name);
      }
      if (!reply.ok) throw new ClientError(reply.error.code, reply.error.details, name);
      return reply.value as Output<N>;
    },
    onChange: (listener) => events.on('change', listener),
    get link() {
      return link;
    },
    onLink: (listener) => events.on('link', listener),
    close() {
      events.clear();
      transport.close();
    },
  };
}
