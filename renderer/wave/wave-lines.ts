import type { Gestures, WaveInput } from './gestures.ts';
import type { Hit } from './hit-test.ts';
import type { WaveStage } from './stage.ts';
import { timeText } from './ticks.ts';
import { toX } from './time-axis.ts';
import type { WavePicture } from './wave-picture.ts';
import type { WavePlace, WavePort } from './wave-view.ts';

/** The lines over the picture: where the pointer is, where the cursor, and what plays. */
export class WaveLines {
  readonly #stage: WaveStage;
  readonly #picture: WavePicture;
  readonly #gestures: Gestures;
  readonly #port: WavePort;
  #pointer: WaveInput | null = null;
  #stale = false;

  constructor(stage: WaveStage, picture: WavePicture, gestures: Gestures, port: WavePort) {
    this.#stage = stage;
    this.#picture = picture;
    this.#gestures = gestures;
    this.#port = port;
  }

  /** The pointer is here now; null: it left. */
  pointAt(input: WaveInput | null): void {
    this.#pointer = input;
    this.#stale = true;
  }

  /** The pointer is over another part of the recording, though it did not move. */
  viewMoved(): void {
    this.#stale = true;
  }

  place(cursor: number | null, playhead: number | null): void {
    const { axis, layout, limits } = this.#picture;
    const placeOn = (frame: number | null): number | null => {
      if (frame === null) return null;
      const x = toX(axis, frame);
      return x < 0 || x > limits.width ? null : (x + layout.left) / layout.ratio;
    };
    this.#stage.place('cursor', placeOn(cursor));
    this.#stage.place('playhead', placeOn(playhead));
    const shown = playhead ?? cursor;
    this.#stage.showClock(shown === null ? '' : timeText(shown / this.#port.sound.facts.rate));
  }

  /** Tells where the pointer is; once a frame, however often it moved. */
  tellPointer(): void {
    if (!this.#stale) return;
    this.#stale = false;
    const hit = this.#pointer && this.#gestures.hit(this.#pointer.x, this.#pointer.y);
    const inTime = hit !== null && hit.area !== 'gutter' && hit.area !== 'minimap';
    const { axis, layout } = this.#picture;
    const { rate } = this.#port.sound.facts;
    const x = inTime ? (toX(axis, hit.frame) + layout.left) / layout.ratio : 0;
    this.#stage.place('pointer', inTime ? x : null);
    this.#stage.showTime(inTime ? timeText(hit.frame / rate, digitsAt(axis.k * rate)) : null, x);
    if (!this.#gestures.busy) this.#stage.setCursor(hit ? cursorOver(hit) : 'default');
    this.#port.hover(inTime ? placeOf(hit) : null);
  }
}

/** What a hit is to whoever shows the view. */
export function placeOf({ frame, tier, segment, channel }: Hit): WavePlace {
  return { frame: Math.round(frame), tier, shape: segment?.id ?? null, channel };
}

function cursorOver({ area, edge, segment }: Hit): string {
  if (edge) return 'ew-resize';
  if (area === 'minimap' || (area === 'tiers' && segment)) return 'pointer';
  return area === 'lanes' || area === 'tiers' ? 'text' : 'default';
}

/** Digits after the second that a pixel is worth, three at least. */
function digitsAt(pixelsPerSecond: number): number {
  return Math.min(Math.max(Math.ceil(Math.log10(pixelsPerSecond)), 3), 6);
}
