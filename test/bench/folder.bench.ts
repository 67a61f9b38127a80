import { closeSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setCertainty, taskIds } from '#electron/repositories/tasks.repository.ts';
import { openTestBackend } from '#test/support/test-backend.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import type { BenchRow } from './bench-row.ts';

const photos = 100_000;
const folders = 20;
const runs = 5;

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

function makePhotos(folder: string): void {
  for (let f = 0; f < folders; f++) {
    mkdirSync(join(folder, `camera ${f}`));
    for (let i = 0; i < photos / folders; i++) {
      closeSync(openSync(join(folder, `camera ${f}`, `frame_${i}.jpg`), 'w'));
    }
  }
}

/** How long something takes in milliseconds, and the longest that it kept everything else waiting meanwhile. */
async function timed(work: () => Promise<unknown>): Promise<{ ms: number; stall: number }> {
  let stall = 0;
  let ticked = performance.now();
  const timer = setInterval(() => {
    stall = Math.max(stall, performance.now() - ticked);
    ticked = performance.now();
  }, 1);
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  stall = Math.max(stall, performance.now() - ticked);
  clearInterval(timer);
  return { ms, stall };
}

/** A folder of 100,000 photos: taking it in, and what the queue costs afterwards, beside bare `readdir` of the same folder. */
export async function run(): Promise<BenchRow[]> {
  const folder = tempDir();
  makePhotos(folder.path);
  const core = await openTestBackend({ checkOutput: false });
  try {
    const imports: { ms: number; stall: number }[] = [];
    let projectId: Awaited<ReturnType<typeof core.call<'projects.create'>>>['projectId'] | undefined;
    for (let i = 0; i < runs; i++) {
      const fields = { client: null, intermediary: null, modality: 'image' as const, labels: [] };
      const created = await core.call('projects.create', { name: `Run ${i}`, ...fields });
      projectId = created.projectId;
      imports.push(
        await timed(async () => {
          await core.call('tasks.importFolder', { projectId: created.projectId, path: folder.path });
          await core.call('tasks.list', { projectId: created.projectId, limit: 200 });
        }),
      );
    }
    const bare = await Promise.all(
      Array.from({ length: runs }, async () => {
        const start = performance.now();
        readdirSync(folder.path, { recursive: true });
        return performance.now() - start;
      }),
    );
    const id = projectId!;
    const pages = await repeat(() => core.call('tasks.list', { projectId: id, offset: 90_000, limit: 200 }));
    const found = await repeat(() => core.call('tasks.list', { projectId: id, text: '_4999.', limit: 200 }));
    const [last] = (await core.call('tasks.list', { projectId: id, offset: 99_000, limit: 1 })).tasks;
    const steps = await repeat(() =>
      core.call('tasks.neighbour', { projectId: id, from: last!.id, direction: 'next', states: ['open'] }),
    );
    // Every other photo has proposals; the rest come last.
    core.backend.db.transaction((tx) => {
      taskIds(tx, id, false).forEach((task, i) => {
        const sure = ((i * 7919) % 10_007) / 10_007;
        if (i % 2 === 0) setCertainty(tx, task, { 'least-confident': sure, margin: sure, entropy: sure });
      });
    });
    const order = 'entropy' as const;
    const unsure = await repeat(() => core.call('tasks.list', { projectId: id, order, offset: 90_000, limit: 200 }));
    const unsureOpen = await repeat(() =>
      core.call('tasks.list', { projectId: id, order, states: ['open'], offset: 90_000, limit: 200 }),
    );
    const unsureStep = await repeat(() =>
      core.call('tasks.neighbour', { projectId: id, from: last!.id, direction: 'next', order, states: ['open'] }),
    );
    const readdir = { name: 'readdir of the same folder', value: median(bare) };
    return [
      {
        name: 'folder of 100,000 photos, to a usable list',
        value: median(imports.map(({ ms }) => ms)),
        unit: 'ms',
        reference: readdir,
        budget: '3,000 ms',
      },
      {
        name: 'longest that it keeps another call waiting',
        value: median(imports.map(({ stall }) => stall)),
        unit: 'ms',
        budget: 'never blocking',
      },
      { name: 'page of 200 tasks, 90,000 down', value: pages, unit: 'ms' },
      { name: 'tasks by part of a name among 100,000', value: found, unit: 'ms' },
      { name: 'next open task, 99,000 down', value: steps, unit: 'ms' },
      { name: 'page of 200 tasks by uncertainty, 90,000 down', value: unsure, unit: 'ms' },
      { name: 'the same, open ones alone', value: unsureOpen, unit: 'ms' },
      { name: 'next open task by uncertainty', value: unsureStep, unit: 'ms' },
    ];
  } finally {
    await core.close();
    folder.remove();
  }
}

async function repeat(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 20; i++) times.push((await timed(work)).ms);
  return median(times);
}
