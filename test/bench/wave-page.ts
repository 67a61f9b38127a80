/**
 * The page that the benchmark of the picture of a recording runs in: the real view over a made-up recording, bare Canvas2D drawing the
 * same, and wavesurfer.js with its regions. Bundled by Vite, driven from outside through `window.wavePage`.
 */
import '#renderer/ui/theme.css';
import type { Sound } from '#renderer/sound/sound.ts';
import { createWaveView } from '#renderer/wave/wave-engine.ts';
// oxlint-disable-next-line import/default -- Vite makes the export.
import SpectrumWorker from '#renderer/wave/spectrum-worker.ts?worker&inline';
import type { WaveMark, WaveSettings, WaveView } from '#renderer/wave/wave-view.ts';
import type { AnnotationDoc, Change, Proposal, ShapeId } from '#shared/domain/annotation.ts';
import { applyChange } from '#shared/rules/undo-journal.rules.ts';
import { SampleSound } from '#test/support/sample-sound.ts';
import { nextFrame, timeFrames } from './frame-times.ts';
import { createBareWave, createRegions } from './wave-references.ts';
import { longSound, waveDoc, waveLabels } from './wave-scenes.ts';

/** Who draws. */
export type WaveDrawer = 'view' | 'bare' | 'regions';
/** What is done at every frame. */
export type WaveMotion = 'scroll' | 'zoom' | 'drag';

const tiers = ['说话人 A', '说话人 B'];
const hours = 4;

/** The part in view at a step, in seconds: an hour that is scrolled through, the whole that is zoomed into. */
function viewAt(motion: WaveMotion, index: number): { from: number; seconds: number } {
  const step = index % 40;
  if (motion === 'scroll') return { from: 3600 + step * 18, seconds: 3600 };
  if (motion === 'zoom') return { from: 0, seconds: hours * 3600 * 0.94 ** step };
  return { from: 0, seconds: hours * 3600 };
}

const wayAt = (index: number): number => 2 + (index % 40) * 3;

interface Shown {
  readonly view: WaveView;
  readonly changes: Change[];
  doc(): AnnotationDoc;
}

/** A view with a journal of the simplest kind behind it. */
function show(host: HTMLElement, sound: Sound, first: AnnotationDoc): Shown {
  let doc = first;
  const changes: Change[] = [];
  let last = 0;
  const view = createWaveView(
    host,
    {
      sound,
      words: {
        label: 'Recording',
        channel: (channel, of) => (of === 1 ? '单声道' : `声道 ${channel + 1}`),
        noTier: '未分说话人',
        raised: (db) => `放大 ${db} dB`,
        notScanned: '还在读取这一段',
        zoomIn: '放大以显示频谱',
      },
      emit: (change) => {
        changes.push(change);
        view.setDoc((doc = applyChange(doc, change)));
      },
      select: (ids) => view.setSelection(ids),
      seek: (at) => view.setCursor(at),
      scrub: () => undefined,
      play: () => undefined,
      hover: () => undefined,
      contextmenu: () => undefined,
      viewed: () => undefined,
      snap: () => null,
      newSegment: () => ({
        id: `11111111-0000-7000-8000-${String((last += 1)).padStart(12, '0')}` as ShapeId,
        label: 'valid',
        attributes: {},
        origin: 'hand',
      }),
    },
    () => new SpectrumWorker(),
  );
  view.setLabels(waveLabels);
  view.setTiers(
    tiers.map((key) => ({ key })),
    tiers[0]!,
  );
  view.setDoc(doc);
  return { view, changes, doc: () => doc };
}

/** Frame times of `frames` frames among so many segments. */
async function frameTimes(
  drawer: WaveDrawer,
  motion: WaveMotion,
  count: number,
  frames: number,
  settings: Partial<WaveSettings> = {},
): Promise<number[]> {
  const host = document.querySelector<HTMLElement>('#host')!;
  host.replaceChildren();
  const sound = longSound(16_000, 1, hours * 3600);
  const doc = waveDoc(count, sound.facts.frames, tiers);
  if (drawer === 'view') return viewTimes(host, sound, doc, motion, frames, settings);
  const { rate } = sound.facts;
  const reference = await (drawer === 'bare' ? createBareWave : createRegions)(host, sound, doc);
  const warmUp = drawer === 'bare' ? 10 : 1;
  const times = await timeFrames(frames, warmUp, (index) => {
    const { from, seconds } = viewAt(motion, index);
    requestAnimationFrame(() => {
      if (motion === 'drag') reference.drag(wayAt(index));
      else reference.draw(from * rate, (from + seconds) * rate);
    });
  });
  reference.dispose();
  return times;
}

async function viewTimes(
  host: HTMLElement,
  sound: Sound,
  doc: AnnotationDoc,
  motion: WaveMotion,
  frames: number,
  settings: Partial<WaveSettings>,
): Promise<number[]> {
  const { view, doc: now } = show(host, sound, doc);
  view.setView(settings);
  await nextFrame();
  await nextFrame();
  const { rate } = sound.facts;
  if (motion !== 'drag') {
    const times = await timeFrames(frames, 10, (index) => {
      const { from, seconds } = viewAt(motion, index);
      view.show(from * rate, (from + seconds) * rate);
    });
    view.dispose();
    return times;
  }
  const held = doc.shapes[Math.floor(doc.shapes.length / 2)]!;
  if (held.geometry.type !== 'span') throw new Error('not a segment');
  view.setSelection([held.id]);
  const root = host.firstElementChild!;
  const { left, top, height, width } = host.getBoundingClientRect();
  const x = left + 84 + ((width - 84) * held.geometry.end) / sound.facts.frames;
  const y = top + height - 45;
  root.dispatchEvent(pointerEvent('pointermove', x, y));
  root.dispatchEvent(pointerEvent('pointerdown', x, y));
  const times = await timeFrames(frames, 10, (index) =>
    root.dispatchEvent(pointerEvent('pointermove', x + wayAt(index), y)),
  );
  if (!view.busy) throw new Error('nothing was taken hold of');
  root.dispatchEvent(pointerEvent('pointerup', x + 60, y));
  if (now() === doc) throw new Error('nothing was changed');
  view.dispose();
  return times;
}

function pointerEvent(type: string, x: number, y: number): PointerEvent {
  return new PointerEvent(type, {
    bubbles: true,
    clientX: x,
    clientY: y,
    pointerId: 1,
    isPrimary: true,
    pointerType: 'mouse',
    button: type === 'pointermove' ? -1 : 0,
    buttons: 1,
  });
}

/** Milliseconds until the spectrogram of `seconds` in view stands, and the longest frame meanwhile. */
async function spectrogramTimes(seconds: number, channels: number): Promise<{ done: number; longest: number }> {
  const host = document.querySelector<HTMLElement>('#host')!;
  host.replaceChildren();
  const sound = longSound(16_000, channels, hours * 3600);
  let reads = 0;
  const counted: Sound = {
    ...sound,
    read: (...args) => {
      reads += 1;
      return sound.read(...args);
    },
  };
  const { view } = show(host, counted, waveDoc(1000, sound.facts.frames, tiers));
  await nextFrame();
  await nextFrame();
  view.setView({ spectrogram: true, waveform: false });
  const begun = performance.now();
  view.show(3600 * 16_000, (3600 + seconds) * 16_000);
  let [longest, before, idle, seen, last] = [0, performance.now(), 0, 0, begun];
  while (idle < 30) {
    await nextFrame();
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
    if (reads !== seen) [seen, idle, last] = [reads, 0, now];
    else idle += 1;
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  view.dispose();
  return { done: last - begun, longest };
}

interface PlayOptions {
  readonly count: number;
  readonly seconds: number;
  readonly channels: number;
  readonly dark: boolean;
  readonly address?: string;
  readonly settings?: Partial<WaveSettings>;
  readonly from?: number;
  readonly to?: number;
  readonly scanned?: number;
  readonly tiers?: readonly string[];
}

/** For looking by hand and by script: a view with everything in it. */
async function play(options: PlayOptions): Promise<void> {
  const host = document.querySelector<HTMLElement>('#host')!;
  host.replaceChildren();
  document.documentElement.dataset['mantineColorScheme'] = options.dark ? 'dark' : 'light';
  let sound: Sound = longSound(16_000, options.channels, options.seconds);
  if (options.address) {
    const decoded = await new OfflineAudioContext(1, 1, 16_000).decodeAudioData(
      await (await fetch(options.address)).arrayBuffer(),
    );
    const channel = decoded.getChannelData(0);
    const samples = Array.from({ length: options.channels }, (_, at) => channel.map((value) => value * 0.8 ** at));
    sound = new SampleSound(samples, 16_000, options.scanned && Math.round(options.scanned * 16_000));
  }
  const rows = options.tiers ?? tiers;
  const doc = waveDoc(options.count, sound.facts.frames, rows);
  const shown = show(host, sound, doc);
  const { view } = shown;
  view.setTiers(
    rows.map((key) => ({ key })),
    rows[0]!,
  );
  view.setView(options.settings ?? {});
  await nextFrame();
  const { rate } = sound.facts;
  const spans = doc.shapes.flatMap(({ id, geometry }) => (geometry.type === 'span' ? [{ id, ...geometry }] : []));
  const third = spans[2];
  if (third) {
    view.setSelection([third.id]);
    const middle = Math.round((third.start * 2 + third.end) / 3);
    const marks: WaveMark[] = [
      {
        shape: third.id,
        at: { start: middle, end: middle + Math.round((third.end - third.start) * 0.2) },
        text: '0.82 s',
        tone: 'breach',
      },
      { shape: spans[4]?.id ?? null, at: null, text: '', tone: 'look' },
      { shape: spans[5]?.id ?? null, at: null, text: '', tone: 'breach' },
    ];
    view.setMarks(marks);
    const gap = { start: spans[3]!.end, end: spans[4]?.start ?? sound.facts.frames };
    const proposal: Proposal = {
      id: '22222222-0000-7000-8000-000000000000' as ShapeId,
      label: 'valid',
      geometry: {
        type: 'span',
        tier: rows.at(-1)!,
        channel: null,
        start: Math.round(spans[0]!.start),
        end: Math.round(spans[0]!.end),
      },
      text: '机器认为这里有人在说话',
      attributes: {},
      score: 0.8,
      model: null,
    };
    view.setProposals([
      proposal,
      {
        ...proposal,
        id: '22222222-0000-7000-8000-000000000001' as ShapeId,
        geometry: { ...proposal.geometry, tier: rows[0]!, ...gap } as Proposal['geometry'],
      },
    ]);
    view.setCursor(Math.round(third.start + (third.end - third.start) * 0.15));
  }
  if (options.from !== undefined && options.to !== undefined) view.show(options.from * rate, options.to * rate);
  Object.assign(window, { view, shown });
}

const wavePage = { frameTimes, spectrogramTimes, play };
export type WavePage = typeof wavePage;
Object.assign(window, { wavePage });
