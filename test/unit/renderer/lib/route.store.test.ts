import { beforeEach, describe, expect, it } from 'vitest';
import { goBack, goForward, navigate, routeStore } from '#renderer/lib/route.store.ts';

const place = () => routeStore.getState().route;

beforeEach(() => routeStore.setState({ route: { room: 'start', params: {} }, past: [], future: [] }));

describe('routes', () => {
  it('go back and forward', () => {
    navigate('ledger', { day: '2026-11-22' });
    navigate('settings', {});
    goBack();
    expect(place()).toEqual({ room: 'ledger', params: { day: '2026-11-22' } });
    goBack();
    goBack();
    expect(place().room).toBe('start');
    goForward();
    goForward();
    goForward();
    expect(place().room).toBe('settings');
  });

  it('forget what lay ahead when one goes elsewhere', () => {
    navigate('ledger', {});
    goBack();
    navigate('settings', {});
    goForward();
    expect(place().room).toBe('settings');
  });

  it('do not remember the same place twice, nor a place that was replaced', () => {
    navigate('ledger', { entryId: 'a' });
    navigate('ledger', { entryId: 'a' });
    navigate('ledger', { entryId: 'b' }, { replace: true });
    goBack();
    expect(place().room).toBe('start');
  });

  it('remember a bounded number of places', () => {
    for (let entry = 0; entry < 300; entry++) navigate('ledger', { entryId: String(entry) });
    expect(routeStore.getState().past).toHaveLength(100);
  });
});
