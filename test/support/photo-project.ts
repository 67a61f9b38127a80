import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JournalRecord, Shape } from '#shared/domain/annotation.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { Task } from '#shared/domain/work.ts';
import { samplePng } from './sample-png.ts';
import { tempDir } from './temp-dir.ts';
import { openTestBackend, type TestBackend } from './test-backend.ts';

/** A core with one project and a folder of small photos beside it. */
export interface PhotoProject {
  core: TestBackend;
  projectId: ProjectId;
  /** The folder of photos; nothing of it is imported yet. */
  photos: string;
  /** Writes a photo (or any bytes) below the folder. */
  write(name: string, bytes?: Buffer): string;
  /** Imports the folder and answers its tasks in queue order. */
  importAll(): Promise<Task[]>;
  close(): Promise<void>;
}

export async function photoProject(names: readonly string[] = ['a.png', 'b.png', 'c.png']): Promise<PhotoProject> {
  const core = await openTestBackend();
  const folder = tempDir();
  const { projectId } = await core.call('projects.create', {
    name: 'Street',
    client: null,
    intermediary: null,
    modality: 'image',
    labels: [
      { key: 'car', color: '#ff0000' },
      { key: 'bus', color: '#00ff00' },
    ],
  });
  const write = (name: string, bytes: Buffer = samplePng(64, 48)): string => {
    const path = join(folder.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  };
  for (const name of names) write(name);
  return {
    core,
    projectId,
    photos: folder.path,
    write,
    async importAll() {
      await core.call('tasks.importFolder', { projectId, path: folder.path });
      return (await core.call('tasks.list', { projectId, limit: 1000 })).tasks;
    },
    async close() {
      await core.close();
      folder.remove();
    },
  };
}

let made = 0;

/** A box with an id of its own. */
export function box(x: number, label: string | null = 'car'): Shape {
  made += 1;
  const id = `01920000-0000-7000-8000-${made.toString(16).padStart(12, '0')}` as Shape['id'];
  return { id, label, geometry: { type: 'box', x, y: 1.25, w: 10.5, h: 7 }, attributes: {}, origin: 'hand' };
}

/** The record of drawing shapes on top of `below` others. */
export function drawn(shapes: readonly Shape[], below = 0): JournalRecord {
  const edits = shapes.map((after, i) => ({ before: null, after, indexBefore: null, indexAfter: below + i }));
  return { type: 'do', at: 0, change: { label: 'draw', edits } };
}

/** Draws shapes into a task's journal that is empty, and submits it. */
export async function drawAndSubmit(core: TestBackend, taskId: TaskId, shapes: readonly Shape[]) {
  const { length } = await core.call('drafts.append', { taskId, after: 0, records: [drawn(shapes)] });
  return core.call('tasks.submit', { taskId, journalLength: length });
}
