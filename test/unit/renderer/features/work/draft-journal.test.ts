import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnnotationDoc, Change, JournalRecord, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { changeOf, emptyDoc, foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { ClientError } from '#renderer/client/client-error.ts';
import { createDraftJournal, type DraftPort } from '#renderer/features/work/draft-journal.ts';

const shapeOf = (n: number, x = 0): Shape => ({
  id: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as ShapeId,
  label: 'car',
  geometry: { type: 'box', x, y: 0, w: 10, h: 10 },
  attributes: {},
  origin: 'hand',
});
const draw = (doc: AnnotationDoc, shape: Shape): Change => changeOf(doc, 'draw', [{ id: shape.id, after: shape }])!;

/** Keeps a journal as the core does: appends at the right length, refuses at any other. */
function keepingHost() {
  const host = {
    records: [] as JournalRecord[],
    calls: 0,
    /** What happens to the next calls before (`lost`: the host dies before writing) or after (`unanswered`) they are written. */
    faults: [] as ('lost' | 'unanswered' | 'refused')[],
  };
  const port: DraftPort = {
    append: async (after, records) => {
      host.calls += 1;
      const fault = host.faults.shift();
      if (fault === 'lost') throw new ClientError('client/unreachable', {}, 'drafts.append');
      if (fault === 'refused') throw new ClientError('host/bad-input', {}, 'drafts.append');
      if (after !== host.records.length) {
        throw new ClientError('drafts/stale', { expected: host.records.length, got: after }, 'drafts.append');
      }
      host.records.push(...(JSON.parse(JSON.stringify(records)) as JournalRecord[]));
      if (fault === 'unanswered') throw new ClientError('client/unreachable', {}, 'drafts.append');
      return { length: host.records.length };
    },
    get: async () => ({ base: emptyDoc, records: [...host.records] }),
  };
  return { host, port };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const open = (port: DraftPort, records: readonly JournalRecord[] = []) =>
  createDraftJournal(port, { base: emptyDoc, records }, () => 1);

describe('the live journal', () => {
  it('writes what is drawn close together in one call, in order', async () => {
    const { host, port } = keepingHost();
    const journal = open(port);
    for (let n = 1; n <= 5; n += 1) journal.do(draw(journal.view().journal.doc, shapeOf(n)));
    expect(host.calls).toBe(0);
    expect(journal.view().saved).toBe('saving');
    await vi.advanceTimersByTimeAsync(200);
    expect(host.calls).toBe(1);
    expect(journal.view().saved).toBe('saved');
    expect(foldJournal(host.records).doc).toEqual(journal.view().journal.doc);
  });

  it('tries again until the host is back, and loses and repeats nothing', async () => {
    const { host, port } = keepingHost();
    host.faults = ['lost', 'lost', 'unanswered', 'lost'];
    const journal = open(port);
    journal.do(draw(emptyDoc, shapeOf(1)));
    await vi.advanceTimersByTimeAsync(200);
    expect(journal.view().saved).toBe('waiting');
    journal.do(draw(journal.view().journal.doc, shapeOf(2)));
    expect(journal.undo()).not.toBeNull();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(journal.view().saved).toBe('saved');
    expect(host.records.map(({ type }) => type)).toEqual(['do', 'do', 'undo']);
    expect(foldJournal(host.records).doc.shapes).toEqual([shapeOf(1)]);
    expect(journal.view().reloads).toBe(0);
  });

  it('puts its own changes on top of what another window wrote', async () => {
    const { host, port } = keepingHost();
    const journal = open(port);
    const reloaded: AnnotationDoc[] = [];
    journal.onReload((doc) => reloaded.push(doc));
    host.records.push({ type: 'do', at: 0, change: draw(emptyDoc, shapeOf(9)) });
    journal.do(draw(emptyDoc, shapeOf(1)));
    await vi.advanceTimersByTimeAsync(1000);
    expect(foldJournal(host.records).doc.shapes).toEqual([shapeOf(9), shapeOf(1)]);
    expect(journal.view().journal.doc).toEqual(foldJournal(host.records).doc);
    expect(reloaded).toEqual([journal.view().journal.doc]);
    expect(journal.view().reloads).toBe(1);
  });

  it('takes in what an import added, without a word of another window', async () => {
    const { host, port } = keepingHost();
    const journal = open(port);
    journal.do(draw(emptyDoc, shapeOf(1)));
    await vi.advanceTimersByTimeAsync(300);
    host.records.push({ type: 'do', at: 0, change: draw(journal.view().journal.doc, shapeOf(9)) });
    journal.do(draw(journal.view().journal.doc, shapeOf(2)));
    await journal.reload();
    expect(journal.view().journal.doc.shapes).toEqual([shapeOf(1), shapeOf(9), shapeOf(2)]);
    await vi.advanceTimersByTimeAsync(300);
    expect(foldJournal(host.records).doc).toEqual(journal.view().journal.doc);
    expect(journal.view()).toMatchObject({ saved: 'saved', reloads: 0 });
  });

  it('flushes before a submission and answers the length to submit with', async () => {
    const { host, port } = keepingHost();
    const journal = open(port);
    expect(await journal.flush()).toBe(0);
    journal.do(draw(emptyDoc, shapeOf(1)));
    const flushed = journal.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(await flushed).toBe(1);
    expect(host.calls).toBe(1);
  });

  it('says so when the host refuses for good', async () => {
    const { host, port } = keepingHost();
    host.faults = ['refused'];
    const journal = open(port);
    journal.do(draw(emptyDoc, shapeOf(1)));
    const flushed = journal.flush().catch((error: ClientError) => error.code);
    await vi.advanceTimersByTimeAsync(10);
    expect(await flushed).toBe('host/bad-input');
    expect(journal.view().saved).toBe('failed');
  });

  it('sends what is held back at once when the window goes', async () => {
    const { host, port } = keepingHost();
    const journal = open(port);
    journal.do(draw(emptyDoc, shapeOf(1)));
    journal.hurry();
    // In the same turn: a page that is closing gets no other.
    expect(host.calls).toBe(1);
  });

  it('undoes and redoes through a restart without end', async () => {
    const { host, port } = keepingHost();
    const journal = open(port);
    for (let n = 1; n <= 50; n += 1) journal.do(draw(journal.view().journal.doc, shapeOf(n)));
    await vi.advanceTimersByTimeAsync(500);
    const again = open(port, host.records);
    for (let n = 0; n < 50; n += 1) expect(again.undo()).not.toBeNull();
    expect(again.undo()).toBeNull();
    expect(again.view().journal.doc.shapes).toEqual([]);
    for (let n = 0; n < 20; n += 1) again.redo();
    await vi.advanceTimersByTimeAsync(500);
    expect(foldJournal(host.records).doc.shapes).toHaveLength(20);
  });
});
