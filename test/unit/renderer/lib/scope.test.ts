import { describe, expect, it, vi } from 'vitest';
import { createScope } from '#renderer/lib/scope.ts';

describe('a scope', () => {
  it('releases in reverse order, each once', () => {
    const scope = createScope();
    const released: string[] = [];
    scope.add(() => released.push('first'));
    const early = scope.add(() => released.push('early'));
    scope.own({ dispose: () => released.push('owned') });
    early();
    early();
    scope.dispose();
    scope.dispose();
    expect(released).toEqual(['early', 'owned', 'first']);
  });

  it('releases everything even when one release throws, and says so', () => {
    const scope = createScope();
    const released: string[] = [];
    scope.add(() => released.push('first'));
    scope.add(() => {
      throw new Error('no');
    });
    expect(() => scope.dispose()).toThrow(AggregateError);
    expect(released).toEqual(['first']);
  });

  it('releases at once what comes after its end', () => {
    const scope = createScope();
    scope.dispose();
    const release = vi.fn<() => void>();
    scope.add(release);
    expect(release).toHaveBeenCalledOnce();
    expect(scope.disposed).toBe(true);
  });

  it('ends listeners, timers and child scopes', () => {
    vi.useFakeTimers();
    const scope = createScope();
    const target = new EventTarget();
    const heard: string[] = [];
    const child = scope.child();
    child.listen(target, 'ping', () => heard.push('child'));
    scope.listen(target, 'ping', () => heard.push('scope'));
    scope.timeout(() => heard.push('late'), 100);
    scope.interval(() => heard.push('tick'), 40);
    target.dispatchEvent(new Event('ping'));
    vi.advanceTimersByTime(50);
    expect(heard).toEqual(['child', 'scope', 'tick']);
    scope.dispose();
    target.dispatchEvent(new Event('ping'));
    vi.advanceTimersByTime(500);
    vi.useRealTimers();
    expect(heard).toEqual(['child', 'scope', 'tick']);
    expect(child.disposed).toBe(true);
  });

  it('lets a child end before it', () => {
    const scope = createScope();
    const release = vi.fn<() => void>();
    const child = scope.child();
    child.add(release);
    child.dispose();
    scope.dispose();
    expect(release).toHaveBeenCalledOnce();
  });
});
