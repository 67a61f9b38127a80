import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

describe('the sample project', () => {
  let core: TestBackend;
  beforeEach(async () => {
    core = await openTestBackend();
  });
  afterEach(() => core.close());

  it.each(['zh-CN', 'en'] as const)('is whole, in %s', async (language) => {
    const { projectId } = await core.call('projects.createSample', { language });
    const project = await core.call('projects.get', { projectId });
    expect(project.labels).toHaveLength(12);
    expect(project.labels[8]).toMatchObject({ key: 'traffic-cone', name: language === 'en' ? 'Traffic cone' : '锥桶' });
    expect(new Set(project.labels.map(({ color }) => color)).size).toBe(12);
    expect(project.terms).toHaveLength(1);
    expect(project.bar).toMatchObject({ operator: 'at-least', percent: '95' });
    const { guidelines } = await core.call('guidelines.list', { projectId });
    expect(guidelines).toMatchObject([{ version: 'v1', rules: { fitTolerancePx: 3 } }]);
    const { tasks, total } = await core.call('tasks.list', { projectId });
    expect(total).toBe(7);
    for (const { id } of tasks) {
      const { media } = await core.call('tasks.get', { taskId: id });
      expect(media).toMatchObject({ format: 'jpeg', width: 960, height: 600, problem: null });
    }
    const source = await core.backend.resolveMedia(tasks[0]!.id);
    expect(source).toMatchObject({ mediaType: 'image/jpeg' });
  });

  it('can be made again beside the first', async () => {
    await core.call('projects.createSample', { language: 'en' });
    await core.call('projects.createSample', { language: 'en' });
    const { projects } = await core.call('projects.list', {});
    expect(projects.map(({ name }) => name).sort()).toEqual([
      'Sample: boxes in the street',
      'Sample: boxes in the street 2',
    ]);
    expect(projects.map(({ taskCounts }) => taskCounts.total)).toEqual([7, 7]);
  });
});
