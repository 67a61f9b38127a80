import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import type { ProjectId, ReturnId, RulingId, SubmissionId } from '#shared/domain/ids.ts';
import { someId } from '#test/support/entry-drafts.ts';
import { box, drawAndSubmit, photoProject, type PhotoProject } from '#test/support/photo-project.ts';

let photos: PhotoProject;
let projectId: ProjectId;

beforeEach(async () => {
  photos = await photoProject(['a.png']);
  projectId = photos.projectId;
});
afterEach(() => photos.close());

const call: PhotoProject['core']['call'] = (name, input) => photos.core.call(name, input);

const page = (judgedWrong: string, over: Partial<Input<'notebook.add'>> = {}): Input<'notebook.add'> => ({
  projectId,
  work: null,
  returnId: null,
  judgedWrong,
  theyWanted: null,
  myView: null,
  rules: [],
  labels: [],
  attachments: [],
  notedAt: photos.core.clock.instant,
  ...over,
});

async function returnOf(id: SubmissionId, objects: Input<'returns.open'>['objects'] = []): Promise<ReturnId> {
  const { returnId } = await call('returns.open', {
    subject: { type: 'submission', id },
    stage: 'inspector',
    round: 1,
    reason: '框没有贴合，右边超出 4 像素',
    ruleCited: '3.2',
    guidelineId: null,
    objects,
    itemised: true,
    check: null,
    reviewer: null,
    deadline: null,
    deduction: null,
    view: null,
    attachments: [],
    receivedAt: photos.core.clock.instant,
  });
  return returnId;
}

describe('the error notebook', () => {
  it('is filled in one step from a return, with the classes of the objects it names', async () => {
    const [task] = await photos.importAll();
    const [car, bus] = [box(1, 'car'), box(20, 'bus')];
    const { submissionId } = await drawAndSubmit(photos.core, task!.id, [car, bus]);
    const returnId = await returnOf(submissionId, [bus.id]);
    const { entryId } = await call('notebook.addFromReturn', { returnId });
    expect((await call('notebook.list', { returnId })).errors).toMatchObject([
      {
        entryId,
        judgedWrong: '框没有贴合，右边超出 4 像素',
        rules: ['3.2'],
        labels: ['bus'],
        projectName: 'Street',
        workName: 'a.png',
        returnId,
      },
    ]);
    await expect(call('notebook.addFromReturn', { returnId })).rejects.toMatchObject({
      code: 'notebook/already-noted',
    });
    await expect(call('notebook.addFromReturn', { returnId: someId() as ReturnId })).rejects.toMatchObject({
      code: 'returns/not-found',
    });
  });

  it('is searched by words of any two letters, and by tags', async () => {
    await call('notebook.add', page('框没有贴合', { rules: ['3.2'], labels: ['car'] }));
    await call('notebook.add', page('Riders are not pedestrians', { theyWanted: 'Rider', labels: ['rider', 'car'] }));
    const found = async (input: Input<'notebook.list'>) =>
      (await call('notebook.list', input)).errors.map(({ judgedWrong }) => judgedWrong.slice(0, 5));
    expect(await found({ search: '贴合' })).toEqual(['框没有贴合']);
    expect(await found({ search: 'RIDER pedestrian' })).toEqual(['Rider']);
    expect(await found({ search: 'rider 贴合' })).toEqual([]);
    expect(await found({ label: 'car' })).toEqual(['Rider', '框没有贴合']);
    expect(await found({ label: 'car', rule: '3.2' })).toEqual(['框没有贴合']);
    expect(await call('notebook.tags', { projectId })).toEqual({
      rules: [{ tag: '3.2', count: 1 }],
      labels: [
        { tag: 'car', count: 2 },
        { tag: 'rider', count: 1 },
      ],
    });
  });

  it('finds nothing of what was erased, in the search or in the files', async () => {
    const { entryId } = await call('notebook.add', page('unerhört geheim', { rules: ['rule of thumbs'] }));
    const fields = ['judged_wrong', 'rules'];
    await call('ledger.erase', { id: entryId, fields, reason: 'asked to', rewriteBackups: false });
    expect((await call('notebook.list', { search: 'geheim' })).total).toBe(0);
    expect((await call('notebook.list', { rule: 'rule of thumbs' })).total).toBe(0);
    expect(await call('notebook.list', {})).toMatchObject({ total: 1, errors: [{ judgedWrong: '', rules: [] }] });
    const files = readdirSync(photos.core.dir).filter((name) => name.startsWith('ledger.db'));
    for (const name of files) {
      const bytes = readFileSync(join(photos.core.dir, name));
      expect(bytes.includes('geheim') || bytes.includes('rule of thumbs')).toBe(false);
    }
  });
});

describe('notes', () => {
  it('are tied to anything, and shown with each', async () => {
    const [one, other] = [someId(), someId()];
    const written = { about: [one, other], attachments: [], writtenAt: photos.core.clock.instant };
    const { entryId } = await call('notes.write', { text: 'told by phone', ...written });
    for (const about of [one, other]) {
      expect((await call('notes.list', { about })).notes).toMatchObject([{ text: 'told by phone', entryId }]);
    }
    expect((await call('notes.list', { about: someId() })).notes).toEqual([]);
  });

  it('mark rulings that contradict each other', async () => {
    const rule = async (answer: string) =>
      (
        await call('rulings.add', {
          projectId,
          guidelineId: null,
          question: 'Is a stroller a pedestrian?',
          answer,
          askedOf: 'overseer',
          answeredAt: photos.core.clock.instant,
        })
      ).rulingId;
    const rulingIds: [RulingId, RulingId] = [await rule('yes'), await rule('no')];
    await call('rulings.markContradiction', { rulingIds, text: 'within a week' });
    expect((await call('rulings.contradictions', { projectId })).contradictions).toMatchObject([
      { rulingIds, text: 'within a week' },
    ]);
    for (const wrong of [
      [rulingIds[0], rulingIds[0]],
      [rulingIds[0], someId()],
    ]) {
      await expect(
        call('rulings.markContradiction', { rulingIds: wrong as typeof rulingIds, text: 'x' }),
      ).rejects.toMatchObject({ code: 'rulings/not-found' });
    }
  });
});

describe('standing', () => {
  it('keeps suspensions, transfers and the decision to stop revising', async () => {
    const [task] = await photos.importAll();
    const { submissionId } = await drawAndSubmit(photos.core, task!.id, [box(1)]);
    const change = { projectId, work: null, until: null, reason: '', paid: null, attachments: [] };
    const at = (ms: number) => new Date(photos.core.clock.now() - ms).toISOString();
    await call('standing.change', {
      ...change,
      what: 'suspended',
      until: '2026-11-25',
      paid: false,
      happenedAt: at(9),
    });
    await call('standing.change', {
      ...change,
      what: 'revising-stopped',
      work: { type: 'submission', id: submissionId },
      reason: 'fifth round',
      happenedAt: at(0),
    });
    const { total, changes } = await call('standing.list', { projectId });
    expect(total).toBe(2);
    expect(changes).toMatchObject([
      { what: 'revising-stopped', workName: 'a.png', reason: 'fifth round', projectName: 'Street' },
      { what: 'suspended', until: '2026-11-25', paid: false, work: null },
    ]);
    await expect(
      call('standing.change', { ...change, what: 'removed', projectId: someId() as ProjectId, happenedAt: at(0) }),
    ).rejects.toMatchObject({ code: 'projects/not-found' });
  });
});
