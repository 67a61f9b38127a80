import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectPack } from '#shared/contract/projects.contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

let test: TestBackend;
let folder: ReturnType<typeof tempDir>;
beforeEach(async () => {
  test = await openTestBackend();
  folder = tempDir();
});
afterEach(async () => {
  await test.close();
  folder.remove();
});

const file = (name: string) => join(folder.path, name);

/** A project with everything a pack can carry, and names that it must not. */
async function fullProject(): Promise<ProjectId> {
  const { projectId } = await test.call('projects.create', {
    name: '街景 night',
    client: 'SECRET-CLIENT',
    intermediary: 'SECRET-BPO',
    modality: 'image',
    labels: [
      {
        ...{ key: 'car', color: '#ff0000' },
        attributes: [
          {
            ...{ name: 'occlusion', input: 'select', values: ['none', 'part'], initial: null },
            ...{ required: true, mutable: true },
          },
        ],
      },
      { key: 'water-filled barrier', name: '水马', color: '#00ff00' },
    ],
  });
  const terms = (effectiveFrom: string, minor: number) => ({
    effectiveFrom,
    rate: { per: 'piece' as const, amount: { minor, currency: 'CNY' } },
    note: 'per photo',
    taskKind: minor === 6000 ? 'night' : null,
    bonuses: [
      { name: '全勤', amount: { minor: 20000, currency: 'CNY' }, per: 'month' as const, condition: 'no day off' },
    ],
  });
  await test.call('projects.setTerms', { projectId, terms: terms('2026-11-10', 6000) });
  await test.call('projects.setTerms', { projectId, terms: terms('2026-10-01', 8000) });
  await test.call('projects.setBar', {
    projectId,
    effectiveFrom: '2026-10-01',
    bar: { operator: 'over', percent: '99.5', measuredBy: 'correct / all' },
  });
  for (const name of ['B', 'A']) await test.call('segments.create', { projectId, name });
  for (const version of ['1', '2']) {
    await test.call('guidelines.add', {
      projectId,
      version,
      text: `fit within 3 px (${version})`,
      effectiveFrom: '2026-10-01',
      receivedAt: '2026-10-01T02:00:00.000Z',
      channel: 'SECRET-GROUP',
      announcedBy: 'SECRET-PERSON',
      rules: { fitTolerancePx: 3, requiredAttributes: ['occlusion'] },
    });
  }
  await test.call('rulings.add', {
    projectId,
    guidelineId: null,
    question: 'Strollers?',
    answer: 'No.',
    askedOf: 'overseer',
    answeredAt: '2026-10-02T02:00:00.000Z',
  });
  return projectId;
}

const exported = (projectId: ProjectId, name: string, overwrite = false) =>
  test.call('packs.export', { projectId, path: file(name), overwrite });

describe('a project pack', () => {
  it('makes the same project again, elsewhere', async () => {
    await exported(await fullProject(), 'pack.json');
    const first = await test.call('packs.preview', { path: file('pack.json') });
    expect(first.guidelines.map((guideline) => guideline.version)).toEqual(['1', '2']);

    const other = await openTestBackend();
    try {
      const { projectId } = await other.call('packs.import', { path: file('pack.json'), name: first.project.name });
      await other.call('packs.export', { projectId, path: file('again.json'), overwrite: false });
      expect(readFileSync(file('again.json'), 'utf8')).toBe(readFileSync(file('pack.json'), 'utf8'));
      const kinds = other.backend.db.read.all<{ kind: string; source: string }>(
        `SELECT DISTINCT source FROM entry WHERE project_id = ? AND kind <> 'ledger.exported'`,
        [projectId],
      );
      expect(kinds).toEqual([{ source: 'imported' }]);
    } finally {
      await other.close();
    }
  });

  it('is never written over the ledger or a photo', async () => {
    const projectId = await fullProject();
    const over = (path: string) => test.call('packs.export', { projectId, path, overwrite: true });
    await expect(over(join(test.dir, 'ledger.db'))).rejects.toMatchObject({ details: { problem: 'data-folder' } });
    await exported(projectId, 'photo.png');
    await expect(over(file('photo.png'))).rejects.toMatchObject({ details: { problem: 'photo' } });
  });

  it('holds no person and no client, and leaves an entry that it left', async () => {
    const projectId = await fullProject();
    const { bytes } = await exported(projectId, 'pack.json');
    const text = readFileSync(file('pack.json'), 'utf8');
    expect(text).not.toContain('SECRET');
    expect(Buffer.byteLength(text)).toBe(bytes);
    const { entries } = await test.call('ledger.list', {
      filter: { kinds: ['ledger.exported'], subject: projectId },
      offset: 0,
      limit: 10,
    });
    expect(entries).toHaveLength(1);
  });

  it('replaces no file unasked, and leaves nothing half-written behind', async () => {
    const projectId = await fullProject();
    writeFileSync(file('pack.json'), 'mine');
    await expect(exported(projectId, 'pack.json')).rejects.toMatchObject({ code: 'files/exists' });
    expect(readFileSync(file('pack.json'), 'utf8')).toBe('mine');
    mkdirSync(file('folder'));
    await expect(exported(projectId, 'folder', true)).rejects.toMatchObject({ code: 'files/unwritable' });
    await expect(exported(projectId, 'nowhere/pack.json')).rejects.toMatchObject({ code: 'files/not-a-folder' });
    await expect(exported(projectId, 'x'.repeat(300))).rejects.toMatchObject({ code: 'files/unwritable' });
    await exported(projectId, 'pack.json', true);
    expect(readdirSync(folder.path).sort()).toEqual(['folder', 'pack.json']);
    const sizes = await test.call('ledger.list', { filter: { kinds: ['ledger.exported'] }, offset: 0, limit: 10 });
    expect(sizes.total).toBe(1);
  });

  it('takes a name that is free', async () => {
    await exported(await fullProject(), 'pack.json');
    await expect(test.call('packs.import', { path: file('pack.json'), name: '街景 Night' })).rejects.toMatchObject({
      code: 'projects/name-taken',
    });
  });
});

describe('a file that is no pack', () => {
  const good: ProjectPack = {
    format: 'counterledger-pack',
    version: 1,
    project: { name: 'p', modality: 'image', labels: [{ key: 'car', color: '#ff0000' }] },
    terms: [],
    bar: null,
    segments: [],
    guidelines: [],
    rulings: [],
  };
  const guideline = {
    version: '1',
    text: '',
    effectiveFrom: '2026-10-01',
    receivedAt: '2026-10-01T02:00:00.000Z',
    rules: {},
  };
  const problemOf = async (content: string | Uint8Array) => {
    writeFileSync(file('pack.json'), content);
    const importing = test.call('packs.import', { path: file('pack.json'), name: 'p' });
    return importing.then(
      () => 'ok',
      (error: { code: string; details: Record<string, string> }) =>
        `${error.code} ${error.details['place']}: ${error.details['problem']}`,
    );
  };
  const changed = (change: object) => problemOf(JSON.stringify({ ...good, ...change }));

  it('is told by place and problem', async () => {
    expect(await problemOf('')).toBe('packs/unreadable file: not-json');
    expect(await problemOf('{\n  "format": "counterledger-pack",\n  oops\n}')).toBe(
      'packs/unreadable line 3: not-json',
    );
    expect(await problemOf(new Uint8Array([0x22, 0xff, 0x22]))).toBe('packs/unreadable file: not-utf-8');
    expect(await changed({ format: 'other' })).toMatch(/^packs\/unreadable format: /);
    expect(await changed({ version: 2 })).toMatch(/^packs\/unreadable version: /);
    expect(await changed({ client: 'x' })).toBe('packs/unreadable client: unknown-key');
    expect(
      await changed({ project: { ...good.project, labels: [...good.project.labels, ...good.project.labels] } }),
    ).toBe('packs/unreadable project.labels: duplicate-key');
    expect(await changed({ guidelines: [guideline, { ...guideline, rules: { minBoxPx: -1 } }] })).toMatch(
      /^packs\/unreadable guidelines\.1\.rules\.minBoxPx: /,
    );
    expect(await changed({ guidelines: [{ ...guideline, receivedAt: '2027-01-01T00:00:00.000Z' }] })).toBe(
      'packs/unreadable guidelines.0.receivedAt: in-the-future',
    );
    expect(await changed({ guidelines: [{ ...guideline, text: '\ud800' }] })).toBe(
      'packs/unreadable guidelines.0.text: not-unicode',
    );
    expect(await changed({ terms: Array.from({ length: 1001 }, () => ({})) })).toMatch(/^packs\/unreadable terms/);
  });

  it('does no harm: deep nesting, prototype keys, a flood', async () => {
    expect(await problemOf('['.repeat(1_000_000))).toMatch(/^packs\/unreadable /);
    expect(await problemOf(`${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`)).toMatch(/^packs\/unreadable /);
    expect(await problemOf(JSON.stringify(good).replace('{', '{"__proto__":{"polluted":1},'))).toBe(
      'packs/unreadable __proto__: unknown-key',
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(await problemOf(' '.repeat(8 * 1024 * 1024 + 1))).toBe('packs/unreadable file: too-large');
    expect((await test.call('projects.list', {})).projects).toEqual([]);
  });

  it('or is not there, or is no file', async () => {
    await expect(test.call('packs.preview', { path: file('none') })).rejects.toMatchObject({ code: 'files/not-found' });
    await expect(test.call('packs.preview', { path: 'pack.json' })).rejects.toMatchObject({ code: 'files/not-found' });
    await expect(test.call('packs.preview', { path: folder.path })).rejects.toMatchObject({ code: 'files/unreadable' });
  });

  it('but what is one is taken', async () => {
    expect(await changed({ guidelines: [guideline] })).toBe('ok');
  });
});
