import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { entryLine, openingLine, readEntryLines } from '#shared/codecs/ledger-lines.codec.ts';
import type { EntryId } from '#shared/domain/ids.ts';
import { someId, someProject, timeSpent } from '#test/support/entry-drafts.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const now = '2026-11-23T15:00:00.000Z';
const zone = 'Asia/Shanghai';
let folder: ReturnType<typeof tempDir>;
const opened: TestBackend[] = [];

beforeEach(() => {
  folder = tempDir();
});
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close();
  folder.remove();
});

async function newCore(): Promise<TestBackend> {
  const core = await openTestBackend({ clock: new FakeClock(now, zone) });
  opened.push(core);
  return core;
}

const file = (name: string) => join(folder.path, name);
const text = (name: string) => readFileSync(file(name), 'utf8');
const write = async (core: TestBackend, name: string, days: { from?: string; to?: string } = {}) => {
  const { from = null, to = null } = days;
  await core.call('ledger.export', { format: 'lines', path: file(name), overwrite: false, from, to });
  return text(name);
};
const look = (core: TestBackend, name: string) => core.call('ledger.importPreview', { path: file(name) });
const take = (core: TestBackend, name: string, more: { keepApart?: boolean; dryRun?: boolean } = {}) =>
  core.call('ledger.import', { path: file(name), keepApart: false, dryRun: false, ...more });
const newest = async (core: TestBackend, kind: string) =>
  (await core.call('ledger.list', { filter: { kinds: [kind] }, offset: 0, limit: 1 })).entries[0]!;
const elsewhere = (core: TestBackend, name: string, more: object = {}) =>
  core.call('elsewhere.log', {
    ...{
      projectId: null,
      name,
      count: 1,
      timeMs: null,
      doneAt: '2026-11-22T03:00:00.000Z',
      attachments: [],
      note: null,
    },
    ...more,
  });

/** A ledger with corrections, a void, an erasure within a chain, an attachment, time and a project. */
async function lived(): Promise<TestBackend> {
  const core = await newCore();
  const { projectId } = await core.call('projects.create', someProject('街景; A  B'));
  const attachment = await core.call('attachments.add', {
    data: Buffer.from('a screenshot').toString('base64'),
    mediaType: 'text/plain',
    name: '截图.txt',
  });
  await elsewhere(core, 'one\u2028two', { projectId, attachments: [attachment] });
  await elsewhere(core, 'secret name', { projectId, note: 'said too much' });
  const made = await newest(core, 'work.elsewhere');
  const { effective } = await core.call('ledger.get', { id: made.id });
  const amend = { type: 'amend' as const, entryId: made.id, values: { ...effective!, count: 7 } };
  await core.call('ledger.correct', { corrections: [amend], reason: 'seven, not one' });
  await core.call('ledger.erase', {
    id: made.id,
    fields: ['note', 'project'],
    reason: 'a name',
    rewriteBackups: false,
  });
  await elsewhere(core, 'a mistake');
  const wrong = await newest(core, 'work.elsewhere');
  await core.call('ledger.correct', { corrections: [{ type: 'void', entryId: wrong.id }], reason: 'never happened' });
  await core.call('ledger.checkpoint', {});
  await core.call('time.log', {
    ...{ lane: 'activity', what: 'annotating', paid: 'by-piece', projectId, taskId: null, tag: null },
    ...{ start: '2026-11-23T01:00:00.000Z', end: '2026-11-23T03:00:00.000Z' },
  });
  return core;
}

const allTables = async (core: TestBackend) =>
  (await core.call('ledger.rebuild', {})).tables.map(({ table, rows, differed }) => ({ table, rows, differed }));

describe('into an untouched ledger', () => {
  it('brings back the one it came from: same entries, root, tables, and the same bytes when written again', async () => {
    const from = await lived();
    const exported = await write(from, 'a.jsonl');
    const into = await newCore();
    await into.call('settings.set', { dayStartHour: 6 });
    const seen = await look(into, 'a.jsonl');
    const entries = readEntryLines(exported).length;
    expect(seen).toMatchObject({ relation: 'restores', entries, missing: entries, here: 0, wrong: 0, faults: [] });
    expect(seen).toMatchObject({ erasedFields: 4, attachments: 1, attachmentsMissing: 1, attachmentsBeside: 0 });
    expect(seen.kinds).toContainEqual({ kind: 'work.elsewhere', count: 3 });
    expect(await take(into, 'a.jsonl', { dryRun: true })).toMatchObject({ taken: entries });
    expect((await into.call('ledger.status', {})).size).toBe(1);

    expect(await take(into, 'a.jsonl')).toEqual({
      relation: 'restores',
      read: entries,
      taken: entries,
      here: 0,
      apart: 0,
      attachments: 0,
    });
    expect(await write(into, 'b.jsonl')).toBe(exported);
    // What the export itself wrote differs; before it, both trees had the same head.
    const consistency = { first: entries, second: entries };
    const [a, b] = [
      await from.call('ledger.proveConsistency', consistency),
      await into.call('ledger.proveConsistency', consistency),
    ];
    expect(b.firstRoot).toBe(a.firstRoot);
    expect(await allTables(into)).toEqual(await allTables(from));
    expect((await into.call('settings.get', {})).dayStartHour).toBe(6);
    const { problems } = await into.call('ledger.verify', {});
    // The attachment did not travel in the file; nothing else is amiss, the new key's signature included.
    expect(problems.map(({ what }) => what)).toEqual(['blob']);
    // Where all this takes long, the backup of the day has come as well.
    const whys = (await into.call('backups.list', {})).backups.map(({ why }) => why);
    expect(whys.filter((why) => why !== 'daily')).toEqual(['before-restore']);
  });

  it('is the same after the program was closed, and goes on from there', async () => {
    const from = await lived();
    const exported = await write(from, 'a.jsonl');
    const into = await newCore();
    await take(into, 'a.jsonl');
    await into.reopen();
    expect(await write(into, 'b.jsonl')).toBe(exported);
    await elsewhere(into, 'the next day');
    expect((await write(into, 'c.jsonl')).startsWith(exported)).toBe(true);
    expect((await into.call('ledger.verify', {})).problems.map(({ what }) => what)).toEqual(['blob']);
  });

  it('does not put what was erased back anywhere', async () => {
    const from = await lived();
    await write(from, 'a.jsonl');
    const into = await newCore();
    await take(into, 'a.jsonl');
    expect(text('a.jsonl')).not.toContain('said too much');
    const made = (await into.call('elsewhere.list', {})).tasks.find(({ count }) => count === 7)!;
    expect(made).toMatchObject({ name: 'secret name', note: null });
  });

  it('writes the same bytes for whatever is in it', async () => {
    const body = fc.record({ tag: fc.option(fc.string({ unit: 'grapheme', maxLength: 40 }), { nil: null }) });
    await fc.assert(
      fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 12 }), fc.nat(1000), async (bodies, seed) => {
        const from = await newCore();
        from.backend.db.transaction((tx) => {
          for (const [at, { tag }] of bodies.entries()) {
            const start = Date.parse('2026-11-20T00:00:00.000Z') + at * 3_600_000 + seed;
            const [span] = [{ start: new Date(start).toISOString(), end: new Date(start + 1000).toISOString() }];
            from.backend.ledger.append(tx, [timeSpent({ ...span, id: someId(), source: 'imported' }, { tag })]);
          }
        });
        for (const name of ['p.jsonl', 'q.jsonl']) rmSync(file(name), { force: true });
        const exported = await write(from, 'p.jsonl');
        const into = await newCore();
        await take(into, 'p.jsonl');
        expect(await write(into, 'q.jsonl')).toBe(exported);
        for (const core of opened.splice(0)) await core.close();
      }),
      { numRuns: 8 },
    );
  });
});

describe('attachments beside a file of entries', () => {
  const withFiles = async (core: TestBackend, name: string, overwrite = false) =>
    core.call('ledger.export', {
      ...{ format: 'lines', path: file(name), overwrite, attachments: true, from: null, to: null },
    });
  const blobOf = async (core: TestBackend) => {
    const rows = core.backend.db.read.all<{ blob: string }>('SELECT blob FROM attachment');
    return rows[0]!.blob;
  };

  it('come back with it under their own hash, and the ledger still has the same bytes', async () => {
    const from = await lived();
    expect(await withFiles(from, 'a.jsonl')).toMatchObject({ attachments: 1, attachmentsMissing: 0 });
    const blob = await blobOf(from);
    expect(readFileSync(file(`a.jsonl.attachments/${blob}`), 'utf8')).toBe('a screenshot');
    const exported = text('a.jsonl');
    expect(await newest(from, 'ledger.exported')).toBeDefined();
    const into = await newCore();
    expect(await look(into, 'a.jsonl')).toMatchObject({ attachments: 1, attachmentsMissing: 1, attachmentsBeside: 1 });
    expect(await take(into, 'a.jsonl', { dryRun: true })).toMatchObject({ attachments: 0 });
    expect(await take(into, 'a.jsonl')).toMatchObject({ relation: 'restores', attachments: 1 });
    expect(await look(into, 'a.jsonl')).toMatchObject({
      relation: 'here',
      attachmentsMissing: 0,
      attachmentsBeside: 0,
    });
    expect(await into.call('attachments.get', { blob })).toMatchObject({ bytes: 12 });
    expect((await into.call('ledger.verify', {})).problems).toEqual([]);
    await withFiles(into, 'b.jsonl');
    expect(text('b.jsonl')).toBe(exported);
    expect(readFileSync(file(`b.jsonl.attachments/${blob}`), 'utf8')).toBe('a screenshot');
  });

  it('come later where the entries came without them', async () => {
    const from = await lived();
    await withFiles(from, 'a.jsonl');
    const into = await newCore();
    writeFileSync(file('alone.jsonl'), text('a.jsonl'));
    expect(await take(into, 'alone.jsonl')).toMatchObject({ relation: 'restores', attachments: 0 });
    expect(await take(into, 'a.jsonl')).toMatchObject({ relation: 'here', taken: 0, attachments: 1 });
  });

  it('are refused with all entries where one is not what its name says', async () => {
    const from = await lived();
    await withFiles(from, 'a.jsonl');
    writeFileSync(file(`a.jsonl.attachments/${await blobOf(from)}`), 'another one');
    const into = await newCore();
    await expect(take(into, 'a.jsonl')).rejects.toMatchObject({ code: 'ledger/attachment-wrong' });
    expect((await into.call('ledger.status', {})).size).toBe(1);
  });

  it('go into no folder that holds something unasked, and with no other format', async () => {
    const from = await lived();
    mkdirSync(file('a.jsonl.attachments'));
    writeFileSync(file('a.jsonl.attachments/mine.txt'), 'x');
    await expect(withFiles(from, 'a.jsonl')).rejects.toMatchObject({ code: 'files/exists' });
    await withFiles(from, 'a.jsonl', true);
    expect(readFileSync(file('a.jsonl.attachments/mine.txt'), 'utf8')).toBe('x');
    const csv = {
      format: 'csv',
      path: file('a.csv'),
      overwrite: false,
      attachments: true,
      from: null,
      to: null,
    } as const;
    await expect(from.call('ledger.export', csv)).rejects.toMatchObject({ code: 'host/bad-input' });
  });
});

describe('into the ledger it came from', () => {
  it('adds nothing twice', async () => {
    const core = await lived();
    await write(core, 'a.jsonl');
    const { size } = await core.call('ledger.status', {});
    expect(await look(core, 'a.jsonl')).toMatchObject({ relation: 'here', missing: 0 });
    expect(await take(core, 'a.jsonl')).toMatchObject({ relation: 'here', taken: 0 });
    await write(core, 'part.jsonl', { from: '2026-11-23' });
    expect(await take(core, 'part.jsonl')).toMatchObject({ relation: 'here', taken: 0 });
    expect((await core.call('ledger.status', {})).size).toBeGreaterThan(size);
  });

  it('adds what is missing, erasures included, and nothing of it when the two went different ways', async () => {
    const from = await newCore();
    await elsewhere(from, 'first', { note: 'a note to go' });
    const early = readEntryLines(await write(from, 'early.jsonl')).length;
    const into = await newCore();
    const third = await newCore();
    await take(into, 'early.jsonl');
    await take(third, 'early.jsonl');
    const first = await newest(from, 'work.elsewhere');
    await from.call('ledger.erase', { id: first.id, fields: ['note'], reason: 'gone', rewriteBackups: false });
    await elsewhere(from, 'second');
    const later = await write(from, 'later.jsonl');
    const entries = readEntryLines(later).length;

    expect(await take(into, 'later.jsonl')).toMatchObject({ relation: 'extends', here: early, taken: entries - early });
    expect(await write(into, 'again.jsonl')).toBe(later);
    expect((await into.call('elsewhere.list', {})).tasks.map(({ name, note }) => [name, note])).toEqual([
      ['second', null],
      ['first', null],
    ]);
    expect(await into.call('ledger.verify', {})).toMatchObject({ ok: true });

    await elsewhere(third, 'another way');
    expect(await look(third, 'later.jsonl')).toMatchObject({ relation: 'forked', missing: 0 });
    await expect(take(third, 'later.jsonl')).rejects.toMatchObject({ code: 'ledger/not-of-this-ledger' });
  });
});

describe('of another ledger', () => {
  it('is kept apart when told to, and counts nowhere', async () => {
    const other = await lived();
    const exported = await write(other, 'theirs.jsonl');
    const core = await newCore();
    await elsewhere(core, 'my own');
    const before = await core.call('elsewhere.list', {});
    expect(await look(core, 'theirs.jsonl')).toMatchObject({ relation: 'foreign', missing: 0, here: 0 });
    await expect(take(core, 'theirs.jsonl')).rejects.toMatchObject({ code: 'ledger/not-of-this-ledger' });
    const entries = readEntryLines(exported).length;
    expect(await take(core, 'theirs.jsonl', { keepApart: true })).toMatchObject({ taken: 0, apart: entries });
    expect(await core.call('elsewhere.list', {})).toEqual(before);
    const kept = await newest(core, 'import.taken');
    const { effective } = await core.call('ledger.get', { id: kept.id as EntryId });
    expect(effective).toMatchObject({ rows_read: entries, rows_taken: 0, rows: [], file_name: 'theirs.jsonl' });
    const { blob } = effective!['whole_file'] as { blob: string };
    expect(readFileSync(join(core.dir, 'attachments', blob.slice(0, 2), blob), 'utf8')).toBe(exported);
    expect(await core.call('ledger.verify', {})).toMatchObject({ ok: true });
  });

  it('is kept apart as well when it is a part and this one is empty', async () => {
    const other = await lived();
    const lines = (await write(other, 'whole.jsonl')).split('\n');
    writeFileSync(file('gap.jsonl'), lines.filter((_, at) => at !== 4).join('\n'));
    await write(other, 'part.jsonl', { from: '2026-11-22', to: '2026-11-22' });
    const core = await newCore();
    expect(await look(core, 'part.jsonl')).toMatchObject({ relation: 'foreign', origin: null, wrong: 0 });
    expect(await look(core, 'gap.jsonl')).toMatchObject({ relation: 'foreign', wrong: 0 });
  });
});

describe('a wrong line', () => {
  const changed = async (name: string, change: (lines: string[]) => string[]) => {
    const from = await lived();
    const lines = (await write(from, 'a.jsonl')).split('\n');
    writeFileSync(file(name), change(lines).join('\n'));
    const into = await newCore();
    const { wrong, faults } = await look(into, name);
    await expect(take(into, name)).rejects.toMatchObject({ code: 'ledger/lines-wrong', details: faults[0]! });
    expect((await into.call('ledger.status', {})).size).toBe(1);
    return { wrong, faults };
  };
  const within = (at: number, change: (line: string) => string) => (lines: string[]) =>
    lines.map((line, n) => (n === at - 1 ? change(line) : line));

  it.each([
    ['a changed value', within(3, (line) => line.replace('街景', '别的')), { line: 3, why: 'field' }],
    [
      'a changed header',
      within(3, (line) => line.replace('"source":"stated"', '"source":"measured"')),
      { line: 3, why: 'leaf' },
    ],
    ['no JSON', within(4, () => '{'), { line: 4, why: 'not-json' }],
    [
      'another order of members',
      within(4, (line) => line.replace('{"fields"', '{ "fields"')),
      { line: 4, why: 'not-this-format' },
    ],
    [
      'a line twice',
      (lines: string[]) => lines.flatMap((line, at) => (at === 3 ? [line, line] : [line])),
      { line: 5, why: 'order' },
    ],
    [
      'an end cut off',
      (lines: string[]) => [...lines.slice(0, 5), lines[5]!.slice(0, 40)],
      { line: 6, why: 'cut-off' },
    ],
  ])('is named and nothing is taken: %s', async (name, change, fault) => {
    const { faults } = await changed(`${name}.jsonl`, change);
    expect(faults[0]).toEqual(fault);
  });

  it('is found where a whole entry was put in another one’s place', async () => {
    const from = await lived();
    const records = readEntryLines(await write(from, 'a.jsonl'));
    const other = await lived();
    const foreign = readEntryLines(await write(other, 'b.jsonl')).find(({ header }) => header.kind === 'time.spent')!;
    const at = records.findIndex(({ header }) => header.kind === 'work.elsewhere');
    const forged = records.map((record, n) => (n === at ? { ...foreign, seq: record.seq } : record));
    writeFileSync(file('forged.jsonl'), openingLine + forged.map(entryLine).join(''));
    const into = await newCore();
    const { faults } = await look(into, 'forged.jsonl');
    expect(faults.map(({ why }) => why)).toContain('checkpoint');
  });

  it('is no line at all in a file of something else', async () => {
    mkdirSync(folder.path, { recursive: true });
    writeFileSync(file('x.jsonl'), '{"a":1}\n');
    writeFileSync(file('y.jsonl'), Buffer.alloc(4_000_000, 65));
    writeFileSync(file('z.jsonl'), '');
    const core = await newCore();
    for (const name of ['x', 'y', 'z']) {
      await expect(look(core, `${name}.jsonl`)).rejects.toMatchObject({ code: 'ledger/not-a-file-of-entries' });
    }
    await expect(look(core, 'none.jsonl')).rejects.toMatchObject({ code: 'files/not-found' });
  });
});
