import type { Sound } from '#renderer/sound/sound.ts';
import type { Stretch } from '#shared/sound/silences.ts';
import { paintTiers } from './band-painting.ts';
import { gainToFullHeight } from './full-height.ts';
import { Ground, type Columns } from './ground.ts';
import { paintGutter } from './gutter-painting.ts';
import { layOut, type Layout } from './layout.ts';
import { LoudnessSums } from './loudness-sums.ts';
import { createMinimap, type Minimap } from './minimap.ts';
import type { PictureFrame } from './picture-frame.ts';
import { paintNotice, paintRuler } from './ruler-painting.ts';
import { blockFrames, createSampleBlocks, type SampleBlocks } from './sample-blocks.ts';
import { markOverhang, paintBandMarks, paintShades } from './shade-painting.ts';
import { spectrumColors } from './spectrum-colors.ts';
import { createSpectrumWorker } from './spectrum-client.ts';
import { createSpectrogramTiles, type SpectrogramLook, type SpectrogramTiles } from './spectrogram-tiles.ts';
import { toFrame, toX, type AxisLimits, type TimeAxis } from './time-axis.ts';
import { paintWaveform, samplesBelow } from './waveform-painting.ts';
import type { WaveScene } from './wave-scene.ts';
import type { WaveColors } from './wave-style.ts';
import { firstSettings, type WaveSettings, type WaveWords } from './wave-view.ts';

/** What a picture is made of and for. */
export interface PictureParts {
  readonly sound: Sound;
  readonly scene: WaveScene;
  readonly words: WaveWords;
  readonly colors: WaveColors;
  /** Starts the worker that computes spectra, where it is not the usual one. */
  readonly startWorker: (() => Worker) | undefined;
  readonly ask: () => void;
}

/**
 * Everything that is painted. The visible canvas is put together from the ground (waveforms and spectrograms, kept apart) and from what
 * lies over it, which is painted anew for the columns that changed: an edit costs its columns, a scroll those that came into view.
 */
export class WavePicture {
  axis: TimeAxis = { k: 1, origin: 0 };
  settings: WaveSettings = firstSettings;
  layout: Layout;
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #sound: Sound;
  readonly #scene: WaveScene;
  readonly #words: WaveWords;
  readonly #ask: () => void;
  readonly #ground = new Ground((context, columns, axis) => this.#paintGround(context, columns, axis));
  readonly #blocks: SampleBlocks;
  readonly #tiles: SpectrogramTiles;
  readonly #minimap: Minimap;
  readonly #loudness = new Map<number, LoudnessSums>();
  #colors: WaveColors;
  #drawn: TimeAxis | null = null;
  /** What has to be put together anew: everything, or stretches. */
  #stale: 'all' | Readonly<Stretch>[] = 'all';
  /** More levels are known than were summed up. */
  #louder = false;
  /** What the recording is raised by, dB, to fill its lanes. */
  #fullHeightDb = 0;
  #size = { width: 1, height: 1, ratio: 1 };
  #scrolled = 0;

  /** `ask` is called when there is something new to paint. */
  constructor(canvas: HTMLCanvasElement, { sound, scene, words, colors, startWorker, ask }: PictureParts) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d', { alpha: false })!;
    this.#sound = sound;
    this.#scene = scene;
    this.#words = words;
    this.#colors = colors;
    this.#ask = ask;
    this.#blocks = createSampleBlocks(sound, (start, end) => this.groundChanged({ start, end }));
    this.#tiles = createSpectrogramTiles(
      sound,
      (stretch) => this.groundChanged(stretch),
      createSpectrumWorker(startWorker),
    );
    this.#minimap = createMinimap(sound, scene);
    this.#fullHeightDb = gainToFullHeight(sound);
    this.layout = this.#layOut();
    this.#colorTiles();
  }

  get limits(): AxisLimits {
    return { frames: this.#sound.facts.frames, width: this.layout.width - this.layout.left, ratio: this.layout.ratio };
  }

  resize(width: number, height: number, ratio: number): void {
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#size = { width, height, ratio };
    this.rowsChanged();
  }

  /** Tiers, channels or settings are others. */
  rowsChanged(): void {
    this.layout = this.#layOut();
    this.#ground.resize(this.layout.width - this.layout.left, Math.max(this.layout.laneArea.bottom, 1));
    this.groundChanged();
  }

  /** Scrolls the tiers by device pixels; false when they can't be. */
  scrollTiers(dy: number): boolean {
    const wanted = Math.min(Math.max(this.#scrolled + dy, 0), this.layout.hidden);
    if (wanted === this.#scrolled) return false;
    this.#scrolled = wanted;
    this.layout = this.#layOut();
    this.changed();
    return true;
  }

  setSettings(settings: WaveSettings): void {
    this.settings = settings;
    this.#colorTiles();
    this.rowsChanged();
  }

  setColors(colors: WaveColors): void {
    this.#colors = colors;
    this.#colorTiles();
    this.groundChanged();
  }

  /** Waveform or spectrogram of a stretch are others; everything when none is named. */
  groundChanged(stretch?: Readonly<Stretch>): void {
    this.#ground.invalidate(stretch);
    this.changed(stretch);
  }

  /** More of the recording was gone through. */
  soundChanged(stretch: Readonly<Stretch>): void {
    this.#louder = true;
    this.#minimap.soundChanged();
    const before = this.#fullHeightDb;
    this.#fullHeightDb = gainToFullHeight(this.#sound);
    // Another height is another height everywhere.
    this.groundChanged(this.#fullHeightDb === before ? stretch : undefined);
    this.#stale = 'all';
  }

  /** Segments, proposals or marks are others, anywhere. */
  sceneChanged(): void {
    this.#minimap.sceneChanged();
    this.changed();
  }

  /** Something over the ground looks different within a stretch; everywhere when none is named. */
  changed(stretch?: Readonly<Stretch>): void {
    if (stretch && this.#stale !== 'all') this.#stale.push(stretch);
    else if (!stretch) this.#stale = 'all';
    this.#ask();
  }

  /** Paints what is missing. */
  draw(): void {
    const { axis, layout } = this;
    const moved = this.#drawn?.k !== axis.k || this.#drawn.origin !== axis.origin;
    const stale = moved ? 'all' : this.#stale;
    this.#drawn = axis;
    this.#stale = [];
    if (stale !== 'all' && stale.length === 0) return;
    this.#lookAhead();
    if (this.#louder) for (const [channel, sums] of this.#loudness) sums.extend(this.#sound.levels(channel));
    this.#louder = false;
    this.#ground.draw(axis);
    const width = layout.width - layout.left;
    if (stale !== 'all') {
      for (const columns of joined(stale, axis, width, markOverhang * layout.ratio)) this.#compose(columns, width);
      return;
    }
    this.#compose({ from: 0, to: width }, width);
    const frame = this.#frame({ from: 0, to: width }, width);
    paintGutter(frame, {
      channel: (channel) => this.#words.channel(channel, this.#sound.facts.channels),
      noTier: this.#words.noTier,
      raised: this.#raisedDb === 0 ? null : this.#words.raised(this.#raisedDb),
      topHz: Math.min(this.settings.topHz ?? Infinity, this.#sound.facts.rate / 2),
    });
    this.#minimap.draw(this.#context, layout, axis, this.#colors);
  }

  dispose(): void {
    this.#blocks.dispose();
    this.#tiles.dispose();
  }

  #layOut(): Layout {
    const { channels } = this.#sound.facts;
    return layOut({
      ...this.#size,
      channels,
      settings: this.settings,
      tiers: this.#scene.tiers,
      scrolled: this.#scrolled,
    });
  }

  #colorTiles(): void {
    const { spectrogramGainDb, spectrogramRangeDb } = this.settings;
    const { dark } = this.#colors;
    this.#tiles.setColors(spectrumColors({ dark, gainDb: spectrogramGainDb, rangeDb: spectrogramRangeDb }));
  }

  #frame({ from, to }: Columns, width: number): PictureFrame {
    const { layout, axis } = this;
    const { rate } = this.#sound.facts;
    return { context: this.#context, layout, axis, scene: this.#scene, colors: this.#colors, from, to, width, rate };
  }

  /** Asks for the samples and spectra that are in view. */
  #lookAhead(): void {
    const { axis, limits } = this;
    const [from, to] = [toFrame(axis, 0), toFrame(axis, limits.width)];
    if (1 / axis.k < samplesBelow(this.#sound.facts.rate) && this.settings.waveform) {
      this.#blocks.look(Math.floor(from / blockFrames), Math.floor(Math.min(to, limits.frames - 1) / blockFrames));
    } else {
      this.#blocks.look(0, -1);
    }
    const look = this.#spectrogramLook();
    if (look && this.#tiles.shows(look)) this.#tiles.look(look);
    else this.#tiles.rest();
  }

  /** What of the spectrogram is in view; null where it has no lane. */
  #spectrogramLook(): SpectrogramLook | null {
    const channels = this.layout.lanes.filter(({ kind }) => kind === 'spectrogram').map(({ channel }) => channel);
    if (channels.length === 0) return null;
    const { axis, limits } = this;
    const [from, to] = [toFrame(axis, 0), Math.min(toFrame(axis, limits.width), limits.frames)];
    return { from, to, framesPerPixel: 1 / axis.k, channels, topHz: this.settings.topHz };
  }

  #paintGround(context: CanvasRenderingContext2D, columns: Columns, axis: TimeAxis): void {
    const { settings } = this;
    const { ratio, lanes } = this.layout;
    const source = {
      sound: this.#sound,
      blocks: this.#blocks,
      loudness: (channel: number) => this.#loudnessOf(channel),
      height: settings.height,
      gainDb: this.#raisedDb,
      colors: this.#colors,
    };
    const look = this.#spectrogramLook();
    for (const lane of lanes) {
      if (lane.kind === 'waveform') {
        paintWaveform(context, lane, axis, { ...columns, ratio }, source);
        continue;
      }
      context.fillStyle = this.#colors.lane;
      context.fillRect(columns.from, lane.top, columns.to - columns.from, lane.bottom - lane.top);
      if (!look || !this.#tiles.shows(look)) continue;
      context.save();
      context.beginPath();
      context.rect(columns.from, lane.top, columns.to - columns.from, lane.bottom - lane.top);
      context.clip();
      for (const { start, end, picture } of this.#tiles.tiles(look, lane.channel)) {
        const [left, right] = [Math.round(toX(axis, start)), Math.round(toX(axis, end))];
        if (right <= columns.from || left >= columns.to) continue;
        context.drawImage(picture, left, lane.top, right - left, lane.bottom - lane.top);
      }
      context.restore();
    }
  }

  /** What waveforms are raised by, dB. */
  get #raisedDb(): number {
    return this.settings.gainDb + (this.settings.fullHeight ? this.#fullHeightDb : 0);
  }

  #loudnessOf(channel: number): LoudnessSums {
    let sums = this.#loudness.get(channel);
    if (!sums) {
      sums = new LoudnessSums(this.#sound.facts.rate);
      sums.extend(this.#sound.levels(channel));
      this.#loudness.set(channel, sums);
    }
    return sums;
  }

  /** Puts columns of the visible canvas together. */
  #compose(columns: Columns, width: number): void {
    const context = this.#context;
    const { layout } = this;
    const frame = this.#frame(columns, width);
    const { top, bottom } = layout.laneArea;
    const { from, to } = columns;
    context.save();
    context.translate(layout.left, 0);
    context.beginPath();
    context.rect(from, layout.ruler.top, to - from, layout.height - layout.ruler.top);
    context.clip();
    paintRuler(frame);
    if (bottom > top)
      context.drawImage(this.#ground.element, from, top, to - from, bottom - top, from, top, to - from, bottom - top);
    context.save();
    context.beginPath();
    context.rect(from, top, to - from, bottom - top);
    context.clip();
    paintShades(frame);
    context.fillStyle = this.#colors.line;
    for (const lane of layout.lanes.slice(1))
      context.fillRect(from, lane.top, to - from, Math.max(Math.round(layout.ratio), 1));
    this.#paintNotices(frame);
    context.restore();
    paintTiers(frame);
    paintBandMarks(frame);
    context.restore();
  }

  /** Words where something is missing. */
  #paintNotices(frame: PictureFrame): void {
    const { layout, axis } = this;
    const { facts, scanned } = this.#sound;
    const look = this.#spectrogramLook();
    for (const lane of layout.lanes) {
      if (lane.kind === 'spectrogram' && look && !this.#tiles.shows(look)) {
        paintNotice(frame, lane, 0, frame.width, this.#words.zoomIn);
      }
    }
    if (scanned >= facts.frames) return;
    const left = Math.max(toX(axis, scanned), 0);
    const right = Math.min(toX(axis, facts.frames), frame.width);
    const lane = layout.lanes.find(({ kind }) => kind === 'waveform');
    if (lane && 1 / axis.k >= samplesBelow(facts.rate)) paintNotice(frame, lane, left, right, this.#words.notScanned);
  }
}

/** The columns of stretches with what is painted beside them, those that meet as one. */
function joined(stretches: readonly Readonly<Stretch>[], axis: TimeAxis, width: number, aside: number): Columns[] {
  const columns = stretches
    .map(({ start, end }) => ({
      from: Math.max(Math.floor(toX(axis, start) - aside), 0),
      to: Math.min(Math.ceil(toX(axis, end) + aside), width),
    }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  const found: { from: number; to: number }[] = [];
  for (const each of columns) {
    const last = found.at(-1);
    if (last && each.from <= last.to) last.to = Math.max(last.to, each.to);
    else found.push(each);
  }
  return found;
}
