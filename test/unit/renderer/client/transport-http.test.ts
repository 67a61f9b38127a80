import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHttpTransport } from '#renderer/client/transport-http.ts';
import { settle } from '#test/support/fake-transport.ts';

/** The browser's event stream, opened and broken by the test. */
class Stream extends EventTarget {
  static all: Stream[] = [];

  constructor() {
    super();
    Stream.all.push(this);
  }

  close(): void {}
}

/** The transport in a browser that says whom it called. */
function connected() {
  Stream.all = [];
  const calls: string[] = [];
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('fetch', async (_address: string, { body }: { body: string }) => {
    calls.push((JSON.parse(body) as { name: string }).name);
    return new Response(JSON.stringify({ ok: true, value: null }));
  });
  return { calls, transport: createHttpTransport() };
}

afterEach(() => vi.unstubAllGlobals());

describe('http transport', () => {
  it('asks nothing before it hears of changes, since one in between would be missed for good', async () => {
    const { calls, transport } = connected();
    const answer = transport.call('projects.list', {});
    await settle();
    expect(calls).toEqual([]);
    Stream.all[0]?.dispatchEvent(new Event('open'));
    expect(await answer).toEqual({ ok: true, value: null });
    expect(calls).toEqual(['projects.list']);
    transport.close();
  });

  it('asks all the same where there is nothing to hear, and says how the host is', async () => {
    const { calls, transport } = connected();
    const links: string[] = [];
    transport.onLink((link) => links.push(link));
    const answer = transport.call('projects.list', {});
    Stream.all[0]?.dispatchEvent(new Event('error'));
    await answer;
    await settle();
    expect(calls.toSorted()).toEqual(['host.capabilities', 'projects.list']);
    expect(links).toEqual(['down']);
    transport.close();
  });
});
