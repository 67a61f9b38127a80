import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '#shared/domain/json.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { canonicalJson } from '#shared/proofs/canonical.ts';
import { box, drawAndSubmit, drawn, photoProject, type PhotoProject } from '#test/support/photo-project.ts';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

describe('submitting', () => {
  let project: PhotoProject;
  let taskId: TaskId;
  beforeEach(async () => {
    project = await photoProject();
    taskId = (await project.importAll())[0]!.id;
  });
  afterEach(() => project.close());

  const stateOf = async () => (await project.core.call('tasks.get', { taskId })).task;

  it('asks about open breaches of the guideline before it seals, and the ledger keeps that it asked', async () => {
    const { core, projectId } = project;
    await core.call('guidelines.add', {
      projectId,
      version: '1',
      text: '',
      effectiveFrom: '2026-01-01',
      receivedAt: core.clock.instant,
      channel: null,
      announcedBy: null,
      rules: { requireLabel: true, fitTolerancePx: 3 },
    });
    const shapes = [box(1), box(20, null), box(40)];
    const { length: journalLength } = await core.call('drafts.append', { taskId, after: 0, records: [drawn(shapes)] });
    const fits = [{ shape: shapes[2]!.id, px: 3 }];
    await expect(core.call('tasks.submit', { taskId, journalLength, fits })).rejects.toMatchObject({
      code: 'tasks/breaches-open',
      details: { count: 1 },
    });
    expect(await stateOf()).toMatchObject({ state: 'drafted' });
    const { entryId } = await core.call('tasks.submit', { taskId, journalLength, fits, breachesSeen: true });
    const { fields } = await core.call('ledger.get', { id: entryId });
    expect(fields.find(({ name }) => name === 'breaches')?.value).toEqual({
      asked: true,
      open: [
        { rule: 'requireLabel', count: 1 },
        { rule: 'fitTolerancePx', count: 1 },
      ],
    });
  });

  it('does not say it asked where nothing was open, and keeps nothing where no rule was in force', async () => {
    const { core, projectId } = project;
    const [, second] = (await core.call('tasks.list', { projectId })).tasks;
    const breachesOf = async (entryId: string) =>
      (await core.call('ledger.get', { id: entryId })).fields.find(({ name }) => name === 'breaches')?.value;
    const free = await drawAndSubmit(core, taskId, [box(1, null)]);
    expect(await breachesOf(free.entryId)).toBeNull();
    const { labels } = await core.call('projects.get', { projectId });
    const asked = {
      name: 'occlusion',
      input: 'text',
      values: [],
      initial: null,
      required: true,
      mutable: true,
    } as const;
    await core.call('projects.change', {
      projectId,
      labels: labels.map((label) =>
        label.key === 'bus' ? { ...label, attributes: [{ ...asked, values: [] }] } : label,
      ),
    });
    const kept = await drawAndSubmit(core, second!.id, [box(1)]);
    expect(await breachesOf(kept.entryId)).toEqual({ asked: false, open: [] });
  });

  it('seals the kind of task, pays by its terms, and sets a wrong one right by submitting again with a reason', async () => {
    const { core, projectId } = project;
    const yuan = (amount: number) => [{ minor: amount * 100, currency: 'CNY' }];
    const terms = (amount: number, taskKind: string | null) =>
      core.call('projects.setTerms', {
        projectId,
        terms: { effectiveFrom: '2026-01-01', rate: { per: 'piece', amount: yuan(amount)[0]! }, taskKind, note: null },
      });
    await terms(1, null);
    await terms(3, 'night');
    await core.call('tasks.setKind', { taskId, kind: 'night', othersToo: false });
    expect((await stateOf()).kind).toBe('night');
    const { submissionId } = await drawAndSubmit(core, taskId, [box(1)]);
    expect((await core.call('submissions.get', { submissionId })).taskKind).toBe('night');
    const promised = async () =>
      (await core.call('pay.overview', { from: '2026-11-01', to: '2026-11-30' })).total.promised;
    expect(await promised()).toEqual(yuan(3));
    expect((await core.call('time.day', { day: null })).promised).toEqual(yuan(3));

    await core.call('tasks.setKind', { taskId, kind: null, othersToo: false });
    const { records } = await core.call('drafts.get', { taskId });
    const again = { taskId, journalLength: records.length };
    await expect(core.call('tasks.submit', again)).rejects.toMatchObject({ code: 'tasks/already-submitted' });
    await core.call('tasks.submit', { ...again, reason: 'it was by day' });
    expect(await promised()).toEqual(yuan(1));
    expect((await core.call('figures.period', { from: '2026-11-01', to: '2026-11-30' })).promised).toEqual(yuan(1));
    expect((await core.call('recalls.account', { projectId })).promised.amounts).toEqual(yuan(1));
  });

  it('gives a kind to the others of the project that have none and are not sealed', async () => {
    const { core, projectId } = project;
    const before = (await core.call('tasks.list', { projectId })).tasks;
    expect(before.length).toBeGreaterThan(2);
    await core.call('tasks.setKind', { taskId: before[1]!.id, kind: 'day', othersToo: false });
    await drawAndSubmit(core, before[2]!.id, [box(1)]);
    const { changed } = await core.call('tasks.setKind', { taskId, kind: 'night', othersToo: true });
    const kinds = (await core.call('tasks.list', { projectId })).tasks.map(({ kind }) => kind);
    expect(kinds.slice(0, 3)).toEqual(['night', 'day', null]);
    expect(changed).toBe(kinds.filter((kind) => kind === 'night').length);
  });

  it('seals the annotation as journalled, with the hashes of it and of the photo', async () => {
    const { core } = project;
    const shapes = [box(1), box(2, 'bus'), box(3, null)];
    await core.call('guidelines.add', {
      projectId: project.projectId,
      version: 'v1',
      text: 'Hug the object.',
      effectiveFrom: '2026-11-01',
      receivedAt: core.clock.instant,
      channel: null,
      announcedBy: null,
      rules: {},
    });
    const { submissionId, entryId } = await drawAndSubmit(core, taskId, shapes);
    const doc = { version: 1, shapes } as unknown as Json;

    const [entry] = core.backend.ledger.effective(core.backend.db.read, submissionId);
    expect(entry).toMatchObject({ id: entryId, kind: 'submission.sealed', source: 'measured' });
    expect(entry!.body).toMatchObject({
      project: project.projectId,
      task: taskId,
      round: 1,
      media_name: 'a.png',
      media_hash: sha256(readFileSync(join(project.photos, 'a.png'))),
      media_size: { width: 64, height: 48 },
      media_sound: null,
      text: null,
      history: null,
      annotation: doc,
      annotation_hash: sha256(canonicalJson(doc)),
      object_counts: { car: 1, bus: 1, '': 1 },
      guideline_version: 'v1',
    });
    expect(await core.call('submissions.get', { submissionId })).toMatchObject({
      annotation: doc,
      superseded: false,
      sealedAt: core.clock.instant,
    });
    expect(await stateOf()).toMatchObject({ state: 'submitted', submissionId, shapeCount: 3 });
  });

  it('keeps a large annotation as a blob and reads it back', async () => {
    const { core } = project;
    const shapes = Array.from({ length: 400 }, (_, i) => box(i));
    const { submissionId } = await drawAndSubmit(core, taskId, shapes);
    const [entry] = core.backend.ledger.effective(core.backend.db.read, submissionId);
    const text = canonicalJson({ version: 1, shapes } as unknown as Json);
    expect(entry!.body['annotation']).toEqual({
      blob: sha256(text),
      bytes: text.length,
      mediaType: 'application/json',
      name: null,
    });
    const hash = sha256(text);
    const path = join(core.dir, 'attachments', hash.slice(0, 2), hash);
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect((await core.call('submissions.get', { submissionId })).annotation?.shapes).toEqual(shapes);
    await core.reopen();
    expect((await core.call('submissions.get', { submissionId })).annotation?.shapes).toHaveLength(400);
    rmSync(path);
    expect((await core.call('submissions.get', { submissionId })).annotation).toBeNull();
  });

  it('seals once however often it is asked', async () => {
    const { core } = project;
    const { length } = await core.call('drafts.append', { taskId, after: 0, records: [drawn([box(1)])] });
    const asked = Array.from({ length: 5 }, () => core.call('tasks.submit', { taskId, journalLength: length }));
    const answers = await Promise.allSettled(asked);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'tasks/already-submitted' });
    }
    expect((await core.call('submissions.list', { taskId })).total).toBe(1);
    await core.reopen();
    for (const reason of [undefined, 'twice']) {
      await expect(core.call('tasks.submit', { taskId, journalLength: length, reason })).rejects.toMatchObject({
        code: 'tasks/already-submitted',
        details: { changed: false },
      });
    }
  });

  it('refuses to seal what the caller has not seen', async () => {
    const { core } = project;
    await core.call('drafts.append', { taskId, after: 0, records: [drawn([box(1)]), drawn([box(2)], 1)] });
    await expect(core.call('tasks.submit', { taskId, journalLength: 1 })).rejects.toMatchObject({
      code: 'drafts/stale',
      details: { expected: 2, got: 1 },
    });
    expect(await stateOf()).toMatchObject({ state: 'drafted', submissionId: null });
  });

  it('supersedes an earlier submission as one group, with a reason', async () => {
    const { core } = project;
    const first = await drawAndSubmit(core, taskId, [box(1)]);
    await core.call('drafts.append', { taskId, after: 1, records: [drawn([box(2)], 1)] });
    await expect(core.call('tasks.submit', { taskId, journalLength: 2 })).rejects.toMatchObject({
      code: 'tasks/already-submitted',
      details: { changed: true },
    });
    const second = await core.call('tasks.submit', { taskId, journalLength: 2, reason: 'forgot one' });
    const { submissions } = await core.call('submissions.list', { taskId });
    expect(submissions.map(({ id, superseded, round }) => ({ id, superseded, round }))).toEqual([
      { id: second.submissionId, superseded: false, round: 1 },
      { id: first.submissionId, superseded: true, round: 1 },
    ]);
    expect(await stateOf()).toMatchObject({ state: 'submitted', submissionId: second.submissionId });
    const old = await core.call('submissions.get', { submissionId: first.submissionId });
    expect(old.annotation?.shapes).toHaveLength(1);
    const groups = core.backend.db.read.all<{ group_id: string | null }>(
      `SELECT group_id FROM entry WHERE kind IN ('submission.sealed', 'entry.superseded') ORDER BY seq`,
    );
    expect(groups[0]!.group_id).toBeNull();
    expect(groups[1]!.group_id).not.toBeNull();
    expect(groups[2]!.group_id).toBe(groups[1]!.group_id);
  });

  it('counts a round after a return and needs no reason then', async () => {
    const { core } = project;
    const first = await drawAndSubmit(core, taskId, [box(1)]);
    core.clock.advance(60_000);
    await core.call('returns.open', {
      subject: { type: 'submission', id: first.submissionId },
      stage: 'reviewer',
      round: 1,
      reason: 'not tight',
      ruleCited: null,
      guidelineId: null,
      itemised: false,
      check: null,
      reviewer: null,
      deadline: null,
      deduction: null,
      view: null,
      attachments: [],
      receivedAt: core.clock.instant,
    });
    expect(await stateOf()).toMatchObject({ state: 'returned' });
    const { tasks } = await core.call('tasks.list', { projectId: project.projectId, states: ['returned'] });
    expect(tasks.map(({ id }) => id)).toEqual([taskId]);
    // The worker may stand by what was sealed: nothing need have changed.
    const second = await core.call('tasks.submit', { taskId, journalLength: 1 });
    expect(await core.call('submissions.get', { submissionId: second.submissionId })).toMatchObject({ round: 2 });
    expect(await stateOf()).toMatchObject({ state: 'submitted', submissionId: second.submissionId });
  });

  it('goes back to a draft when the submission is voided', async () => {
    const { core } = project;
    const { entryId } = await drawAndSubmit(core, taskId, [box(1)]);
    core.backend.db.transaction((tx) =>
      core.backend.ledger.correct(tx, [{ type: 'void', entryId: entryId as never }], 'wrong photo'),
    );
    expect(await stateOf()).toMatchObject({ state: 'drafted', submissionId: null, shapeCount: 1 });
    await core.call('tasks.submit', { taskId, journalLength: 1 });
    expect(await stateOf()).toMatchObject({ state: 'submitted' });
  });

  it('refuses a photo that is gone', async () => {
    rmSync(join(project.photos, 'a.png'));
    await expect(drawAndSubmit(project.core, taskId, [box(1)])).rejects.toMatchObject({ code: 'files/unreadable' });
    expect((await project.core.call('submissions.list', {})).total).toBe(0);
  });

  it.skipIf(process.getuid?.() === 0)('refuses a photo that may not be read', async () => {
    chmodSync(join(project.photos, 'a.png'), 0);
    await expect(drawAndSubmit(project.core, taskId, [box(1)])).rejects.toMatchObject({ code: 'files/unreadable' });
  });

  it('forgets journal and name with what is erased of the submission, and leaves no byte of them', async () => {
    const { core } = project;
    const shapes = [box(1234.56789), box(2)];
    const { entryId } = await drawAndSubmit(core, taskId, shapes);
    await core.call('ledger.erase', {
      id: entryId,
      fields: ['annotation', 'media_name'],
      reason: 'not mine to keep',
      rewriteBackups: false,
    });
    expect(await core.call('drafts.get', { taskId })).toEqual({ base: { version: 1, shapes: [] }, records: [] });
    const { task, media } = await core.call('tasks.get', { taskId });
    expect(task).toMatchObject({ state: 'submitted', shapeCount: 0 });
    expect(task.name).not.toContain('a.png');
    expect(media.problem).toBe('missing');
    const { submissions } = await core.call('submissions.list', { taskId });
    expect(submissions).toMatchObject([{ mediaName: '—' }]);
    await core.reopen();
    for (const name of readdirSync(core.dir).filter((file) => file.startsWith('ledger.db'))) {
      const bytes = readFileSync(join(core.dir, name));
      expect([name, bytes.includes('1234.56789'), bytes.includes('a.png')]).toEqual([name, false, false]);
    }
  });

  it('is projected the same when everything is computed again', async () => {
    const { core } = project;
    const first = await drawAndSubmit(core, taskId, [box(1)]);
    await core.call('drafts.append', { taskId, after: 1, records: [drawn([box(2)], 1)] });
    await core.call('tasks.submit', { taskId, journalLength: 2, reason: 'more' });
    await core.call('elsewhere.log', {
      projectId: project.projectId,
      name: 'x',
      count: 2,
      timeMs: null,
      attachments: [],
      note: null,
      doneAt: core.clock.instant,
    });
    const before = await stateOf();
    const { tables } = await core.call('ledger.rebuild', {});
    const mine = tables.filter(({ table }) => table === 'submission' || table === 'elsewhere');
    expect(mine.map(({ rows, differed }) => ({ rows, differed }))).toEqual([
      { rows: 2, differed: 0 },
      { rows: 1, differed: 0 },
    ]);
    expect(await stateOf()).toEqual(before);
    expect((await core.call('submissions.get', { submissionId: first.submissionId })).superseded).toBe(true);
  });
});
