import { describe, expect, it, vi } from 'vitest';
import { topics, type Topic } from '#shared/contract/topics.ts';
import type { Link } from '#renderer/client/transport.ts';
import { createClient } from '#renderer/client/client.ts';
import { ClientError } from '#renderer/client/client-error.ts';
import { createFakeTransport } from '#test/support/fake-transport.ts';

const connected = () => {
  const transport = createFakeTransport();
  return { transport, client: createClient(transport) };
};

describe('client.call', () => {
  it('answers the value of a good reply', async () => {
    const { transport, client } = connected();
    const call = client.call('jobs.list', {});
    transport.last().answer({ jobs: [] });
    expect(await call).toEqual({ jobs: [] });
    expect(transport.last()).toMatchObject({ name: 'jobs.list', input: {} });
  });

  it('throws the code and the details of a refusal', async () => {
    const { transport, client } = connected();
    const call = client.call('projects.list', {});
    transport.last().refuse('host/busy', { owner: 'cli' as never });
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ClientError);
    expect(error).toMatchObject({ code: 'host/busy', details: { owner: 'cli' }, operation: 'projects.list' });
  });

  it('says that the host is not there when no reply came', async () => {
    const { transport, client } = connected();
    const call = client.call('projects.list', {});
    transport.last().lose();
    await expect(call).rejects.toMatchObject({ code: 'client/unreachable' });
  });

  it('does not call an aborted call a lost host', async () => {
    const { client } = connected();
    const abort = new AbortController();
    const call = client.call('projects.list', {}, abort.signal);
    abort.abort();
    await expect(call).rejects.not.toBeInstanceOf(ClientError);
  });
});

describe('client notices', () => {
  it('hands change notices on until it is told to stop', () => {
    const { transport, client } = connected();
    const heard = vi.fn<(topics: readonly Topic[]) => void>();
    const stop = client.onChange(heard);
    transport.announce('time', 'ledger');
    stop();
    transport.announce('time');
    expect(heard.mock.calls).toEqual([[['time', 'ledger']]]);
  });

  it('counts everything as changed once the host is back, because notices may have been missed', () => {
    const { transport, client } = connected();
    const heard = vi.fn<(topics: readonly Topic[]) => void>();
    const links = vi.fn<(link: Link) => void>();
    client.onChange(heard);
    client.onLink(links);
    transport.link('up');
    expect(heard).not.toHaveBeenCalled();
    transport.link('down');
    transport.link('down');
    expect(client.link).toBe('down');
    transport.link('up');
    expect(links.mock.calls).toEqual([['down'], ['up']]);
    expect(heard.mock.calls).toEqual([[topics]]);
  });
});
