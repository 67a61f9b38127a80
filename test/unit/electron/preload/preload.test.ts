import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { buildPreload, runPreload } from '#test/support/preload-world.ts';

interface Bridge {
  call(name: string, input: unknown): Promise<unknown>;
  onChange(listener: (notice: unknown) => void): () => void;
}

describe('the built preload script', async () => {
  const script = await buildPreload();
  const asked: unknown[][] = [];
  const channels = new EventEmitter();
  const exposed = runPreload(script, {
    contextBridge: { exposeInMainWorld: () => undefined },
    ipcRenderer: {
      invoke: async (...args) => {
        asked.push(args);
        return 'reply';
      },
      on: (channel, listener) => void channels.on(channel, listener),
      off: (channel, listener) => void channels.off(channel, listener),
    },
  });
  const bridge = exposed['counterledger'] as Bridge;

  it('is one file that needs electron and nothing else', () => {
    expect([...script.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1])).toEqual(['electron']);
    expect(script).not.toMatch(/\bimport\s*[({'"]|process\.|__dirname/);
  });

  it('gives the page a call and a way to listen, and no more', () => {
    expect(Object.keys(exposed)).toEqual(['counterledger']);
    expect(Object.keys(bridge).sort()).toEqual(['call', 'onChange']);
  });

  it('calls on one channel, with name and input alone', async () => {
    const call = bridge.call as (...args: unknown[]) => Promise<unknown>;
    expect(await call('a.b', { c: 1 }, 'more', 'and more')).toBe('reply');
    expect(asked).toEqual([['counterledger:call', 'a.b', { c: 1 }]]);
  });

  it('hands on what changed without the event that carried it, until told to stop', () => {
    const heard: unknown[][] = [];
    const stop = bridge.onChange((...args) => void heard.push(args));
    channels.emit('counterledger:changes', { sender: 'the way to every channel' }, { topics: ['tasks'] });
    channels.emit('another', {}, { topics: ['time'] });
    stop();
    channels.emit('counterledger:changes', {}, { topics: ['time'] });
    expect(heard).toEqual([[{ topics: ['tasks'] }]]);
    expect(channels.listenerCount('counterledger:changes')).toBe(0);
  });
});
