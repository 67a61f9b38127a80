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

  it.each(['zh-CN', 'en'] as const)('has recordings with the rules of speech, in %s', async (language) => {
    const { projectId } = await core.call('projects.createSample', { language, modality: 'audio' });
    const project = await core.call('projects.get', { projectId });
    expect(project.modality).toBe('audio');
    const [valid, invalid] = project.labels;
    expect(valid!.attributes!.map(({ name, initial }) => [name, initial !== null])).toEqual([
      ['gender', false],
      ['background', true],
      ['emotion', true],
      ['accent', true],
    ]);
    expect(invalid).toMatchObject({
      key: 'invalid',
      noTranscript: true,
      attributes: [{ name: 'reason', title: language === 'en' ? 'Reason' : '无效原因', required: true }],
    });
    const { guidelines } = await core.call('guidelines.list', { projectId });
    expect(guidelines[0]!.rules).toMatchObject({ longestSegmentS: 10, longestInnerSilenceS: 0.5 });
    expect(guidelines[0]!.rules.tokens).toHaveLength(4);
    const { tasks } = await core.call('tasks.list', { projectId });
    const sounds = await Promise.all(
      tasks.map(async ({ id }) => (await core.call('tasks.get', { taskId: id })).media.sound),
    );
    expect(sounds).toEqual([
      { codec: 'ulaw', rate: 8000, channels: 1, frames: 27 * 8000 },
      { codec: 'ulaw', rate: 8000, channels: 2, frames: 20 * 8000 },
    ]);
    expect(await core.backend.resolveMedia(tasks[0]!.id)).toMatchObject({ mediaType: 'audio/wav' });
  });
});
