import { describe, expect, it, vi } from 'vitest';
import { createPages } from '#renderer/client/pages.ts';
import { settle } from '#test/support/fake-transport.ts';

type FetchPage = Parameters<typeof createPages<string>>[1];

/** A list of `total` rows named by their index and by how often the list changed. */
const source = (total: number) => {
  const state = { total, round: 0 };
  const fetchPage = vi.fn<FetchPage>(async (offset, limit) => {
    const rows = Array.from({ length: Math.max(0, Math.min(limit, state.total - offset)) }, (_, at) => {
      return `${offset + at}.${state.round}`;
    });
    return { total: state.total, rows };
  });
  return { state, fetchPage };
};

describe('pages', () => {
  it('fetches only the pages that are shown, each once', async () => {
    const { fetchPage } = source(1000);
    const pages = createPages(100, fetchPage);
    pages.show(0, 30);
    pages.show(10, 40);
    await settle();
    expect(fetchPage.mock.calls.map(([offset]) => offset)).toEqual([0]);
    pages.show(95, 210);
    await settle();
    expect(fetchPage.mock.calls.map(([offset]) => offset)).toEqual([0, 100, 200]);
    expect(pages.state().total).toBe(1000);
    expect(pages.state().row(205)).toBe('205.0');
    expect(pages.state().row(999)).toBeUndefined();
  });

  it('leaves pages scrolled past before they came', async () => {
    const { fetchPage } = source(1_000_000);
    const pages = createPages(100, fetchPage);
    pages.show(0, 30);
    pages.show(500_000, 500_030);
    expect(fetchPage.mock.calls[0]?.[2].aborted).toBe(true);
    await settle();
    expect(pages.state().row(0)).toBeUndefined();
    expect(pages.state().row(500_001)).toBe('500001.0');
  });

  it('fetches what is on screen again after a change and keeps the old rows until then', async () => {
    const { state, fetchPage } = source(1000);
    const pages = createPages(100, fetchPage);
    pages.show(0, 30);
    await settle();
    pages.show(300, 330);
    await settle();
    state.round = 1;
    state.total = 1001;
    pages.refresh();
    expect(pages.state().row(310)).toBe('310.0');
    await settle();
    expect(pages.state().row(310)).toBe('310.1');
    expect(pages.state().total).toBe(1001);
    expect(fetchPage).toHaveBeenCalledTimes(3);
    pages.show(0, 30);
    expect(pages.state().row(5)).toBe('5.0');
    await settle();
    expect(pages.state().row(5)).toBe('5.1');
  });

  it('keeps a bounded number of pages', async () => {
    const { fetchPage } = source(1_000_000);
    const pages = createPages(100, fetchPage);
    for (let page = 0; page < 60; page++) {
      pages.show(page * 100, page * 100 + 50);
      await settle();
    }
    expect(pages.state().row(0)).toBeUndefined();
    expect(pages.state().row(5950)).toBe('5950.0');
  });

  it('says why a page could not be had and asks again when told', async () => {
    const { fetchPage } = source(10);
    fetchPage.mockRejectedValueOnce(new Error('broken'));
    const pages = createPages(100, fetchPage);
    pages.show(0, 9);
    await settle();
    expect(pages.state().error).toMatchObject({ code: 'host/internal' });
    pages.refresh();
    await settle();
    expect(pages.state().error).toBeUndefined();
    expect(pages.state().row(3)).toBe('3.0');
  });
});
