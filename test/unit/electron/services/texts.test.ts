import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forKind } from '#shared/codecs/text/mapping-guess.codec.ts';
import { valueAt } from '#shared/codecs/text/row-mapping.codec.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import type { TextRules } from '#shared/domain/text.ts';
import type { TextMapping } from '#shared/domain/text-mapping.ts';
import { answerChange, emptyDoc } from '#shared/rules/undo-journal.rules.ts';
import { decodeEdits, type Edit, encodeEdits, textAfter } from '#shared/text/edit-log.ts';
import { historyBytes } from '#shared/text/history-file.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';
import { testData } from '#test/support/test-data.ts';

let test: TestBackend;
let folder: ReturnType<typeof tempDir>;
let projectId: ProjectId;

beforeEach(async () => {
  test = await openTestBackend();
  folder = tempDir();
  const made = await test.call('projects.create', {
    ...{ name: 'questions', client: null, intermediary: null, modality: 'text', labels: [] },
  });
  projectId = made.projectId;
});
afterEach(async () => {
  await test.close();
  folder.remove();
});

const write: TextMapping = {
  ...{ kind: 'write', name: 'id', prompt: ['prompt'], candidates: [], models: [], machine: 'label', images: null },
};

function file(name: string, lines: readonly unknown[]): string {
  const path = join(folder.path, name);
  writeFileSync(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return path;
}

async function rules(text: TextRules): Promise<void> {
  await test.call('guidelines.add', {
    ...{ projectId, version: '1', text: 'Answer.', effectiveFrom: '2020-01-01', channel: null, announcedBy: null },
    ...{ rules: { text }, attachments: [], receivedAt: test.clock.instant },
  });
}

async function oneTask(row: object = {}, mapping = write): Promise<TaskId> {
  await test.call('texts.import', {
    projectId,
    path: file('one.jsonl', [{ id: 'q1', prompt: 'Why?', ...row }]),
    mapping,
  });
  return (await test.call('tasks.list', { projectId })).tasks[0]!.id;
}

const typed = (text: string, at: number): Edit[] =>
  [...text].map((inserted, place) => ({ at: at + 200 * place, from: place, removed: 0, inserted, how: 'type' }));

const base64 = (edits: readonly Edit[], end?: ReturnType<typeof encodeEdits>['end']) =>
  Buffer.from(encodeEdits(edits, end).bytes).toString('base64');

describe('a file of texts', () => {
  it('becomes tasks, bad rows told and left out, and is taken once', async () => {
    const path = file('rows.jsonl', [
      { id: 'a', prompt: '  Why is the sky blue?\n\nSay it\u2028shortly. ', extra: { deep: [1] } },
      '',
      '{ not json',
      [1],
      { id: 'a', prompt: '同一个名字' },
      { id: 'c' },
    ]);
    const taken = await test.call('texts.import', { projectId, path, mapping: write });
    expect(taken).toEqual({
      ...{ taken: 2, alreadyThere: 0, failed: 3 },
      failedSome: [
        { where: 'line 3', why: 'not-json' },
        { where: 'line 4', why: 'not-an-object' },
        { where: 'line 6', why: 'prompt-missing' },
      ],
    });
    const { tasks } = await test.call('tasks.list', { projectId });
    expect(tasks.map(({ name, title }) => [name, title])).toEqual([
      ['a', 'Why is the sky blue? Say it shortly.'],
      ['a · 4', '同一个名字'],
    ]);
    const { item } = await test.call('texts.get', { taskId: tasks[0]!.id });
    expect(item.prompt).toEqual([{ role: 'user', content: '  Why is the sky blue?\n\nSay it\u2028shortly. ' }]);
    expect(item.extra).toMatchObject({ extra: { deep: [1] } });
    expect(await test.call('texts.import', { projectId, path, mapping: write })).toMatchObject({
      taken: 0,
      alreadyThere: 2,
    });
    expect((await test.call('tasks.list', { projectId, text: '名字' })).total).toBe(1);
  });

  it.each([
    ['en/self_instruct_seed_tasks.jsonl', 175, 'correct', ['instruction', 'instances.0.input'], ['instances.0.output']],
    [
      'en/user_oriented_instructions.jsonl',
      252,
      'correct',
      ['instruction', 'instances.0.input'],
      ['instances.0.output'],
    ],
    ['zh/cvalues_responsibility_prompts.jsonl', 664, 'write', ['prompt'], []],
  ])('%s is understood by its columns', async (name, rows, kind, prompt, candidates) => {
    const path = testData(`text/${name}`);
    if (path === null) return;
    const { mapping, failed } = await test.call('texts.preview', { path });
    expect(mapping).toMatchObject({ kind, prompt, candidates });
    expect(failed).toEqual([]);
    expect(await test.call('texts.import', { projectId, path, mapping })).toMatchObject({ taken: rows, failed: 0 });
  });

  it.each([
    ['en/self_instruct_seed_tasks.jsonl', 'instances.0.output'],
    ['en/pred_text-davinci-001.jsonl', 'response'],
  ])('%s has its answers as what was written, where a text is asked for', async (name, column) => {
    const path = testData(`text/${name}`);
    if (path === null) return;
    const { mapping: guessed } = await test.call('texts.preview', { path });
    expect(guessed).toMatchObject({ kind: 'correct', candidates: [column] });
    const mapping = forKind(guessed, 'write');
    expect(mapping).toMatchObject({ kind: 'write', candidates: [], answer: column });
    expect(forKind(mapping, 'correct')).toMatchObject({ candidates: [column], answer: null });
    const { items } = await test.call('texts.preview', { path, mapping });
    expect(items[0]).toMatchObject({ answered: true, item: { kind: 'write', candidates: [] } });
    await test.call('texts.import', { projectId, path, mapping });
    const [task] = (await test.call('tasks.list', { projectId })).tasks;
    expect(task).toMatchObject({ state: 'drafted' });
    const [row] = readFileSync(path, 'utf8').split('\n');
    const { logs } = await test.call('texts.readLogs', { taskId: task!.id });
    const written = textAfter(decodeEdits(Buffer.from(logs[0]!.data, 'base64')).edits);
    expect(written).toBe(valueAt(JSON.parse(row!) as Json, column));
  });

  it.each([
    ['half a character', '{"prompt":"half \\ud83d here"}\n{"prompt":"whole"}', 1, 'not-unicode'],
    ['a line of ten megabytes', `{"prompt":"${'x'.repeat(10_000_000)}"}\n{"prompt":"short"}`, 1, 'too-long'],
    ['a last line of ten megabytes', `{"prompt":"short"}\n{"prompt":"${'x'.repeat(10_000_000)}"}`, 1, 'too-long'],
    ['a byte order mark and CRLF', '\uFEFF{"prompt":"one\\r\\n"}\r\n{"prompt":"two"}\r\n', 2, null],
    ['nothing', '', 0, null],
    ['nothing but blanks', '\n \n\r\n', 0, null],
  ])('with %s is taken but for what can’t be', async (_, content, taken, why) => {
    const path = join(folder.path, 'odd.jsonl');
    writeFileSync(path, content);
    const { mapping: guessed, failed } = await test.call('texts.preview', { path });
    expect(failed.map((each) => each.why)).toEqual(why === null ? [] : [why]);
    const mapping = { ...guessed, kind: 'write' as const, prompt: ['prompt'], candidates: [], models: [] };
    expect(await test.call('texts.import', { projectId, path, mapping })).toMatchObject({
      ...{ taken, failed: why === null ? 0 : 1 },
      failedSome: why === null ? [] : [{ why }],
    });
  });

  it('may be called off, and then nothing of it is there', async () => {
    const path = file(
      'many.jsonl',
      Array.from({ length: 5000 }, (_, id) => ({ id, prompt: `question ${id}` })),
    );
    const jobId = '0197aaaa-0000-7000-8000-000000000001';
    const call = test.call('texts.import', { projectId, path, mapping: write, jobId });
    await new Promise((resolve) => setTimeout(resolve, 30));
    await test.call('jobs.cancel', { id: jobId }).catch(() => undefined);
    const outcome = await call.then(
      () => 'taken',
      (error: { code: string }) => error.code,
    );
    const { total } = await test.call('tasks.list', { projectId });
    expect([outcome, total]).toEqual(outcome === 'taken' ? ['taken', 5000] : ['jobs/cancelled', 0]);
  });
});

describe('the edit log of a text', () => {
  it('is appended to where it ends, makes a draft of the task, and gives the text back', async () => {
    const taskId = await oneTask();
    const begun = encodeEdits(typed('Rayleigh', 1_000_000));
    const { length } = await test.call('texts.appendLog', {
      taskId,
      field: 'answer',
      after: 0,
      data: base64(typed('Rayleigh', 1_000_000)),
    });
    expect(length).toBe(begun.bytes.length);
    expect((await test.call('tasks.list', { projectId })).tasks[0]).toMatchObject({ state: 'drafted' });
    const more: Edit = { at: 1_010_000, from: 8, removed: 0, inserted: ' scattering.', how: 'paste' };
    const data = base64([more], begun.end);
    await expect(test.call('texts.appendLog', { taskId, field: 'answer', after: 0, data })).rejects.toMatchObject({
      ...{ code: 'drafts/stale', details: { expected: length, got: 0 } },
    });
    await test.call('texts.appendLog', { taskId, field: 'answer', after: length, data });
    await test.reopen();
    const { logs } = await test.call('texts.readLogs', { taskId });
    const { edits } = decodeEdits(Buffer.from(logs[0]!.data, 'base64'));
    expect(textAfter(edits)).toBe('Rayleigh scattering.');
    await test.call('texts.eraseHistory', { taskId });
    const erased = await test.call('texts.readLogs', { taskId });
    const left = decodeEdits(Buffer.from(erased.logs[0]!.data, 'base64')).edits;
    expect(left).toHaveLength(1);
    expect(textAfter(left)).toBe('Rayleigh scattering.');
  });

  it('is told once, when the task is begun, and not with every word', async () => {
    const taskId = await oneTask();
    const heard: (readonly string[])[] = [];
    const stop = test.backend.onChange((topics) => heard.push(topics));
    let end: ReturnType<typeof encodeEdits>['end'] | undefined;
    for (let after = 0, at = 0; at < 5; at += 1) {
      const more = encodeEdits([{ at: 1000 * at, from: at, removed: 0, inserted: 'x', how: 'type' }], end);
      const data = Buffer.from(more.bytes).toString('base64');
      end = more.end;
      ({ length: after } = await test.call('texts.appendLog', { taskId, field: 'answer', after, data }));
    }
    stop();
    expect(heard).toEqual([['tasks']]);
    const { logs } = await test.call('texts.readLogs', { taskId });
    expect(textAfter(decodeEdits(Buffer.from(logs[0]!.data, 'base64')).edits)).toBe('xxxxx');
  });

  it('is sealed with the answer by its hash, and left behind where none is to be kept', async () => {
    await rules({ longest: 5, lengthUnit: 'words' });
    const taskId = await oneTask();
    const edits = typed('One two three.', Date.UTC(2026, 0, 1));
    await test.call('texts.appendLog', { taskId, field: 'answer', after: 0, data: base64(edits) });
    const change = answerChange(emptyDoc, { text: 'One two three.' })!;
    const { length } = await test.call('drafts.append', { taskId, after: 0, records: [{ type: 'do', at: 1, change }] });
    const { entryId, submissionId } = await test.call('tasks.submit', { taskId, journalLength: length });
    const entry = await test.call('ledger.get', { id: entryId });
    const sealed = historyBytes([{ field: 'answer', bytes: encodeEdits(edits).bytes }]);
    expect(entry.effective).toMatchObject({
      ...{ media_name: 'q1', breaches: { asked: false, open: [] }, media_sound: null, media_size: null },
      text: { kind: 'write', refused: null, counts: { words: 3, characters: 12, sentences: 1 }, edits: null },
      history: { hash: createHash('sha256').update(sealed).digest('hex'), typed: 14, pasted: 0, active_ms: 2600 },
    });
    expect((await test.call('submissions.get', { submissionId })).annotation?.answer).toEqual({
      text: 'One two three.',
    });
    expect((await test.call('ledger.verify', {})).ok).toBe(true);
  });

  it('asks about what breaks the rules for texts', async () => {
    await rules({ longest: 2, lengthUnit: 'words', history: 'off' });
    const taskId = await oneTask();
    await test.call('texts.appendLog', { taskId, field: 'answer', after: 0, data: base64(typed('a b c', 5)) });
    const change = answerChange(emptyDoc, { text: 'a b c' })!;
    const { length } = await test.call('drafts.append', { taskId, after: 0, records: [{ type: 'do', at: 1, change }] });
    const submit = { taskId, journalLength: length };
    await expect(test.call('tasks.submit', submit)).rejects.toMatchObject({ code: 'tasks/breaches-open' });
    const { entryId } = await test.call('tasks.submit', { ...submit, breachesSeen: true });
    const entry = await test.call('ledger.get', { id: entryId });
    expect(entry.effective).toMatchObject({
      breaches: { asked: true, open: [{ rule: 'tooLong', count: 1 }] },
      history: null,
    });
    const { logs } = await test.call('texts.readLogs', { taskId });
    expect(decodeEdits(Buffer.from(logs[0]!.data, 'base64')).edits).toMatchObject([
      { how: 'program', inserted: 'a b c' },
    ]);
  });
});

describe('a judgement before the machine', () => {
  it('is sealed before the machine’s is shown, once', async () => {
    await rules({ judgeFirst: true });
    const taskId = await oneTask({ label: 'safe' });
    expect(await test.call('texts.get', { taskId })).toMatchObject({ machineHidden: true, item: { machine: null } });
    expect(await test.call('texts.judge', { taskId, judgement: 'unsafe' })).toMatchObject({ machine: 'safe' });
    expect(await test.call('texts.get', { taskId })).toMatchObject({ machineHidden: false, item: { machine: 'safe' } });
    await expect(test.call('texts.judge', { taskId, judgement: 'safe' })).rejects.toMatchObject({
      code: 'judgements/already-sealed',
    });
    const { judgements } = await test.call('judgements.list', { taskId });
    expect(judgements).toMatchObject([{ judgement: 'unsafe', beforeMachine: true, machineAnswer: 'safe' }]);
  });

  it('is sealed by the submission that brings another mind, in the same moment', async () => {
    await rules({ judgeFirst: true });
    const taskId = await oneTask({ label: 'safe' });
    let doc = emptyDoc;
    let after = 0;
    const say = async (text: string, reason?: string) => {
      const change = answerChange(doc, { text })!;
      doc = { ...doc, answer: { text } };
      const records = [{ type: 'do' as const, at: 1, change }];
      ({ length: after } = await test.call('drafts.append', { taskId, after, records }));
      const given = reason === undefined ? {} : { reason };
      await test.call('tasks.submit', { taskId, journalLength: after, breachesSeen: true, ...given });
      return test.call('judgements.list', { taskId });
    };
    // Nothing was judged before: what is submitted is the own judgement.
    const own = { judgement: { text: 'unsafe' }, beforeMachine: true, machineAnswer: 'safe' };
    expect((await say('unsafe')).judgements).toMatchObject([own]);
    const changed = { judgement: { text: 'safe' }, beforeMachine: false, machineAnswer: 'safe' };
    expect((await say('safe', 'looked again')).judgements).toMatchObject([own, changed]);
    // White space is no other mind.
    expect((await say('safe ', 'a space')).judgements).toHaveLength(2);
  });

  it('is no judgement where the machine was heard, unless the window kept it back', async () => {
    const path = file(
      'two.jsonl',
      [1, 2].map((id) => ({ id, prompt: `Why ${id}?`, label: 'safe' })),
    );
    await test.call('texts.import', { projectId, path, mapping: write });
    const [heard, unheard] = (await test.call('tasks.list', { projectId })).tasks.map(({ id }) => id);
    const submit = async (taskId: TaskId, machineUnseen: boolean) => {
      await test.call('tasks.submit', { taskId, journalLength: 0, breachesSeen: true, machineUnseen });
      return (await test.call('judgements.list', { taskId })).judgements.length;
    };
    expect(await submit(heard!, false)).toBe(0);
    expect(await submit(unheard!, true)).toBe(1);
  });
});

describe('answers', () => {
  it('leave as files that hold what was sealed, ties beside them, and come back with their answers', async () => {
    const pair: TextMapping = {
      ...write,
      kind: 'compare',
      candidates: ['x', 'y'],
      models: [null, null],
      machine: null,
    };
    const rows = ['first', 'second', 'third'].map((prompt) => ({
      id: `q-${prompt}`,
      prompt,
      x: `x of ${prompt}`,
      y: 'y',
    }));
    await test.call('texts.import', { projectId, path: file('pairs.jsonl', rows), mapping: pair });
    const { tasks } = await test.call('tasks.list', { projectId });
    for (const [place, overall] of ([-2, 0] as const).entries()) {
      const taskId = tasks[place]!.id;
      const change = answerChange(emptyDoc, { preferences: { overall } })!;
      const { length } = await test.call('drafts.append', {
        taskId,
        after: 0,
        records: [{ type: 'do', at: 1, change }],
      });
      await test.call('tasks.submit', { taskId, journalLength: length });
    }
    const path = join(folder.path, 'out.jsonl');
    const asked = { projectId, format: 'trl-preference', which: 'submitted' } as const;
    const preview = await test.call('texts.exportPreview', asked);
    expect(preview.rows).toBe(1);
    expect(preview.loss.map(({ what }) => what).sort()).toEqual(['field', 'strength', 'tie']);
    const written = await test.call('texts.export', { ...asked, path, overwrite: false });
    expect(written).toMatchObject({ rows: 1, files: ['out.jsonl', 'out.ties.jsonl'], loss: preview.loss });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ prompt: 'first', chosen: 'x of first', rejected: 'y' });
    await expect(test.call('texts.export', { ...asked, path, overwrite: false })).rejects.toMatchObject({
      code: 'files/exists',
    });

    const whole = join(folder.path, 'whole.jsonl');
    await test.call('texts.export', { ...asked, format: 'jsonl', path: whole, overwrite: false });
    const other = await test.call('projects.create', {
      ...{ name: 'again', client: null, intermediary: null, modality: 'text', labels: [] },
    });
    const { format, mapping } = await test.call('texts.preview', { path: whole });
    expect(format).toBe('jsonl');
    const taken = await test.call('texts.import', { projectId: other.projectId, path: whole, format, mapping });
    expect(taken).toMatchObject({ taken: 2, failed: 0 });
    const again = await test.call('tasks.list', { projectId: other.projectId });
    expect(again.tasks.map(({ state }) => state)).toEqual(['drafted', 'drafted']);
    const { records } = await test.call('drafts.get', { taskId: again.tasks[0]!.id });
    expect(records).toMatchObject([
      { type: 'do', change: { answer: [{ field: 'preferences', after: { overall: -2 } }] } },
    ]);
  });

  it('are written as they stand while nobody sealed them, from the edit log', async () => {
    const taskId = await oneTask();
    await test.call('texts.appendLog', { taskId, field: 'answer', after: 0, data: base64(typed('So.', 1)) });
    const path = join(folder.path, 'drafts.jsonl');
    const asked = { projectId, format: 'prompt-response', path, overwrite: false } as const;
    await test.call('texts.export', { ...asked, which: 'all' });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ prompt: 'Why?', response: 'So.' });
  });
});
