import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BlobRef } from '#shared/domain/blob.ts';
import type { EntryId } from '#shared/domain/ids.ts';
import type { ShapeId } from '#shared/domain/annotation.ts';
import { verifyBundle } from '#shared/proofs/bundle.ts';
import { someId, someProject } from '#test/support/entry-drafts.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const photo = join(import.meta.dirname, '../../../..', 'resources/samples/image/01-day-avenue.jpg');
const secret = 'Übersetzungsfehler-4711 老板姓王';
const words = ['Übersetzungsfehler-4711', '老板姓王'];

let test: TestBackend;
beforeEach(async () => {
  test = await openTestBackend();
});
afterEach(() => test.close());

/** Files of the data folder, backups and all, that hold any of some texts in UTF-8. */
function filesWith(texts: readonly string[], folder = test.dir): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return texts.some((text) => bytes.includes(text));
    });
}

const attach = (text: string) =>
  test.call('attachments.add', { data: Buffer.from(text).toString('base64'), mediaType: 'text/plain', name: null });

async function logElsewhere(name: string, attachments: BlobRef[] = []) {
  return test.call('elsewhere.log', {
    projectId: null,
    name,
    count: 1,
    timeMs: null,
    attachments,
    note: null,
    doneAt: '2026-11-22T00:00:00.000Z',
  });
}

const elsewhere = (name: string, note: string | null) => ({
  project: null,
  name,
  count: 1,
  task_kind: null,
  time_spent_ms: null,
  attachments: [],
  note,
});

it('leaves the text in no file of the data folder, whether the core is open or closed', async () => {
  const { taskId, entryId } = await logElsewhere(secret);
  // In the amendment as well, in a longer text that spills over several pages, and in two backups.
  const { entries } = await test.call('ledger.correct', {
    corrections: [{ type: 'amend', entryId: entryId as EntryId, values: elsewhere('Batch 7', secret.repeat(2000)) }],
    reason: 'count was wrong',
  });
  await test.call('backups.create', {});
  test.clock.advance(1000);
  await test.call('backups.create', {});
  test.clock.advance(1000);
  expect(filesWith(words).length).toBeGreaterThanOrEqual(3);

  const fields = ['name', 'note'];
  const preview = await test.call('ledger.erasePreview', { id: entryId as EntryId, fields });
  expect(preview).toMatchObject({ fields, blobs: 0, exports: [] });
  expect(preview.backups).toHaveLength(2);
  const erased = await test.call('ledger.erase', { id: entryId as EntryId, fields, reason: 'x', rewriteBackups: true });
  expect(erased.backupsRewritten).toBe(2);
  expect(filesWith(words)).toEqual([]);

  // The rest of the entry, the chain and the tombstone stand; the whole verifies.
  expect(await test.call('ledger.get', { id: entryId as EntryId })).toMatchObject({
    state: 'amended',
    effective: { count: 1 },
    erasedFields: 2,
    about: null,
  });
  expect(await test.call('ledger.get', { id: entries[0]! })).toMatchObject({ erasedFields: 2 });
  expect(test.backend.db.read.all('SELECT id, name FROM elsewhere')).toEqual([{ id: taskId, name: null }]);
  expect((await test.call('ledger.verify', {})).problems).toEqual([]);
  expect((await test.call('ledger.rebuild', {})).tables.filter(({ differed }) => differed > 0)).toEqual([]);
  const { bundle } = await test.call('ledger.prove', { id: entryId as EntryId, fields: ['count'] });
  expect(verifyBundle(JSON.parse(JSON.stringify(bundle)))).toMatchObject({ ok: true });
  await expect(test.call('ledger.prove', { id: entryId as EntryId, fields })).rejects.toMatchObject({
    code: 'ledger/field-not-found',
  });
  await expect(
    test.call('ledger.erase', { id: entryId as EntryId, fields, reason: '', rewriteBackups: false }),
  ).rejects.toMatchObject({ code: 'ledger/field-not-found' });

  // A rewritten backup is a backup: it can be put back, and says of itself that something was erased.
  const [backup] = (await test.call('backups.list', {})).backups;
  await test.call('backups.restore', { name: backup!.name });
  expect((await test.call('ledger.verify', {})).problems).toEqual([]);
  expect(await test.call('ledger.get', { id: entryId as EntryId })).toMatchObject({ erasedFields: 2 });
  expect(filesWith(words)).toEqual([]);
  await test.reopen();
  expect(filesWith(words)).toEqual([]);
});

it('leaves backups alone when not asked, and says which hold the text', async () => {
  const { entryId } = await logElsewhere(secret);
  const backup = await test.call('backups.create', {});
  await test.call('ledger.erase', { id: entryId as EntryId, fields: ['name'], reason: '', rewriteBackups: false });
  expect(filesWith(words)).toEqual([join(test.dir, 'backups', backup.name)]);
});

it('takes the files that only the erased field named', async () => {
  const [own, shared] = [await attach(`${secret} in a file`), await attach('shared')];
  const { entryId } = await logElsewhere('a', [own, shared]);
  await logElsewhere('b', [shared]);
  const path = (blob: string) => join(test.dir, 'attachments', blob.slice(0, 2), blob);
  const fields = ['attachments'];
  expect(await test.call('ledger.erasePreview', { id: entryId as EntryId, fields })).toMatchObject({ blobs: 1 });
  await test.call('ledger.erase', { id: entryId as EntryId, fields, reason: '', rewriteBackups: false });
  expect([own, shared].map(({ blob }) => existsSync(path(blob)))).toEqual([false, true]);
  expect(filesWith(words)).toEqual([]);
  await expect(test.call('attachments.get', { blob: own.blob })).rejects.toMatchObject({
    code: 'attachments/not-found',
  });
  expect((await test.call('ledger.verify', {})).problems).toEqual([]);
});

it('takes the undo journal and the rows that quote a sealed annotation', async () => {
  const { projectId } = await test.call('projects.create', someProject('Streets'));
  const photos = tempDir();
  copyFileSync(photo, join(photos.path, 'a.jpg'));
  await test.call('tasks.importFolder', { projectId, path: photos.path });
  const { tasks } = await test.call('tasks.list', { projectId });
  const taskId = tasks[0]!.id;
  const after = {
    id: '019a0000-0000-7000-8000-00000000abcd' as ShapeId,
    label: words[0]!,
    geometry: { type: 'box' as const, x: 1, y: 1, w: 2, h: 2 },
    attributes: { who: words[1]! },
    origin: 'hand' as const,
  };
  const edit = { before: null, after, indexBefore: null, indexAfter: 0 };
  const record = { type: 'do' as const, at: 0, change: { label: 'draw' as const, edits: [edit] } };
  await test.call('drafts.append', { taskId, after: 0, records: [record] });
  const { entryId } = await test.call('tasks.submit', { taskId, journalLength: 1 });
  expect(filesWith(words).length).toBeGreaterThan(0);
  const fields = ['annotation', 'object_counts'];
  await test.call('ledger.erase', { id: entryId as EntryId, fields, reason: '', rewriteBackups: false });
  expect(filesWith(words)).toEqual([]);
  expect((await test.call('drafts.get', { taskId })).records).toEqual([]);
  expect((await test.call('ledger.verify', {})).problems).toEqual([]);
  photos.remove();
});

it('lists the files that left with it', async () => {
  const { taskId, entryId } = await logElsewhere('a');
  const { db, ledger } = test.backend;
  const body = { what: 'annotations', format: 'coco', file_hash: 'a'.repeat(64), counts: {} };
  db.transaction((tx) => {
    ledger.recordExport(tx, { ...body, file_name: 'with.json', subjects: [taskId] });
    ledger.recordExport(tx, { ...body, file_name: 'without.json', subjects: [someId()] });
    ledger.recordExport(tx, { ...body, file_name: 'everything.jsonl', subjects: [] });
  });
  const { exports } = await test.call('ledger.erasePreview', { id: entryId as EntryId, fields: ['name'] });
  const at = test.clock.instant;
  expect(exports).toEqual([
    { fileName: 'with.json', at },
    { fileName: 'everything.jsonl', at },
  ]);
});

it('refuses what holds nothing but proof, and what is not there', async () => {
  await test.call('ledger.checkpoint', {});
  const [entry] = (await test.call('ledger.list', { filter: {}, offset: 0, limit: 1 })).entries;
  const erase = (id: string, field: string) =>
    test.call('ledger.erase', { id: id as EntryId, fields: [field], reason: '', rewriteBackups: false });
  await expect(erase(entry!.id, 'note')).rejects.toMatchObject({ code: 'ledger/not-erasable' });
  await expect(erase(entry!.id, 'nothing')).rejects.toMatchObject({ code: 'ledger/field-not-found' });
  await expect(erase('019a0000-0000-7000-8000-0000000000aa', 'name')).rejects.toMatchObject({
    code: 'ledger/entry-not-found',
  });
});

it('reaches backups that an erasing which came to grief left, when it is done again', async () => {
  const { entryId } = await logElsewhere(secret);
  await test.call('backups.create', {});
  test.clock.advance(1000);
  await test.call('backups.create', {});
  const erase = () =>
    test.call('ledger.erase', { id: entryId as EntryId, fields: ['name'], reason: 'x', rewriteBackups: true });
  // Where the copy of the second should be, something else stands.
  const { backups } = await test.call('ledger.erasePreview', { id: entryId as EntryId, fields: ['name'] });
  const blocked = join(test.dir, 'backups', `unfinished-rewriting-${backups[1]}`);
  mkdirSync(blocked);
  await expect(erase()).rejects.toMatchObject({ code: 'host/internal' });
  expect(await test.call('ledger.get', { id: entryId as EntryId })).toMatchObject({ erasedFields: 0 });
  rmSync(blocked, { recursive: true, force: true });
  expect((await erase()).backupsRewritten).toBe(1);
  expect(filesWith(words)).toEqual([]);
});
