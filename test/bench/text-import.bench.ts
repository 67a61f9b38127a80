import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryUsage } from 'node:process';
import Database from 'better-sqlite3';
import { v7 as uuidv7 } from 'uuid';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { TextMapping } from '#shared/domain/text-mapping.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';
import type { BenchRow } from './bench-row.ts';

const rows = 100_000;
const runs = 3;
const beginnings = ['Why does', '为什么', 'Explain how', '请说明', 'Compare', 'What happens when'];

const mapping: TextMapping = {
  ...{ kind: 'correct', name: 'id', prompt: ['prompt'], candidates: ['output'], models: [null] },
  ...{ machine: null, images: null },
};

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Rows as instruction files have them: 400 to 900 bytes each. */
function makeFile(path: string): void {
  const lines: string[] = [];
  for (let n = 0; n < rows; n++) {
    const prompt = `${beginnings[n % beginnings.length]} number ${n} ${'和 and so on '.repeat(8 + (n % 9))}?`;
    lines.push(
      JSON.stringify({ id: `row-${n}`, prompt, output: `Answer ${n}. ${'一句话 one more. '.repeat(10 + (n % 7))}` }),
    );
  }
  lines[777] = '{ not json';
  writeFileSync(path, lines.join('\n'));
}

/** The bare thing: parse every line, insert it. */
function insertBare(path: string, database: string): void {
  const db = new Database(database);
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE item (id TEXT PRIMARY KEY, name TEXT, item TEXT) STRICT, WITHOUT ROWID');
  const insert = db.prepare('INSERT INTO item VALUES (?, ?, ?)');
  db.transaction(() => {
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      try {
        const row = JSON.parse(line) as { id: string };
        insert.run(uuidv7(), row.id, line);
      } catch {
        // The bad row.
      }
    }
  })();
  db.close();
}

async function project(core: TestBackend): Promise<ProjectId> {
  const fields = { client: null, intermediary: null, modality: 'text' as const, labels: [] };
  return (await core.call('projects.create', { name: randomUUID(), ...fields })).projectId;
}

/** Imports once and watches memory; answers milliseconds and how many bytes more than before were resident at most. */
async function importOnce(
  core: TestBackend,
  path: string,
): Promise<{ ms: number; peak: number; projectId: ProjectId }> {
  const projectId = await project(core);
  globalThis.gc?.();
  const before = memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, memoryUsage.rss())), 10);
  const ms = await timed(async () => {
    const { taken, failed } = await core.call('texts.import', { projectId, path, mapping });
    if (taken !== rows - 1 || failed !== 1) throw new Error(`${taken} taken, ${failed} failed`);
    await core.call('tasks.list', { projectId, limit: 200 });
  });
  clearInterval(timer);
  return { ms, peak: Math.max(most, memoryUsage.rss()) - before, projectId };
}

/** How long a cancelled import keeps on, and that nothing of it is there. */
async function cancelled(core: TestBackend, path: string): Promise<number> {
  const projectId = await project(core);
  const jobId = uuidv7();
  const running = core.call('texts.import', { projectId, path, mapping, jobId }).then(
    () => 'taken',
    () => 'cancelled',
  );
  await new Promise((resolve) => setTimeout(resolve, 600));
  let how = '';
  const ms = await timed(async () => {
    await core.call('jobs.cancel', { id: jobId });
    how = await running;
  });
  const { total } = await core.call('tasks.list', { projectId });
  if (how !== 'cancelled' || total !== 0) throw new Error(`${how}, ${total} tasks`);
  return ms;
}

async function repeat(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 20; i++) times.push(await timed(work));
  return median(times);
}

/** A file of 100,000 rows of text: taking it in, calling it off, and what its queue costs, beside bare parsing and inserting. */
export async function run(): Promise<BenchRow[]> {
  const folder = tempDir();
  const path = join(folder.path, 'rows.jsonl');
  makeFile(path);
  const core = await openTestBackend({ checkOutput: false });
  try {
    const imports: Awaited<ReturnType<typeof importOnce>>[] = [];
    const bare: number[] = [];
    for (let i = 0; i < runs; i++) {
      bare.push(await timed(() => insertBare(path, join(folder.path, `bare-${i}.db`))));
      imports.push(await importOnce(core, path));
    }
    const stops: number[] = [];
    for (let i = 0; i < runs; i++) stops.push(await cancelled(core, path));
    const { projectId } = imports.at(-1)!;
    const list = (more: object) => () => core.call('tasks.list', { projectId, limit: 200, ...more });
    const ms = median(imports.map((each) => each.ms));
    const reference = { name: 'JSON.parse and bare inserts', value: median(bare) };
    return [
      { name: 'file of 100,000 rows, to a usable list', value: ms, unit: 'ms', reference },
      { name: 'rows a second', value: (rows / ms) * 1000, unit: 'rows' },
      { name: 'memory it takes at most', value: median(imports.map(({ peak }) => peak)) / 2 ** 20, unit: 'MiB' },
      { name: 'from cancelling to nothing being there', value: median(stops), unit: 'ms' },
      { name: 'first page of 100,000 prompts', value: await repeat(list({})), unit: 'ms', budget: '100 ms' },
      { name: 'page of 200, 90,000 down', value: await repeat(list({ offset: 90_000 })), unit: 'ms', budget: '100 ms' },
      {
        name: 'prompts by part of their text, few',
        value: await repeat(list({ text: '99999' })),
        unit: 'ms',
        budget: '100 ms',
      },
      { name: 'the same, a sixth of all', value: await repeat(list({ text: '为什么' })), unit: 'ms', budget: '100 ms' },
      {
        name: 'the same, none',
        value: await repeat(list({ text: 'nowhere to be found' })),
        unit: 'ms',
        budget: '100 ms',
      },
      { name: 'first look at the file', value: await repeat(() => core.call('texts.preview', { path })), unit: 'ms' },
    ];
  } finally {
    await core.close();
    folder.remove();
  }
}
