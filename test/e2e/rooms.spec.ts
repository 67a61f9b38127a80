import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import { changeOf, emptyDoc } from '#shared/rules/undo-journal.rules.ts';
import { samplePng } from '#test/support/sample-png.ts';
import { sampleWav } from '#test/support/sample-sounds.ts';
import { expect, test } from './support/app-fixture.ts';
import { runAction } from './support/run-action.ts';

/** What the rooms of photos, recordings and texts say beside the work itself. */
const languages = {
  en: {
    import: 'Import annotations…',
    export: 'Export annotations…',
    importPath: 'File or folder of annotations',
    notHere: /is not in this project/,
    fits: 'meeting.srt goes with meeting.wav',
    onto: 'It is about the recording on screen, meeting.wav',
    matched: '1 recording is in this project by its name.',
    byPerson: /^A person/,
    add: 'Add to the drafts',
    close: 'Done',
    format: 'Format',
    all: 'Drafts as well',
    foreseen: 'Recordings to be written: 1; segments: 3.',
    rounded: 'segment(s) rounded',
    find: 'Find and replace',
    sealed: /is sealed$/,
    bar: 'Tools',
    objects: 'Objects',
    item: 'item 1',
    ledger: 'Ledger',
    written: 'A few words.',
  },
  'zh-CN': {
    import: '导入标注…',
    export: '导出标注…',
    importPath: '标注文件或文件夹',
    notHere: /不在本项目里/,
    fits: 'meeting.srt 对 meeting.wav',
    onto: '它说的就是现在打开的录音 meeting.wav',
    matched: '1 条录音按名字对上了本项目。',
    byPerson: /^人/,
    add: '加进草稿',
    close: '完成',
    format: '格式',
    all: '连草稿一起',
    foreseen: '将写出 1 条录音、3 个片段。',
    rounded: '个片段取了整',
    find: '查找替换',
    sealed: /已封存$/,
    bar: '工具',
    objects: '对象',
    item: '第 1 条',
    ledger: '账簿',
    written: '写几个字。',
  },
} as const;

const rate = 44_100;
/** At a time that is no whole millisecond. */
const begun: Shape = {
  id: '01900000-0000-7000-8000-000000000001' as ShapeId,
  label: null,
  geometry: { type: 'span', start: 11, end: 7001, tier: '', channel: null },
  text: 'Begun',
  attributes: {},
  origin: 'hand',
};
const srt = '1\n00:00:00,500 --> 00:00:02,001\nHello\n\n2\n00:00:02,001 --> 00:00:04,000\nAgain\n';

async function openWork(page: Page): Promise<void> {
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Alt+w');
}

for (const lang of ['en', 'zh-CN'] as const) {
  const words = languages[lang];
  test.describe(`the rooms, ${lang}`, () => {
    test.use({ lang });
    let folder = '';
    test.beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'counterledger-rooms-'));
    });
    test.afterEach(() => rm(folder, { recursive: true, force: true }));

    test('a transcript of another name is taken for the recording on screen, and losses are told in its words', async ({
      app,
    }) => {
      const { page } = app;
      await writeFile(join(folder, 'meeting.wav'), sampleWav({ rate, frames: 5 * rate }));
      const file = join(folder, 'interview.srt');
      await writeFile(file, srt);
      const { projectId } = await app.call('projects.create', {
        ...{ name: 'Talks', client: null, intermediary: null, modality: 'audio', labels: [] },
      });
      await app.call('tasks.importFolder', { projectId, path: folder });
      const [task] = (await app.call('tasks.list', { projectId })).tasks;
      await app.call('drafts.append', {
        ...{ taskId: task!.id, after: 0 },
        records: [{ type: 'do', at: 0, change: changeOf(emptyDoc, 'draw', [{ id: begun.id, after: begun }])! }],
      });
      await openWork(page);
      await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
      await runAction(page, words.import);
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: words.importPath }).fill(file);
      await expect(dialog.getByText(words.notHere)).toBeVisible();
      await expect(dialog.getByText(words.fits)).toBeVisible();
      await expect(dialog.getByRole('button', { name: words.add })).toBeDisabled();
      const onto = dialog.getByRole('checkbox', { name: words.onto });
      await onto.press('Space');
      await expect(dialog.getByText(words.matched)).toBeVisible();
      // Another look at the file takes no focus away.
      await expect(onto).toBeFocused();
      await dialog.getByRole('radio', { name: words.byPerson }).press('Space');
      await dialog.getByRole('button', { name: words.add }).press('Enter');
      await dialog.getByRole('button', { name: words.close }).press('Enter');
      await expect(dialog).toBeHidden();
      await expect(page.locator('[data-transcript]').nth(1)).toHaveValue('Hello');

      await runAction(page, words.export);
      await dialog.getByText(words.all, { exact: true }).click();
      // The dialog has grown to what there is to say.
      await expect(dialog.getByText(words.foreseen)).toBeVisible();
      await dialog.getByRole('combobox', { name: words.format }).click();
      await page.getByRole('option', { name: 'SRT' }).click();
      await expect(dialog.getByText(words.rounded)).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();

      await page.getByRole('button', { name: words.find }).click();
      await expect(page.locator('[data-autofocus]')).toBeFocused();
    });

    test('a tall photo is fitted beneath the tools, a name has the room there is, and what was sealed stays in its project', async ({
      app,
    }) => {
      const { page } = app;
      await page.setViewportSize({ width: 1366, height: 768 });
      await writeFile(join(folder, 'tall.png'), samplePng(400, 1600));
      for (const name of ['Street', 'Shop']) {
        const { projectId } = await app.call('projects.create', {
          ...{ name, client: null, intermediary: null, modality: 'image' },
          labels: [{ key: 'pedestrian crossing', color: '#e69f00' }],
        });
        await app.call('tasks.importFolder', { projectId, path: folder });
      }
      await openWork(page);
      await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
      const bar = (await page.getByRole('toolbar', { name: words.bar }).boundingBox())!;
      const host = (await page.locator('[data-canvas-host]').boundingBox())!;
      // Right below the tools there is no pixel of the photo yet, and a little lower its first ones.
      const place = page.locator('[data-pointer-position]');
      const at = async (y: number) => {
        await page.mouse.move(host.x + host.width / 2, y);
        return place;
      };
      await expect(await at(bar.y + bar.height + 20)).toHaveText(/\d/);
      const [, first] = /(\d+)$/.exec((await place.textContent())!) ?? [];
      expect(Number(first)).toBeLessThan(40);
      await expect(await at(bar.y + bar.height + 3)).toHaveText('');

      await page.keyboard.press('Shift+B');
      const name = page.getByRole('listbox', { name: words.objects }).getByText('pedestrian crossing');
      await expect(name).toBeVisible();
      const room = await name.evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return element.getBoundingClientRect().width - range.getBoundingClientRect().width;
      });
      expect(room).toBeGreaterThanOrEqual(0);

      await page.keyboard.press('Control+Shift+Enter');
      await expect(page.getByText(words.sealed)).toBeVisible();
      await page
        .getByRole('button', { name: /Street|Shop/ })
        .first()
        .click();
      await page
        .getByRole('menuitem', { name: /Street|Shop/ })
        .last()
        .click();
      await expect(page.locator('[data-canvas-host][data-task]')).toBeVisible();
      await expect(page.getByText(words.sealed)).toHaveCount(0);
    });

    test('a text called by a number is an item, and the keys of the rooms work from within the answer', async ({
      app,
    }) => {
      const { page } = app;
      const path = join(folder, 'rows.jsonl');
      await writeFile(path, `${JSON.stringify({ id: '1', prompt: 'Why is the sky blue?' })}\n`);
      const { projectId } = await app.call('projects.create', {
        ...{ name: 'Questions', client: null, intermediary: null, modality: 'text', labels: [] },
      });
      await app.call('texts.import', {
        projectId,
        path,
        mapping: {
          kind: 'write',
          name: 'id',
          prompt: ['prompt'],
          models: [],
          machine: null,
          images: null,
          candidates: [],
        },
      });
      await openWork(page);
      const answer = page.locator('.cm-content').first();
      await expect(answer).toBeFocused();
      await expect(page.getByRole('option', { selected: true })).toContainText(words.item);
      await page.keyboard.type(words.written);
      await expect(answer).toHaveText(words.written);
      await page.keyboard.press('Alt+l');
      await expect(answer).toBeHidden();
      await expect(page.getByRole('heading', { level: 1, name: words.ledger })).toBeVisible();
      await page.keyboard.press('Alt+w');
      await expect(answer).toHaveText(words.written);
    });
  });
}
