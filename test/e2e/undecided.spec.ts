import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Geometry, Proposal, ShapeId } from '#shared/domain/annotation.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import { samplePng } from '#test/support/sample-png.ts';
import { sampleWav } from '#test/support/sample-sounds.ts';
import { type App, expect, test } from './support/app-fixture.ts';

/** What nobody has decided about is asked about before it is sealed, in the same way in the room of photos and in that of recordings. */
const languages = {
  en: {
    title: 'Submit with proposals undecided?',
    two: '2 proposals of a machine are neither taken nor turned down.',
    list: { image: 'Machine proposals', audio: 'Proposed segments' },
    sealed: /is sealed$/,
    breaches: 'Open breaches',
    answers: 'Occlusion',
  },
  'zh-CN': {
    title: '还有预标注没决定，仍要提交吗？',
    two: '有 2 个预标注既没采纳，也没说不采纳。',
    list: { image: '机器预标注', audio: '建议的片段' },
    sealed: /已封存$/,
    breaches: '不合规则',
    answers: 'Occlusion',
  },
} as const;

const rate = 8000;
const places: Record<'image' | 'audio', (at: number) => Geometry> = {
  image: (at) => ({ type: 'box', x: 10 + 60 * at, y: 20, w: 40, h: 30 }),
  audio: (at) => ({ type: 'span', start: at * 2 * rate, end: (at * 2 + 1) * rate, tier: 'Speaker 1', channel: null }),
};

/** A task with two proposals; its class has one question that has to be answered. */
async function openProposed(app: App, modality: 'image' | 'audio', folder: string): Promise<[ProjectId, TaskId]> {
  const media = modality === 'image' ? samplePng(200, 100) : sampleWav({ rate, frames: 8 * rate });
  await writeFile(join(folder, modality === 'image' ? 'a.png' : 'a.wav'), media);
  const { projectId } = await app.call('projects.create', {
    name: 'Street',
    client: null,
    intermediary: null,
    modality,
    labels: [
      {
        key: 'car',
        color: '#e69f00',
        attributes: [
          { name: 'scene', input: 'text', values: [], initial: null, required: false, mutable: true },
          {
            name: 'occlusion',
            title: 'Occlusion',
            input: 'radio',
            values: ['none', 'partial'],
            initial: null,
            required: true,
            mutable: true,
          },
        ],
      },
    ],
  });
  await app.call('tasks.importFolder', { projectId, path: folder });
  const [task] = (await app.call('tasks.list', { projectId })).tasks;
  const proposals = [0, 1].map((at): Proposal => ({
    id: `01900000-0000-7000-8000-00000000000${at}` as ShapeId,
    label: 'car',
    geometry: places[modality](at),
    attributes: {},
    score: null,
    model: 'made',
  }));
  await app.call('proposals.set', { taskId: task!.id, model: 'made', proposals });
  await expect(app.page.locator('#main')).toBeVisible();
  await app.page.keyboard.press('Alt+w');
  await expect(app.page.locator('[data-canvas-host][data-task]')).toBeVisible();
  return [projectId, task!.id];
}

for (const lang of ['en', 'zh-CN'] as const) {
  const words = languages[lang];
  for (const modality of ['image', 'audio'] as const) {
    test.describe(`what a machine proposes, ${modality}, ${lang}`, () => {
      test.use({ lang });
      let folder = '';
      test.beforeEach(async () => {
        folder = await mkdtemp(join(tmpdir(), 'counterledger-undecided-'));
      });
      test.afterEach(() => rm(folder, { recursive: true, force: true }));

      test('is asked about before it is sealed undecided, and the key that goes to a breach goes into the answer', async ({
        app,
      }) => {
        const { page } = app;
        const { keyboard } = page;
        const [projectId] = await openProposed(app, modality, folder);
        const proposals = page.getByRole('region', { name: words.list[modality] });
        await expect(proposals.getByRole('listitem')).toHaveCount(2);
        const dialog = page.getByRole('dialog', { name: words.title });

        await keyboard.press('Control+Shift+Enter');
        await expect(dialog).toContainText(words.two);
        await keyboard.press('Escape');
        await expect(dialog).toBeHidden();
        // To the first one, by the key; it can be decided about at once.
        await keyboard.press('Control+Shift+Enter');
        await expect(dialog.getByRole('button').last()).toBeFocused();
        await keyboard.press('m');
        await expect(dialog).toBeHidden();
        await expect(proposals.locator('[data-here="true"]')).toHaveCount(1);
        await expect(proposals.getByRole('listitem').first()).toHaveAttribute('data-here', 'true');
        await keyboard.press('y');
        await expect(proposals.getByRole('listitem')).toHaveCount(1);

        // What is missing is answered where the key leads, past a question that may stay open.
        await expect(page.getByRole('region', { name: words.breaches })).toBeVisible();
        await keyboard.press('F8');
        await expect(page.getByRole('radiogroup', { name: words.answers }).getByRole('radio').first()).toBeFocused();
        await keyboard.press('2');
        await keyboard.press('Escape');

        await keyboard.press('Control+Shift+Enter');
        await expect(dialog.getByRole('button').last()).toBeFocused();
        await keyboard.press('Enter');
        await expect(page.getByText(words.sealed).first()).toBeVisible();
        const { submissions } = await app.call('submissions.list', { projectId });
        const { annotation } = await app.call('submissions.get', { submissionId: submissions[0]!.id });
        expect(annotation!.shapes).toMatchObject([{ attributes: { occlusion: 'partial' } }]);
        // What was left undecided is there still.
        await expect(proposals.getByRole('listitem')).toHaveCount(1);
      });
    });
  }
}
