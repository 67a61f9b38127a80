import { describe, expect, it, vi } from 'vitest';
import type { ChangeNotice } from '#shared/contract/contract.ts';
import type { Topic } from '#shared/contract/topics.ts';
import type { Link } from '#renderer/client/transport.ts';
import { createBridgeTransport, type Bridge } from '#renderer/client/transport-bridge.ts';

describe('bridge transport', () => {
  it('passes calls and notices through, and tells when the host is gone and back', async () => {
    let notify: (notice: ChangeNotice) => void = () => undefined;
    const stop = vi.fn<() => void>();
    const call = vi.fn<Bridge['call']>();
    const transport = createBridgeTransport({
      call,
      onChange: (listener) => {
        notify = listener;
        return stop;
      },
    });
    const [topics, links] = [vi.fn<(topics: readonly Topic[]) => void>(), vi.fn<(link: Link) => void>()];
    transport.onChange(topics);
    transport.onLink(links);

    call.mockResolvedValueOnce({ ok: true, value: 1 });
    expect(await transport.call('a.b', { x: 1 })).toEqual({ ok: true, value: 1 });
    expect(call).toHaveBeenCalledWith('a.b', { x: 1 });
    call.mockRejectedValueOnce(new Error('port closed'));
    await expect(transport.call('a.b', {})).rejects.toThrow('port closed');
    expect(links.mock.calls).toEqual([['up'], ['down']]);

    notify({ topics: ['time'] });
    expect(topics).toHaveBeenCalledWith(['time']);
    transport.close();
    expect(stop).toHaveBeenCalledOnce();
  });
});
