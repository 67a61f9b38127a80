import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Proposal, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Task } from '#shared/domain/work.ts';
import { acceptance, rejection } from '#shared/rules/proposals.rules.ts';
import { changeOf, emptyDoc } from '#shared/rules/undo-journal.rules.ts';
import { createIds } from '#electron/core/ids.ts';
import { drawn } from '#test/support/photo-project.ts';
import { samplePng } from '#test/support/sample-png.ts';
import { sampleMp3, sampleWav } from '#test/support/sample-sounds.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

const rate = 1000;
const ids = createIds({ now: () => 0 });
const newId = () => ids.uuid() as ShapeId;
const span = (start: number, end: number, more: Partial<Shape> = {}): Shape => ({
  id: newId(),
  label: 'valid',
  geometry: { type: 'span', start, end, tier: 'speaker', channel: null },
  attributes: {},
  origin: 'hand',
  text: '你好',
  ...more,
});

describe('recordings', () => {
  let core: TestBackend;
  let folder: ReturnType<typeof tempDir>;
  let projectId: ProjectId;
  beforeEach(async () => {
    core = await openTestBackend();
    folder = tempDir();
    const reason = { input: 'select', values: ['noise'], initial: null, required: true, mutable: true } as const;
    ({ projectId } = await core.call('projects.create', {
      name: 'Talk',
      client: null,
      intermediary: null,
      modality: 'audio',
      labels: [
        { key: 'valid', color: '#00ff00' },
        {
          key: 'invalid',
          color: '#ff0000',
          noTranscript: true,
          attributes: [{ ...reason, name: 'reason', values: ['noise'] }],
        },
      ],
    }));
    mkdirSync(join(folder.path, 'calls'));
    writeFileSync(join(folder.path, 'talk.wav'), sampleWav({ rate, frames: 30 * rate }));
    writeFileSync(join(folder.path, 'calls', '1.mp3'), sampleMp3(30));
    writeFileSync(join(folder.path, 'cover.png'), samplePng(8, 8));
    writeFileSync(join(folder.path, 'notes.txt'), 'words');
  });
  afterEach(async () => {
    await core.close();
    folder.remove();
  });

  const take = async () => {
    const taken = await core.call('tasks.importFolder', { projectId, path: folder.path });
    return { taken, tasks: (await core.call('tasks.list', { projectId })).tasks };
  };
  const rules = (given: object) =>
    core.call('guidelines.add', {
      projectId,
      version: '1',
      text: '',
      effectiveFrom: '2026-01-01',
      receivedAt: core.clock.instant,
      channel: null,
      announcedBy: null,
      rules: given,
    });
  const bodyOf = async (id: string) =>
    Object.fromEntries((await core.call('ledger.get', { id })).fields.map(({ name, value }) => [name, value]));
  const sound = { rate, channels: 1, frames: 30 * rate };

  it('are taken from a folder, with the photos beside them left out and told', async () => {
    const { taken, tasks } = await take();
    expect(taken).toMatchObject({ taken: 2, skipped: 2 });
    expect(taken.skippedSome.map(({ problem }) => problem)).toEqual(['not-a-recording', 'not-a-recording']);
    expect(tasks.map(({ name }) => name)).toEqual(['calls/1.mp3', 'talk.wav']);
    expect(await core.call('tasks.importFolder', { projectId, path: folder.path })).toMatchObject({
      taken: 0,
      alreadyThere: 2,
    });
    const [mp3, wav] = await Promise.all(
      tasks.map(async ({ id }) => (await core.call('tasks.get', { taskId: id })).media),
    );
    expect(wav).toMatchObject({ format: 'wav', width: null, sound: { codec: 'pcm-s16', ...sound }, problem: null });
    expect(mp3!.sound).toMatchObject({ codec: 'mp3', frames: null });
    expect(await core.backend.resolveMedia(tasks[0]!.id)).toMatchObject({ mediaType: 'audio/mpeg' });
    const browsed = await core.call('files.browse', { path: folder.path, endings: [] });
    expect(browsed).toMatchObject({ photos: 1, recordings: 1 });
  });

  it('are no recordings when their bytes are others', async () => {
    writeFileSync(join(folder.path, 'a.wav'), 'no sound at all');
    const { tasks } = await take();
    const media = await Promise.all(tasks.map(({ id }) => core.call('tasks.get', { taskId: id })));
    const of = media.find(({ task }) => task.name === 'a.wav')!;
    expect(of.media).toMatchObject({ problem: 'not-a-recording', sound: null });
    expect(await core.backend.resolveMedia(of.task.id)).toEqual({ problem: 'not-a-recording' });
  });

  it('are sealed with what they are, the rules that stand broken and how often each class occurs', async () => {
    await rules({ longestSegmentS: 10, longestInnerSilenceS: 0.5, requireTranscript: true });
    const { tasks } = await take();
    const taskId = tasks[1]!.id;
    const { text: _, ...wordless } = span(26 * rate, 27 * rate);
    const shapes = [
      span(0, 11 * rate),
      span(12 * rate, 15 * rate),
      span(20 * rate, 21 * rate, { label: 'invalid', text: '' }),
      wordless,
    ];
    const { length: journalLength } = await core.call('drafts.append', { taskId, after: 0, records: [drawn(shapes)] });
    const silence = { start: 13 * rate, end: 13.6 * rate };
    const measured = { sound, quiet: { channels: [[silence]], all: [silence] } };
    await expect(core.call('tasks.submit', { taskId, journalLength, ...measured })).rejects.toMatchObject({
      code: 'tasks/breaches-open',
      details: { count: 4 },
    });
    const { entryId, submissionId } = await core.call('tasks.submit', {
      taskId,
      journalLength,
      ...measured,
      breachesSeen: true,
    });
    expect(await bodyOf(entryId)).toMatchObject({
      media_size: null,
      media_likeness: null,
      media_sound: { codec: 'pcm-s16', ...sound },
      object_counts: { valid: 3, invalid: 1 },
      breaches: {
        asked: true,
        open: [
          { rule: 'tooLong', count: 1 },
          { rule: 'innerSilence', count: 1 },
          { rule: 'requiredAttributes', count: 1 },
          { rule: 'emptyTranscript', count: 1 },
        ],
      },
      machine: null,
    });
    expect((await core.call('submissions.get', { submissionId })).annotation!.shapes).toEqual(shapes);
    expect((await core.call('tasks.seenBefore', { taskId: tasks[0]!.id })).before).toBeNull();
    const { tables } = await core.call('ledger.rebuild', {});
    expect(tables.filter(({ differed }) => differed > 0)).toEqual([]);
    expect((await core.call('submissions.list', { taskId })).total).toBe(1);
  });

  it('say nothing of silence where nobody listened, and believe the window on what segments are counted in', async () => {
    await rules({ longestInnerSilenceS: 0.5, longestSegmentS: 10 });
    const { tasks } = await take();
    const taskId = tasks[0]!.id;
    const { length: journalLength } = await core.call('drafts.append', {
      taskId,
      after: 0,
      records: [drawn([span(0, 400_000)])],
    });
    const decoded = { rate: 48_000, channels: 2, frames: 500_000 };
    const { entryId } = await core.call('tasks.submit', { taskId, journalLength, sound: decoded });
    expect(await bodyOf(entryId)).toMatchObject({
      media_sound: { codec: 'mp3', ...decoded },
      breaches: { asked: false, open: [] },
    });
  });

  it('tell how far a machine was corrected: its words by the letter, its boundaries in time', async () => {
    const { tasks } = await take();
    const task: Task = tasks[1]!;
    const proposal = (start: number, text: string): Proposal => ({
      id: newId(),
      label: 'valid',
      geometry: { type: 'span', start, end: start + 2 * rate, tier: 'speaker', channel: null },
      text,
      attributes: {},
      score: null,
      model: 'whisper',
    });
    const proposals = [proposal(0, '今天天气很好'), proposal(5 * rate, '明天见')];
    await core.call('proposals.set', { taskId: task.id, model: 'whisper', proposals });
    const taken = acceptance(emptyDoc, proposals, newId)!;
    const doc = { ...emptyDoc, shapes: taken.change.edits.map(({ after }) => after!) };
    const [first] = doc.shapes as [Shape];
    const corrected = changeOf(doc, 'write', [
      {
        id: first.id,
        after: {
          ...first,
          text: '今天天氣很好',
          geometry: { type: 'span', start: 250, end: 2 * rate, tier: 'speaker', channel: null },
        },
      },
    ])!;
    const { length: journalLength } = await core.call('drafts.append', {
      taskId: task.id,
      after: 0,
      records: [taken.change, corrected].map((change) => ({ type: 'do', at: 0, change })),
    });
    const { entryId } = await core.call('tasks.submit', { taskId: task.id, journalLength, sound });
    expect(await bodyOf(entryId)).toMatchObject({
      machine: {
        models: ['whisper'],
        proposed: 2,
        accepted: 1,
        corrected: 1,
        transcripts: { characters: 9, edits: 1 },
        corrections: [{ largest_frames: 250, largest_px: null }],
      },
    });
    const summary = async () => (await core.call('machine.summary', { projectId })).corrections;
    const told = {
      right: { of: 1, all: 2 },
      meanMovedMilliPx: null,
      meanShiftedMicros: 250_000,
      transcripts: { of: 1, all: 9 },
    };
    expect(await summary()).toMatchObject(told);
    const { tables } = await core.call('ledger.rebuild', {});
    expect(tables.filter(({ differed }) => differed > 0)).toEqual([]);
    expect(await summary()).toMatchObject(told);
  });

  it('asks before proposals are left undecided, and the ledger keeps how many were', async () => {
    const { tasks } = await take();
    const task: Task = tasks[1]!;
    const proposal = (start: number): Proposal => ({
      id: newId(),
      label: 'valid',
      geometry: { type: 'span', start, end: start + rate, tier: 'speaker', channel: null },
      attributes: {},
      score: null,
      model: 'whisper',
    });
    const proposals = [proposal(0), proposal(2 * rate), proposal(4 * rate)];
    await core.call('proposals.set', { taskId: task.id, model: 'whisper', proposals });
    const change = rejection(emptyDoc, [proposals[0]!.id])!;
    const { length: journalLength } = await core.call('drafts.append', {
      taskId: task.id,
      after: 0,
      records: [{ type: 'do', at: 0, change }],
    });
    const submit = { taskId: task.id, journalLength, sound };
    await expect(core.call('tasks.submit', submit)).rejects.toMatchObject({
      code: 'tasks/proposals-undecided',
      details: { count: 2 },
    });
    expect((await core.call('submissions.list', { projectId })).total).toBe(0);
    const { entryId } = await core.call('tasks.submit', { ...submit, proposalsSeen: true });
    expect(await bodyOf(entryId)).toMatchObject({ machine: { proposed: 3, rejected: 1, undecided: 2 } });
    // They stay with the task.
    expect((await core.call('proposals.list', { taskId: task.id })).proposals).toHaveLength(3);
  });
});
