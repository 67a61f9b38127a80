import type { Sound } from '#renderer/sound/sound.ts';
import type { Stretch } from '#shared/sound/silences.ts';
import { marginOf, specFor, type SpectrumSpec } from './spectrum.ts';
import type { SpectrumWorker } from './spectrum-client.ts';

/** Columns of a tile, fewer where that many would last too long to be read at once. */
const mostColumns = 256;
const mostTileSeconds = 50;
/** Bytes of pictures kept. */
const mostBytes = 32 * 2 ** 20;
/** Seconds in view from which on no spectrogram is shown: all of it would have to be decoded for columns that say little. */
const mostSeconds = 300;

/** What is to be seen now. */
export interface SpectrogramLook {
  /** Frames in view. */
  readonly from: number;
  readonly to: number;
  readonly framesPerPixel: number;
  readonly channels: readonly number[];
  readonly topHz: number | null;
}

/** A picture of a stretch of a channel, the highest frequency on top. */
export interface SpectrogramTile extends Stretch {
  readonly picture: HTMLCanvasElement;
}

interface Kept {
  readonly values: Uint8Array<ArrayBuffer>;
  readonly columns: number;
  readonly bins: number;
  tile: SpectrogramTile | null;
}

/** The spectrogram of what is in view, in tiles: read, computed and coloured when first looked at, and forgotten when others are. */
export interface SpectrogramTiles {
  /** Whether there is a spectrogram at this zoom. */
  shows(look: SpectrogramLook): boolean;
  /** Asks for what is in view, from its middle outwards; what is not in view any more is called off. */
  look(look: SpectrogramLook): void;
  /** Asks for nothing any more. */
  rest(): void;
  /** The tiles of a channel at hand for what is in view. */
  tiles(look: SpectrogramLook, channel: number): readonly SpectrogramTile[];
  /** The colours of the 256 values, from `spectrumColors`. */
  setColors(colors: Uint32Array<ArrayBuffer>): void;
  dispose(): void;
}

/** `arrived` hears which stretch can be painted now. */
export function createSpectrogramTiles(
  sound: Sound,
  arrived: (stretch: Stretch) => void,
  worker: SpectrumWorker,
): SpectrogramTiles {
  /** In the order of their last use. */
  const kept = new Map<string, Kept>();
  let bytes = 0;
  let colors = new Uint32Array(256);
  let wanted: { readonly spec: SpectrumSpec; readonly channels: readonly number[]; indices: number[] } | null = null;
  let reading: { readonly key: string; readonly control: AbortController } | null = null;
  const failed = new Set<string>();
  let disposed = false;

  const specOf = ({ framesPerPixel, topHz }: SpectrogramLook): SpectrumSpec =>
    specFor(framesPerPixel, sound.facts.rate, topHz);
  const columnsOf = ({ hop }: SpectrumSpec): number =>
    Math.max(Math.min(mostColumns, Math.floor((mostTileSeconds * sound.facts.rate) / hop)), 1);
  const keyOf = ({ hop, window, bins }: SpectrumSpec, index: number): string => `${hop} ${window} ${bins} ${index}`;
  const indicesOf = ({ from, to }: SpectrogramLook, spec: SpectrumSpec): number[] => {
    const length = columnsOf(spec) * spec.hop;
    const first = Math.max(Math.floor(from / length), 0);
    const last = Math.floor(Math.min(to, sound.facts.frames - 1) / length);
    return Array.from({ length: Math.max(last - first + 1, 0) }, (_, step) => first + step);
  };

  const keep = (key: string, entry: Kept): void => {
    kept.set(key, entry);
    bytes += entry.columns * entry.bins * 5;
    for (const [old, { columns, bins }] of kept) {
      if (bytes <= mostBytes) break;
      kept.delete(old);
      bytes -= columns * bins * 5;
    }
  };

  const compute = async (spec: SpectrumSpec, index: number, channels: readonly number[], signal: AbortSignal) => {
    const columns = columnsOf(spec);
    const from = index * columns * spec.hop;
    const margin = marginOf(spec);
    const to = from + columns * spec.hop;
    const first = Math.max(from - margin, 0);
    const read = await sound.read(first, Math.min(to + margin, sound.facts.frames), signal);
    const samples = channels.map((channel) => {
      const padded = new Float32Array(to - from + 2 * margin);
      padded.set(read[channel]!, first - from + margin);
      return padded;
    });
    const values = await worker.columns({ samples, spec, rate: sound.facts.rate, columns });
    if (signal.aborted || disposed) return;
    for (const [at, channel] of channels.entries()) {
      keep(`${keyOf(spec, index)} ${channel}`, { values: values[at]!, columns, bins: spec.bins, tile: null });
    }
    arrived({ start: from, end: to });
  };

  /** Computes what is missing, one tile after the other, until another call has begun to. */
  const fill = async (): Promise<void> => {
    while (!reading && wanted && !disposed) {
      const { spec, channels, indices } = wanted;
      const missingOf = (index: number): number[] =>
        failed.has(keyOf(spec, index))
          ? []
          : channels.filter((channel) => !kept.has(`${keyOf(spec, index)} ${channel}`));
      const index = indices.find((candidate) => missingOf(candidate).length > 0);
      if (index === undefined) return;
      const key = keyOf(spec, index);
      const control = new AbortController();
      reading = { key, control };
      try {
        await compute(spec, index, missingOf(index), control.signal);
      } catch {
        if (!control.signal.aborted) failed.add(key);
      }
      reading = null;
    }
  };

  const paint = (entry: Kept, stretch: Stretch): SpectrogramTile => {
    const { values, columns, bins } = entry;
    const picture = document.createElement('canvas');
    picture.width = columns;
    picture.height = bins;
    const context = picture.getContext('2d', { alpha: false })!;
    const data = context.createImageData(columns, bins);
    const pixels = new Uint32Array(data.data.buffer);
    for (let column = 0; column < columns; column += 1) {
      for (let bin = 0; bin < bins; bin += 1) pixels[bin * columns + column] = colors[values[column * bins + bin]!]!;
    }
    context.putImageData(data, 0, 0);
    return (entry.tile = { picture, ...stretch });
  };

  return {
    shows: ({ from, to }) => to - from <= mostSeconds * sound.facts.rate,
    look(look) {
      const spec = specOf(look);
      const middle = (look.from + look.to) / 2 / (columnsOf(spec) * spec.hop) - 0.5;
      const indices = indicesOf(look, spec).sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
      wanted = { spec, channels: look.channels, indices };
      if (reading && !indices.some((index) => keyOf(spec, index) === reading!.key)) reading.control.abort();
      void fill();
    },
    rest() {
      wanted = null;
      reading?.control.abort();
    },
    tiles(look, channel) {
      const spec = specOf(look);
      const length = columnsOf(spec) * spec.hop;
      return indicesOf(look, spec).flatMap((index) => {
        const key = `${keyOf(spec, index)} ${channel}`;
        const entry = kept.get(key);
        if (!entry) return [];
        kept.delete(key);
        kept.set(key, entry);
        return [entry.tile ?? paint(entry, { start: index * length, end: (index + 1) * length })];
      });
    },
    setColors(next256) {
      colors = next256;
      for (const entry of kept.values()) entry.tile = null;
    },
    dispose() {
      disposed = true;
      reading?.control.abort();
      worker.dispose();
      kept.clear();
    },
  };
}
