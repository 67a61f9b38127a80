import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnnotationDoc, Shape } from '#shared/domain/annotation.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { Task } from '#shared/domain/work.ts';
import { soundFormats } from '#shared/codecs/annotation-formats.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { sampleWav } from '#test/support/sample-sounds.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const rate = 8000;

/** A draft as it stands. */
async function draftOf(core: TestBackend, taskId: Task['id']): Promise<AnnotationDoc> {
  const { base, records } = await core.call('drafts.get', { taskId });
  return foldJournal(records, base).doc;
}

describe('annotations of recordings', () => {
  let core: TestBackend;
  let folder: ReturnType<typeof tempDir>;
  let projectId: ProjectId;
  let tasks: Task[];
  beforeEach(async () => {
    core = await openTestBackend();
    folder = tempDir();
    ({ projectId } = await core.call('projects.create', {
      name: 'Talk',
      client: null,
      intermediary: null,
      modality: 'audio',
      labels: [{ key: 'valid', color: '#00ff00' }],
    }));
    mkdirSync(at('media/calls'), { recursive: true });
    writeFileSync(at('media/talk.wav'), sampleWav({ rate, frames: 10 * rate }));
    writeFileSync(at('media/calls/one.wav'), sampleWav({ rate, frames: 5 * rate }));
    await core.call('tasks.importFolder', { projectId, path: at('media') });
    ({ tasks } = await core.call('tasks.list', { projectId, limit: 10 }));
  });
  afterEach(async () => {
    await core.close();
    folder.remove();
  });
  const at = (path: string) => join(folder.path, path);
  const taskOf = (name: string) => tasks.find((task) => task.name === name)!.id;
  const docOf = (name: string) => draftOf(core, taskOf(name));
  const srt = '1\n00:00:00,500 --> 00:00:02,001\nHello\n\n2\n00:00:02,001 --> 00:00:09,999\n你好\n';

  it('lists the formats of each kind of media', async () => {
    const { formats } = await core.call('exchange.formats', {});
    expect(formats.filter(({ modality }) => modality === 'audio').map(({ format }) => format)).toEqual([
      ...soundFormats,
    ]);
  });

  it('takes subtitles in at the recording’s own rate, beside the recording that they are named after', async () => {
    writeFileSync(at('talk.srt'), srt);
    writeFileSync(at('other.srt'), srt);
    expect(await core.call('imports.preview', { projectId, path: at('talk.srt') })).toMatchObject({
      format: 'srt',
      items: 1,
      objects: 2,
      proposals: 0,
      matched: 1,
      loss: [],
    });
    await core.call('imports.apply', { projectId, path: at('talk.srt') });
    expect((await docOf('talk.wav')).shapes).toMatchObject([
      { geometry: { start: 4000, end: 16_008 }, text: 'Hello', origin: 'imported' },
      { geometry: { start: 16_008, end: 79_992 }, text: '你好' },
    ]);
    expect(await core.call('imports.preview', { projectId, path: at('other.srt') })).toMatchObject({
      matched: 0,
      unmatched: ['other'],
    });
  });

  it('takes a file whose name fits nothing in for the recording it is said to be about, at that one’s rate', async () => {
    writeFileSync(at('other.srt'), srt);
    const input = { projectId, path: at('other.srt'), onto: taskOf('talk.wav') };
    expect(await core.call('imports.preview', input)).toMatchObject({
      matched: 1,
      unmatched: [],
      failed: [],
      loss: [],
    });
    await core.call('imports.apply', input);
    expect((await docOf('talk.wav')).shapes).toMatchObject([
      { geometry: { start: 4000, end: 16_008 }, text: 'Hello', origin: 'imported' },
      { geometry: { start: 16_008, end: 79_992 }, text: '你好' },
    ]);
    const nowhere = { ...input, onto: '01900000-0000-7000-8000-000000000009' as TaskId };
    await expect(core.call('imports.preview', nowhere)).rejects.toMatchObject({ code: 'tasks/not-found' });
  });

  it('keeps a machine’s transcript apart where it is said to be one, so that what is corrected is known', async () => {
    writeFileSync(at('one.srt'), srt.replace('09,999', '04,000'));
    const input = { projectId, path: at('one.srt'), machine: true };
    expect(await core.call('imports.apply', input)).toMatchObject({ objects: 0, proposals: 2 });
    expect((await docOf('calls/one.wav')).shapes).toEqual([]);
    const { proposals } = await core.call('proposals.list', { taskId: taskOf('calls/one.wav') });
    expect(proposals).toMatchObject([
      { text: 'Hello', score: null, geometry: { start: 4000, end: 16_008 } },
      { text: '你好', score: null },
    ]);
    // The same file again brings nothing new, and taken for one's own it says whose it was.
    expect(await core.call('imports.apply', input)).toMatchObject({ proposals: 0 });
    await core.call('imports.apply', { ...input, scored: 'own' });
    expect((await docOf('calls/one.wav')).shapes).toMatchObject([
      { text: 'Hello', origin: 'machine', proposal: { text: 'Hello' } },
      { text: '你好', origin: 'machine' },
    ]);
  });

  it('takes no segments for a recording whose rate is not known', async () => {
    writeFileSync(at('media/talk.wav'), 'no sound any more');
    writeFileSync(at('talk.srt'), srt);
    expect(await core.call('imports.preview', { projectId, path: at('talk.srt') })).toMatchObject({
      matched: 0,
      unmatched: [],
      failed: [{ where: 'talk', why: 'sound-missing' }],
    });
  });

  it('takes what Whisper says for proposals without being told', async () => {
    const segments = [{ start: 0.5, end: 2, text: ' Hello', avg_logprob: -0.5 }];
    writeFileSync(at('talk.json'), JSON.stringify({ text: ' Hello', segments, language: 'en' }));
    expect(await core.call('imports.preview', { projectId, path: at('talk.json') })).toMatchObject({
      format: 'whisper',
      proposals: 1,
    });
    await core.call('imports.apply', { projectId, path: at('talk.json') });
    const { proposals } = await core.call('proposals.list', { taskId: taskOf('talk.wav') });
    expect(proposals).toMatchObject([{ text: 'Hello', score: Math.exp(-0.5) }]);
  });

  it('gives what a machine heard the first class with a transcript, and the only speaker there is', async () => {
    writeFileSync(at('talk.srt'), srt);
    await core.call('imports.apply', { projectId, path: at('talk.srt'), machine: true, tier: 'Li' });
    const { proposals } = await core.call('proposals.list', { taskId: taskOf('talk.wav') });
    expect(proposals).toMatchObject([
      { label: 'valid', geometry: { tier: 'Li' } },
      { label: 'valid', geometry: { tier: 'Li' } },
    ]);
    // Who speaks in the draft is nearer than who is told.
    const row = {
      file: 'calls/one.wav',
      tier: 'Wang',
      start_frame: 0,
      end_frame: 400,
      rate,
      label: 'valid',
      text: 'a',
    };
    writeFileSync(at('in.jsonl'), JSON.stringify(row));
    await core.call('imports.apply', { projectId, path: at('in.jsonl') });
    writeFileSync(at('one.srt'), srt.replace('09,999', '04,000'));
    await core.call('imports.apply', { projectId, path: at('one.srt'), machine: true, tier: 'Li' });
    const { proposals: others } = await core.call('proposals.list', { taskId: taskOf('calls/one.wav') });
    expect(others.map(({ geometry }) => geometry)).toMatchObject([{ tier: 'Wang' }, { tier: 'Wang' }]);
  });

  it('writes drafts in every format, with the length of the recordings, and brings them back', async () => {
    const rows = [
      { file: 'talk.wav', tier: 'Ann', start_frame: 3, end_frame: 16_007, rate, label: 'valid', text: 'one, "two"' },
      { file: 'talk.wav', tier: 'Ben', start_frame: 8000, end_frame: 24_001, rate, label: 'valid', text: '三' },
      { file: 'calls/one.wav', tier: 'Ann', start_frame: 0, end_frame: 40_000, rate, label: 'valid', text: 'all' },
    ];
    writeFileSync(at('in.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    await core.call('imports.apply', { projectId, path: at('in.jsonl') });
    const said = ({ shapes }: { shapes: readonly Shape[] }) => shapes.map(({ geometry, text }) => [geometry, text]);
    const before = [said(await docOf('talk.wav')), said(await docOf('calls/one.wav'))];
    for (const format of soundFormats) {
      const asked = { projectId, format, choices: {}, which: 'all' } as const;
      expect(await core.call('exports.preview', asked)).toMatchObject({ items: 2, objects: 3 });
      const path = at(`out-${format}`);
      const { loss } = await core.call('exports.write', { ...asked, path, overwrite: false });
      // One is not whole milliseconds, and two speak at once.
      if (format === 'srt' || format === 'vtt') expect(loss).toContainEqual({ what: 'rounded', count: 2 });
      else expect(loss.filter(({ what }) => !['label', 'text', 'words'].includes(what))).toEqual([]);
    }
    expect(readFileSync(at('out-textgrid/talk.TextGrid'), 'utf8')).toContain('xmax = 10 ');
    expect(readdirSync(at('out-audacity')).sort()).toEqual(['calls', 'talk [Ann].txt', 'talk [Ben].txt']);
    for (const format of [
      'textgrid',
      'eaf',
      'label-studio-audio',
      'segments-csv',
      'segments-jsonl',
      'audacity',
    ] as const) {
      const other = await openTestBackend();
      try {
        const { projectId: again } = await other.call('projects.create', {
          name: 'Again',
          client: null,
          intermediary: null,
          modality: 'audio',
          labels: [],
        });
        await other.call('tasks.importFolder', { projectId: again, path: at('media') });
        const { tasks: there } = await other.call('tasks.list', { projectId: again, limit: 10 });
        await other.call('imports.apply', { projectId: again, path: at(`out-${format}`), format });
        const docs: AnnotationDoc[] = [];
        for (const name of ['talk.wav', 'calls/one.wav'])
          docs.push(await draftOf(other, there.find((task) => task.name === name)!.id));
        expect([format, docs.map(said)]).toEqual([format, before]);
      } finally {
        await other.close();
      }
    }
  });

  it('refuses pictures’ formats, either way, and what is broken with its line', async () => {
    writeFileSync(at('in.json'), JSON.stringify({ images: [], categories: [], annotations: [] }));
    await expect(core.call('imports.preview', { projectId, path: at('in.json') })).rejects.toMatchObject({
      code: 'imports/unreadable',
      details: { problem: 'other-modality' },
    });
    await expect(
      core.call('exports.preview', { projectId, format: 'coco', choices: {}, which: 'all' }),
    ).rejects.toMatchObject({ code: 'host/bad-input' });
    writeFileSync(
      at('talk.TextGrid'),
      'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 1\ntiers? <exists>\nsize = 1\n"Inter',
    );
    await expect(core.call('imports.preview', { projectId, path: at('talk.TextGrid') })).rejects.toMatchObject({
      details: { place: 'line 8', problem: 'cut-off' },
    });
  });
});
