import { describe, expect, it } from 'vitest';
import { createEmitter } from '#renderer/lib/emitter.ts';

describe('an emitter', () => {
  it('calls listeners in order until each stops', () => {
    const emitter = createEmitter<{ number: number; text: string }>();
    const heard: unknown[] = [];
    const stop = emitter.on('number', (value) => heard.push(['a', value]));
    emitter.on('number', (value) => heard.push(['b', value]));
    emitter.emit('number', 1);
    emitter.emit('text', 'no one listens');
    stop();
    stop();
    emitter.emit('number', 2);
    emitter.clear();
    emitter.emit('number', 3);
    expect(heard).toEqual([
      ['a', 1],
      ['b', 1],
      ['b', 2],
    ]);
  });

  it('keeps to the listeners there were when an event began', () => {
    const emitter = createEmitter<{ ping: null }>();
    const heard: string[] = [];
    emitter.on('ping', () => {
      heard.push('first');
      emitter.on('ping', () => heard.push('added'));
    });
    emitter.emit('ping', null);
    expect(heard).toEqual(['first']);
  });

  it('stops only one of the same listener added twice', () => {
    const emitter = createEmitter<{ ping: null }>();
    let count = 0;
    const listener = () => void (count += 1);
    const stop = emitter.on('ping', listener);
    emitter.on('ping', listener);
    stop();
    emitter.emit('ping', null);
    expect(count).toBe(1);
  });
});
