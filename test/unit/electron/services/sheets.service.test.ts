import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input, Output } from '#shared/contract/contract.ts';
import type { EntryId } from '#shared/domain/ids.ts';
import type { SheetMapping } from '#shared/domain/sheet-mapping.ts';
import { someProject } from '#test/support/entry-drafts.ts';
import { dailyTable, gbkBytes } from '#test/support/gbk.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';
import { testData } from '#test/support/test-data.ts';

let test: TestBackend;
beforeEach(async () => {
  test = await openTestBackend();
});
afterEach(() => test.close());

const reading = { encoding: null, delimiter: null, sheet: null, headerRow: null };

function preview(source: Input<'sheets.preview'>['source'], mapping: SheetMapping | null = null) {
  return test.call('sheets.preview', { source, reading: mapping?.reading ?? reading, mapping });
}

function apply(
  source: Input<'sheets.apply'>['source'],
  mapping: SheetMapping,
  more: Partial<Input<'sheets.apply'>> = {},
) {
  const how = { keepWholeFile: false, leaveOutRefused: false, dryRun: false, ...more };
  return test.call('sheets.apply', { source, mapping, ...how });
}

const entries = async (kind: string) =>
  (await test.call('ledger.list', { filter: { kinds: [kind] }, offset: 0, limit: 500 })).entries;

function file(name: string, content: string | Uint8Array): { path: string } {
  const folder = join(test.dir, 'given');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  return { path: join(folder, name) };
}

/** The bytes of every file of a data folder: database, log, attachments, backups. */
const filesOf = (folder: string): Buffer[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('given'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));

const newProject = async () => (await test.call('projects.create', someProject('driving'))).projectId;

/** Fields of a CSV line as the files of the data folder write them; a reader of its own, so that counts are independent. */
function csvRows(path: string): Map<string, string>[] {
  const text = readFileSync(path, 'utf8');
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  const [header = [], ...rest] = rows.filter((row) => row.length > 1);
  return rest.map((row) => new Map(header.map((name, at) => [name, row[at] ?? ''])));
}

/** What a person would set after looking at the suggestion for the daily table. */
function decided(seen: Output<'sheets.preview'>, project: SheetMapping['project'], more: Partial<SheetMapping> = {}) {
  return {
    ...seen.suggested,
    project,
    me: { column: seen.people!.column, names: ['我'] },
    releasedOn: '2026-03-06',
    ...more,
  } satisfies SheetMapping;
}

describe('a daily table of forty others and me', () => {
  it('is read in GBK, shows whose rows it holds, and keeps none but mine', async () => {
    const project = await newProject();
    const source = file('日报.csv', gbkBytes(dailyTable(40)));
    const seen = await preview(source);
    expect(seen).toMatchObject({ encoding: 'gb18030', delimiter: ',', headerRow: 1, shape: null });
    expect(seen.people).toMatchObject({ column: '用户名', total: 41 });
    expect(seen.suggested.becomes).toEqual(['accuracy', 'work']);
    const mapping = decided(seen, project);
    const shown = await preview(source, mapping);
    expect(shown.gaps).toEqual([]);
    expect(shown.result).toMatchObject({ read: 42, taken: 2, skipped: { 'other-people': 40 }, refused: [] });
    const taken = await apply(source, mapping);
    expect(taken).toMatchObject({ read: 42, taken: 2, skipped: { 'other-people': 40 }, refusedRows: 0 });
    expect((await entries('accuracy.reported')).map(({ source: from }) => from)).toEqual(['imported', 'imported']);
    const work = await test.call('elsewhere.list', {});
    expect(work.tasks.map(({ count, timeMs, doneAt }) => [count, timeMs, doneAt])).toEqual([
      [130, 7 * 3_600_000, '2026-03-05T04:00:00.000Z'],
      [120, 8 * 3_600_000, '2026-03-04T04:00:00.000Z'],
    ]);
    // Nobody else stands in any file of the data folder, in no encoding; a backup and an export of the ledger have no more.
    await test.call('backups.create', {});
    const holds = (text: string) =>
      filesOf(test.dir).some((bytes) => bytes.includes(Buffer.from(text)) || bytes.includes(gbkBytes(text)));
    expect([holds('工人'), holds('工人7'), holds('日报.csv')]).toEqual([false, false, true]);
    const [taken0] = await entries('import.taken');
    const { effective } = await test.call('ledger.get', { id: taken0!.id });
    const hash = createHash('sha256').update(readFileSync(source.path)).digest('hex');
    expect(effective).toMatchObject({ file_hash: hash, whole_file: null, rows_read: 42, rows_taken: 2 });
  });

  it('adds nothing twice, in whatever encoding and order of columns it comes again, and takes what is new', async () => {
    const project = await newProject();
    const first = file('a.csv', gbkBytes(dailyTable(3)));
    const mapping = decided(await preview(first), project);
    await apply(first, mapping);
    const again = file('b.csv', `\ufeff${dailyTable(5)}\r\n我,驾驶,2026-03-06,90,95%,7\r\n`);
    const seen = await preview(again);
    expect(seen.remembered?.me).toEqual({ column: '用户名', names: ['我'] });
    // What belonged to the earlier table alone does not come again: the day of release is asked, and the work is named like this file.
    expect(mapping).toMatchObject({ releasedOn: '2026-03-06', workName: 'a.csv' });
    expect(seen.remembered).toMatchObject({ releasedOn: null, workName: 'b.csv' });
    const more = await apply(again, decided(seen, project));
    expect(more).toMatchObject({ read: 8, taken: 1, skipped: { 'other-people': 5, 'already-taken': 2 } });
    expect(await entries('work.elsewhere')).toHaveLength(3);
    const third = await apply(again, decided(seen, project));
    expect(third).toMatchObject({ taken: 0, importId: null });
    expect(await entries('import.taken')).toHaveLength(2);
    const { imports } = await test.call('sheets.mappings', { projectId: project });
    expect(imports.map(({ fileName }) => fileName)).toEqual(['b.csv', 'a.csv']);
  });

  it('names sheet, row and column of a wrong cell and then takes nothing at all', async () => {
    const project = await newProject();
    const source = file('wrong.csv', `${dailyTable(2)}\n我,驾驶,2026-02-30,十,95%,7\n`);
    const seen = await preview(source);
    const mapping = decided(seen, project);
    const refused = await apply(source, mapping);
    expect(refused.refused).toEqual([
      { place: 'wrong.csv!C6', column: '日期', why: 'not-a-date' },
      { place: 'wrong.csv!D6', column: '标注数量', why: 'not-a-count' },
    ]);
    expect(refused).toMatchObject({ taken: 0, refusedRows: 1, importId: null });
    // Not even when the whole file was to be kept.
    expect(await apply(source, mapping, { keepWholeFile: true })).toMatchObject({ taken: 0, importId: null });
    expect(filesOf(test.dir).some((bytes) => bytes.includes(Buffer.from('工人')))).toBe(false);
    expect(await entries('work.elsewhere')).toHaveLength(0);
    const without = await apply(source, mapping, { leaveOutRefused: true });
    expect(without).toMatchObject({ read: 5, taken: 2, skipped: { 'other-people': 2, refused: 1 } });
  });

  it('keeps the whole file, others and all, only when told to', async () => {
    const project = await newProject();
    const source = file('日报.csv', gbkBytes(dailyTable(40)));
    const mapping = decided(await preview(source), project);
    const { entryId } = await apply(source, mapping, { keepWholeFile: true });
    expect(filesOf(test.dir).filter((bytes) => bytes.equals(readFileSync(source.path)))).toHaveLength(1);
    const { effective } = await test.call('ledger.get', { id: entryId as EntryId });
    expect(effective!['whole_file']).toMatchObject({ name: '日报.csv', bytes: readFileSync(source.path).length });
  });

  it('writes nothing on a dry run, and keeps the whole file only when told to', async () => {
    const project = await newProject();
    const source = file('a.csv', dailyTable(2));
    const mapping = decided(await preview(source), project);
    expect(await apply(source, mapping, { dryRun: true })).toMatchObject({ taken: 2, importId: null });
    expect(await entries('import.taken')).toHaveLength(0);
    const { entryId } = await apply(source, mapping, { keepWholeFile: true });
    const { fields } = await test.call('ledger.get', { id: entryId as EntryId });
    const whole = fields.find(({ name }) => name === 'whole_file');
    const { blob } = whole!.value as { blob: string };
    expect((await test.call('attachments.get', { blob })).bytes).toBe(Buffer.byteLength(dailyTable(2)));
  });
});

describe('the ledger', () => {
  it('verifies and rebuilds after an import, and a cancelled one leaves nothing', async () => {
    const project = await newProject();
    const source = file('a.csv', dailyTable(2));
    const mapping = decided(await preview(source), project, { becomes: ['work', 'accuracy'] });
    const jobId = '019a0000-0000-7000-8000-0000000000aa';
    const cancelled = apply(source, mapping, { jobId });
    await test.call('jobs.cancel', { id: jobId });
    await expect(cancelled).rejects.toMatchObject({ code: 'jobs/cancelled' });
    expect(await entries('import.taken')).toHaveLength(0);
    await apply(source, mapping);
    const groups = new Set((await entries('work.elsewhere')).map(({ id }) => id));
    expect(groups.size).toBe(2);
    expect(await test.call('ledger.verify', {})).toMatchObject({ ok: true });
    const { tables } = await test.call('ledger.rebuild', {});
    expect(tables.filter(({ differed }) => differed > 0)).toEqual([]);
    expect(tables).toContainEqual({ table: 'imported_row', rows: 4, differed: 0 });
  });
});

describe('one table with rows of several projects', () => {
  const table = [
    'user,project,day,count',
    '我,街景,2026-03-04,5',
    '我, 人脸 ,2026-03-04,5',
    '我,语音二期,2026-03-04,5',
    '我,,2026-03-04,7',
    '别人,别人的项目,2026-03-04,9',
  ].join('\n');
  const named = async (name: string) => (await test.call('projects.create', someProject(name))).projectId;

  it('goes to each project by its name, and asks for a name that is not known', async () => {
    const [street, faces, voice] = [await named('街景'), await named('人脸'), await named('语音')];
    const pasted = { pasted: table, name: 'pasted' };
    const { suggested } = await preview(pasted);
    expect(suggested.projects).toEqual({
      column: 'project',
      names: [
        { value: '街景', project: street },
        { value: '人脸', project: faces },
      ],
    });
    const mine: SheetMapping = { ...suggested, me: { column: 'user', names: ['我'] }, project: voice };
    const asked = await preview(pasted, mine);
    // Nobody else's project is even named.
    expect(asked.projects?.list.map(({ name, project }) => [name, project])).toEqual([
      ['街景', street],
      ['人脸', faces],
      ['语音二期', null],
    ]);
    expect(asked.result).toMatchObject({
      taken: 3,
      refused: [{ place: 'pasted!B4', column: 'project', why: 'project-unknown' }],
    });
    expect(await apply(pasted, mine)).toMatchObject({ taken: 0, refusedRows: 1, skipped: { 'held-back': 3 } });
    const names = [...mine.projects!.names, { value: '语音二期', project: voice }];
    const told = { ...mine, projects: { column: 'project', names } };
    expect(await apply(pasted, told)).toMatchObject({ taken: 4, refused: [] });
    const { tasks } = await test.call('elsewhere.list', {});
    expect(tasks.map(({ projectId, count }) => `${projectId} ${count}`).sort()).toEqual(
      [`${street} 5`, `${faces} 5`, `${voice} 5`, `${voice} 7`].sort(),
    );
    const again = await apply(pasted, told);
    expect(again).toMatchObject({ taken: 0, skipped: { 'already-taken': 4, 'other-people': 1 } });
    // Rows of one project alone, or in another order, add nothing either.
    const one = { pasted: 'day,count,project,user\n2026-03-04,5,人脸,我\n', name: 'one' };
    const { suggested: less } = await preview(one);
    expect(await apply(one, { ...less, me: told.me, projects: told.projects, project: null })).toMatchObject({
      taken: 0,
    });
    expect(await test.call('ledger.verify', {})).toMatchObject({ ok: true });
    expect((await test.call('ledger.rebuild', {})).tables.filter(({ differed }) => differed > 0)).toEqual([]);
  });

  it('refuses a project that is not there, and a recall of none', async () => {
    const pasted = { pasted: table, name: 'pasted' };
    const { suggested } = await preview(pasted);
    const gone = '019a0000-0000-7000-8000-00000000dead' as SheetMapping['project'];
    const names = ['街景', '人脸', '语音二期', '别人的项目'].map((value) => ({ value, project: gone }));
    const mapping: SheetMapping = { ...suggested, projects: { column: 'project', names } };
    await expect(apply(pasted, mapping)).rejects.toMatchObject({ code: 'projects/not-found' });
    const without = {
      ...mapping,
      projects: { column: 'project', names: names.map((each) => ({ ...each, project: null })) },
    };
    const recalls = await apply(pasted, { ...without, becomes: ['recall'] });
    expect(recalls.refused.map(({ why }) => why)).toEqual(Array.from({ length: 5 }, () => 'project-needed'));
  });
});

describe('what a dashboard shows, as it is pasted', () => {
  it('reads months by name and amounts with their sign', async () => {
    const pasted = [
      'Date\tSubmitted\tApproved\tRejected\tPending\tEarnings',
      'Mar 4, 2026\t12\t10\t1\t1\t$3.50',
      'Wed, March 11 2026\t7\t7\t0\t0\t$1,002.45',
      '12 Sept 2026\t1\t0\t1\t0\t$0.00',
    ].join('\n');
    const source = { pasted, name: 'dashboard' };
    const { suggested, columns } = await preview(source);
    expect(columns[0]!.readings.dates).toEqual(['named']);
    const mapping: SheetMapping = {
      ...suggested,
      becomes: ['pay-announced', 'work'],
      currency: 'USD',
      fields: { ...suggested.fields, count: { column: 'Submitted', number: 'point' } },
    };
    const { result } = await preview(source, mapping);
    expect(result).toMatchObject({ refused: [], taken: 3, all: { minor: 350 + 100_245 } });
    await apply(source, mapping);
    expect(
      (await test.call('elsewhere.list', {})).tasks.map(({ doneAt, count }) => [doneAt.slice(0, 10), count]),
    ).toEqual([
      ['2026-09-12', 1],
      ['2026-03-11', 7],
      ['2026-03-04', 12],
    ]);
  });

  it.each([
    ['04/03/26', ['dmy-2', 'mdy-2', 'ymd-2']],
    ['26-03-04', ['ymd-2', 'dmy-2']],
    ['31.12.26', ['dmy-2', 'ymd-2']],
    ['12/31/26', ['mdy-2']],
  ])('asks what a year of two digits is: %s', async (written, readings) => {
    const source = { pasted: `date,count\n${written},5\n`, name: 'x' };
    const { suggested, columns } = await preview(source);
    expect([...columns[0]!.readings.dates].sort()).toEqual([...readings].sort());
    const asked = await preview(source, suggested);
    expect(asked.gaps).toEqual([{ field: 'day', column: 'date', why: 'format' }]);
    const fields = { ...suggested.fields, day: { column: 'date', date: 'dmy-2' as const } };
    const { result } = await preview(source, { ...suggested, fields });
    expect(result!.refused.length + result!.taken).toBe(1);
  });
});

describe('what is not clear is asked', () => {
  it('leaves a date that may be of March or of April to its owner', async () => {
    const pasted = { pasted: 'date\tcount\n03/04/2026\t5\n05/04/2026\t6\n', name: 'pasted' };
    const seen = await preview(pasted);
    expect(seen.columns[0]!.readings.dates).toEqual(['dmy', 'mdy']);
    const mapping = { ...seen.suggested };
    const asked = await preview(pasted, mapping);
    expect(asked.gaps).toEqual([{ field: 'day', column: 'date', why: 'format' }]);
    expect(asked.result).toBeNull();
    await expect(apply(pasted, mapping)).rejects.toMatchObject({ code: 'sheets/mapping-incomplete' });
    const told: SheetMapping = { ...mapping, fields: { ...mapping.fields, day: { column: 'date', date: 'dmy' } } };
    await apply(pasted, told);
    const { tasks } = await test.call('elsewhere.list', {});
    expect(tasks.map(({ doneAt }) => doneAt.slice(0, 10))).toEqual(['2026-04-05', '2026-04-03']);
  });

  it('takes back what an import took, so that the rows may come in again', async () => {
    const pasted = { pasted: 'day,count\n2026-03-04,5\n', name: 'pasted' };
    const { suggested } = await preview(pasted);
    await apply(pasted, suggested);
    const [made] = await entries('work.elsewhere');
    await test.call('ledger.correct', { reason: 'wrong', corrections: [{ type: 'void', entryId: made!.id }] });
    expect(await apply(pasted, suggested)).toMatchObject({ taken: 1 });
  });

  it('refuses a file that is not there, and one that is no table', async () => {
    await expect(preview({ path: join(test.dir, 'none.csv') })).rejects.toMatchObject({ code: 'files/not-found' });
    await expect(preview(file('x.xlsx', Buffer.from('PK\x03\x04 and then nothing of the kind')))).rejects.toMatchObject(
      {
        code: 'sheets/unreadable',
        details: { problem: 'damaged' },
      },
    );
  });
});

describe.skipIf(testData('ledger') === null)('the exports of the data folder', () => {
  const data = (path: string) => testData(`ledger/${path}`)!;

  it('AMT batch results: the counts of the whole file, and one worker by an independent count', async () => {
    const path = data('amt/derived_Batch_relex_results.csv');
    const project = await newProject();
    const seen = await preview({ path });
    expect(seen).toMatchObject({ shape: 'amt-batch', people: { column: 'WorkerId', total: 67 } });
    const rows = csvRows(path);
    const counts = new Map<string, number>();
    for (const row of rows) counts.set(row.get('WorkerId')!, (counts.get(row.get('WorkerId')!) ?? 0) + 1);
    expect(new Map(seen.people!.list.map(({ name, rows: n }) => [name, n]))).toEqual(counts);
    const mapping: SheetMapping = { ...seen.suggested, project, me: { column: 'WorkerId', names: ['W36851940'] } };
    const { result } = await preview({ path }, mapping);
    expect(result!.all).toMatchObject({ rows: 150, durationMs: 13_317_000, minor: 680 });
    expect(result!.all.statuses).toContainEqual({ value: 'Rejected', rows: 14 });
    const mine = rows.filter((row) => row.get('WorkerId') === 'W36851940');
    const seconds = mine.reduce((sum, row) => sum + Number(row.get('WorkTimeInSeconds')), 0);
    expect([mine.length, seconds]).toEqual([4, 1690]);
    expect(result!.mine).toMatchObject({ rows: mine.length, durationMs: seconds * 1000, minor: 20 });
    expect(await apply({ path }, mapping)).toMatchObject({ read: 150, taken: 4, skipped: { 'other-people': 146 } });
    const { tasks } = await test.call('elsewhere.list', {});
    expect(tasks.reduce((sum, { timeMs }) => sum + timeMs!, 0)).toBe(seconds * 1000);
    expect(new Set(tasks.map(({ name }) => name))).toEqual(new Set(mine.map((row) => row.get('AssignmentId'))));
    expect(await entries('pay.announced')).toHaveLength(4);
  });

  it.each([
    ['crowdtruth/relex-binary-choice.csv', 150, 67, 13_317],
    ['crowdtruth/person-video-binary-choice.csv', 1000, 28, 29_348],
  ])('%s: %d judgments of %d workers', async (name, judgments, workers, seconds) => {
    const path = data(name);
    const seen = await preview({ path });
    expect(seen).toMatchObject({ shape: 'crowdflower', people: { total: workers } });
    const mapping: SheetMapping = { ...seen.suggested, me: { column: '_worker_id', names: ['3587109'] } };
    const { result } = await preview({ path }, mapping);
    expect(result!.all).toMatchObject({ rows: judgments, durationMs: seconds * 1000 });
    expect(result!.refused).toEqual([]);
  });

  it.each([
    ['amt/platform_amt1.csv', 27, 'amt-batch'],
    ['amt/platform_amt2.csv', 63, 'amt-batch'],
    ['amt/platform_amt3.csv', 30, 'amt-batch'],
    ['cf/platform_cf1.csv', 27, 'crowdflower'],
    ['cf/platform_cf2.csv', 63, 'crowdflower'],
    ['crowdtruth/binary-relex-units.csv', 10, null],
    ['crowdtruth/binary-relex-workers.csv', 67, null],
  ])('%s: %d rows', async (name, rows, shape) => {
    const seen = await preview({ path: data(name) });
    expect(seen.shape).toBe(shape);
    expect(seen.sheets[0]!.rows - seen.headerRow).toBe(rows);
  });

  /** The worker with the most rows, what those rows say, and nothing of the program's own reading. */
  function busiest(path: string, columns: { who: string; name: string; start: string; end: string }) {
    const rows = csvRows(path);
    const counts = new Map<string, number>();
    for (const row of rows) counts.set(row.get(columns.who)!, (counts.get(row.get(columns.who)!) ?? 0) + 1);
    const [who, count] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]!;
    const mine = rows.filter((row) => row.get(columns.who) === who);
    const ms = (row: Map<string, string>, column: string) =>
      Date.parse(`${row.get(column)!}${zoned(row.get(column)!)}`);
    return {
      who,
      count,
      workers: counts.size,
      rows: rows.length,
      names: mine.map((row) => row.get(columns.name)!).sort(),
      durationMs: mine.reduce((sum, row) => sum + ms(row, columns.end) - ms(row, columns.start), 0),
      ends: mine.map((row) => new Date(ms(row, columns.end)).toISOString()).sort(),
      others: [...counts.keys()].filter((each) => each !== who),
    };
  }
  // Engines read both forms of date; the ones without a zone are UTC.
  const zoned = (text: string) => (/[A-Z]{3} \d{4}$/.test(text) ? '' : ' UTC');
  const amt = { who: 'WorkerId', name: 'AssignmentId', start: 'AcceptTime', end: 'SubmitTime' };
  const cf = { who: '_worker_id', name: '_id', start: '_started_at', end: '_created_at' };

  it.each([
    ['amt/platform_amt1.csv', 27, amt],
    ['amt/platform_amt2.csv', 63, amt],
    ['amt/platform_amt3.csv', 30, amt],
    ['cf/platform_cf1.csv', 27, cf],
    ['cf/platform_cf2.csv', 63, cf],
    ['crowdtruth/relex-binary-choice.csv', 150, cf],
    ['crowdtruth/person-video-binary-choice.csv', 1000, cf],
  ] as const)('%s: what is kept of one worker is what an independent count finds', async (name, rows, columns) => {
    const path = data(name);
    const counted = busiest(path, columns);
    expect(counted.rows).toBe(rows);
    const seen = await preview({ path });
    expect(seen.people).toMatchObject({ column: columns.who, total: counted.workers });
    // A day that may be of two months is asked; these files have the month first.
    const fields = Object.fromEntries(
      Object.entries(seen.suggested.fields).map(([field, use]) => [
        field,
        (field === 'start' || field === 'done') && use.date === undefined ? { ...use, date: 'mdy' as const } : use,
      ]),
    );
    const mapping: SheetMapping = { ...seen.suggested, fields, me: { column: columns.who, names: [counted.who] } };
    expect(await apply({ path }, mapping)).toMatchObject({
      read: rows,
      taken: counted.count,
      skipped: { 'other-people': rows - counted.count },
      refused: [],
    });
    const found = [];
    for (let offset = 0; offset < counted.count; offset += 100)
      found.push(...(await test.call('elsewhere.list', { offset, limit: 100 })).tasks);
    expect(found.map((task) => task.name).sort()).toEqual(counted.names);
    expect(found.reduce((sum, { timeMs }) => sum + timeMs!, 0)).toBe(counted.durationMs);
    expect(found.map(({ doneAt }) => doneAt).sort()).toEqual(counted.ends);
    // Names short enough to be found in anything else say nothing.
    const others = counted.others.filter((each) => each.length > 5);
    expect(filesOf(test.dir).filter((bytes) => others.some((each) => bytes.includes(each)))).toEqual([]);
  });

  it('scores of workers are people to choose among, and nothing that can be taken in', async () => {
    const seen = await preview({ path: data('crowdtruth/binary-relex-workers.csv') });
    expect(seen.people).toMatchObject({ column: 'worker', total: 67 });
    const mapping: SheetMapping = { ...seen.suggested, me: { column: 'worker', names: ['3587109'] } };
    const { gaps, result } = await preview({ path: data('crowdtruth/binary-relex-workers.csv') }, mapping);
    expect(gaps.map(({ why }) => why)).toContain('field-needed');
    expect(result).toBeNull();
  });

  it('frames of Watson become time', async () => {
    const path = data('watson_frames_with_conflict.json');
    const { shape, suggested } = await preview({ path });
    expect(shape).toBe('watson');
    expect(await apply({ path }, suggested)).toMatchObject({ read: 3, taken: 3 });
    expect((await entries('time.spent')).map(({ occurredStart }) => occurredStart).sort()).toEqual([
      '1970-01-01T00:00:00.000Z',
      '1970-01-01T00:00:20.000Z',
      '1970-01-01T00:00:50.000Z',
    ]);
  });
});
