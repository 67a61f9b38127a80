import { expect, it } from 'vitest';
import type { ProjectId, TimeSpanId } from '#shared/domain/ids.ts';
import { openTestBackend } from '#test/support/test-backend.ts';

it('opens a new data folder with the ledger about itself as entry 0, and opens it again', async () => {
  const test = await openTestBackend();
  const { db, ledger } = test.backend;
  expect(db.read.all('SELECT seq, kind FROM entry')).toEqual([{ seq: 0, kind: 'ledger.opened' }]);
  const id = '019a0000-0000-7000-8000-000000000001' as TimeSpanId & ProjectId;
  const [written] = db.transaction((tx) =>
    ledger.append(tx, [
      {
        kind: 'time.spent',
        body: {
          lane: 'activity',
          what: 'annotating',
          paid: 'by-time',
          project: null,
          task: null,
          tag: null,
          ended_by: 'stop',
        },
        occurredStart: '2026-11-22T00:00:00.000Z',
        occurredEnd: '2026-11-22T00:30:00.000Z',
        source: 'measured',
        subjects: [id],
      },
    ]),
  );
  expect(written?.seq).toBe(1);
  await test.reopen();
  expect(test.backend.ledger.effective(test.backend.db.read, id)).toMatchObject([
    { kind: 'time.spent', body: { what: 'annotating' }, zone: 'Asia/Shanghai', offset: 480 },
  ]);
  await test.close();
});
