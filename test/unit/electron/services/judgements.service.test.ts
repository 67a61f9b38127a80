import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskId } from '#shared/domain/ids.ts';
import { createIds } from '#electron/core/ids.ts';
import { onePixelPng } from '#test/support/one-pixel-png.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

let test: TestBackend;
let folder: ReturnType<typeof tempDir>;
let taskId: TaskId;

beforeEach(async () => {
  test = await openTestBackend();
  folder = tempDir();
  writeFileSync(join(folder.path, 'a.png'), onePixelPng);
  const { projectId } = await test.call('projects.create', {
    name: 'street',
    client: null,
    intermediary: null,
    modality: 'image',
    labels: [],
  });
  await test.call('tasks.importFolder', { projectId, path: folder.path });
  taskId = (await test.call('tasks.list', { projectId })).tasks[0]!.id;
});
afterEach(async () => {
  await test.close();
  folder.remove();
});

describe('judgements', () => {
  const seal = (beforeMachine: boolean) =>
    test.call('judgements.seal', {
      taskId,
      judgement: { label: 'car' },
      beforeMachine,
      machineAnswer: beforeMachine ? null : { label: 'bus', score: 0.4 },
    });

  it('before the machine are sealed once, and not after its answer was seen', async () => {
    await seal(true);
    await expect(seal(true)).rejects.toMatchObject({ code: 'judgements/already-sealed' });
    await seal(false);
    await seal(false);
    const { judgements } = await test.call('judgements.list', { taskId });
    expect(judgements.map((one) => one.beforeMachine)).toEqual([true, false, false]);
    expect(judgements[1]).toMatchObject({ judgement: { label: 'car' }, machineAnswer: { label: 'bus', score: 0.4 } });
    await expect(seal(true)).rejects.toMatchObject({ code: 'judgements/already-sealed' });
  });

  it('need a task', async () => {
    const unknown = createIds(test.clock).uuid() as TaskId;
    await expect(test.call('judgements.list', { taskId: unknown })).rejects.toMatchObject({ code: 'tasks/not-found' });
  });
});
