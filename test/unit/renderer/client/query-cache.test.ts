import { describe, expect, it, vi } from 'vitest';
import { createClient } from '#renderer/client/client.ts';
import { createQueryCache, queryKey } from '#renderer/client/query-cache.ts';
import { createFakeTransport, settle } from '#test/support/fake-transport.ts';

const prepared = () => {
  const transport = createFakeTransport();
  return { transport, cache: createQueryCache(createClient(transport)) };
};
const list = (...names: string[]) => ({ projects: names.map((name) => ({ name })) });

describe('query cache', () => {
  it('asks once for two screens that want the same', async () => {
    const { transport, cache } = prepared();
    const [one, two] = [vi.fn<() => void>(), vi.fn<() => void>()];
    cache.watch('projects.list', {}, one);
    cache.watch('projects.list', {}, two);
    expect(transport.calls).toHaveLength(1);
    expect(cache.read('projects.list', {})).toEqual({ data: undefined, error: undefined, fetching: true });
    transport.last().answer(list('a'));
    await settle();
    expect(cache.read('projects.list', {})).toEqual({ data: list('a'), error: undefined, fetching: false });
    expect(one).toHaveBeenCalledOnce();
    expect(two).toHaveBeenCalledOnce();
  });

  it('takes inputs with the same values in another order for the same', () => {
    expect(queryKey('tasks.list', { b: { y: 1, x: 2 }, a: 1 })).toBe(
      queryKey('tasks.list', { a: 1, b: { x: 2, y: 1 } }),
    );
    expect(queryKey('tasks.list', { a: [1, 2] })).not.toBe(queryKey('tasks.list', { a: [2, 1] }));
  });

  it('fetches again when a topic changes, and shows the old answer meanwhile', async () => {
    const { transport, cache } = prepared();
    cache.watch('projects.list', {}, () => undefined);
    transport.last().answer(list('a'));
    await settle();
    transport.announce('backups');
    expect(transport.calls).toHaveLength(1);
    transport.announce('projects');
    expect(transport.calls).toHaveLength(2);
    expect(cache.read('projects.list', {})).toMatchObject({ data: list('a'), fetching: true });
    transport.last().answer(list('a', 'b'));
    await settle();
    expect(cache.read('projects.list', {})).toMatchObject({ data: list('a', 'b'), fetching: false });
  });

  it('asks once more, not ten times, when ten changes come during a fetch', async () => {
    const { transport, cache } = prepared();
    cache.watch('projects.list', {}, () => undefined);
    for (let change = 0; change < 10; change++) transport.announce('projects');
    expect(transport.calls).toHaveLength(1);
    transport.last().answer(list('old'));
    await settle();
    expect(transport.calls).toHaveLength(2);
    expect(cache.read('projects.list', {})).toMatchObject({ data: list('old'), fetching: true });
    transport.last().answer(list('new'));
    await settle();
    expect(transport.calls).toHaveLength(2);
    expect(cache.read('projects.list', {})).toMatchObject({ data: list('new'), fetching: false });
  });

  it('keeps the last answer while the host is away, and drops it when the core refuses', async () => {
    const { transport, cache } = prepared();
    cache.watch('projects.list', {}, () => undefined);
    transport.last().answer(list('a'));
    await settle();
    transport.announce('projects');
    transport.last().lose();
    await settle();
    expect(cache.read('projects.list', {})).toMatchObject({ data: list('a'), error: { code: 'client/unreachable' } });
    transport.announce('projects');
    transport.last().refuse('host/internal');
    await settle();
    expect(cache.read('projects.list', {})).toMatchObject({ data: undefined, error: { code: 'host/internal' } });
  });

  it('aborts a fetch nobody waits for any more', async () => {
    const { transport, cache } = prepared();
    const stop = cache.watch('projects.list', {}, () => undefined);
    stop();
    await settle();
    expect(transport.last().signal?.aborted).toBe(true);
  });

  it('keeps the fetch over a remount in the same turn', async () => {
    const { transport, cache } = prepared();
    cache.watch('projects.list', {}, () => undefined)();
    cache.watch('projects.list', {}, () => undefined);
    await settle();
    expect(transport.calls).toHaveLength(1);
    expect(transport.last().signal?.aborted).toBe(false);
  });

  it('shows an answer that was kept at once, unless it changed meanwhile', async () => {
    const { transport, cache } = prepared();
    const stop = cache.watch('projects.list', {}, () => undefined);
    transport.last().answer(list('a'));
    await settle();
    stop();
    await settle();
    cache.watch('projects.list', {}, () => undefined)();
    expect(transport.calls).toHaveLength(1);
    await settle();
    transport.announce('projects');
    expect(cache.read('projects.list', {}).data).toBeUndefined();
    cache.watch('projects.list', {}, () => undefined);
    expect(transport.calls).toHaveLength(2);
  });

  it('says when what was asked for anew is here, even when a fetch was under way that may be too old', async () => {
    const { transport, cache } = prepared();
    cache.watch('projects.list', {}, () => undefined);
    let here = false;
    const again = cache.refetch('projects.list', {}).then(() => (here = true));
    expect(transport.calls).toHaveLength(1);
    transport.last().answer(list('old'));
    await settle();
    expect(here).toBe(false);
    expect(transport.calls).toHaveLength(2);
    transport.last().answer(list('new'));
    await again;
    expect(cache.read('projects.list', {})).toMatchObject({ data: list('new'), fetching: false });
    const lost = cache.refetch('projects.list', {});
    transport.last().lose();
    await expect(lost).resolves.toBeUndefined();
    await expect(cache.refetch('host.capabilities', {})).resolves.toBeUndefined();
  });
});
