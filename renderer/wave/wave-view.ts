/**
 * The picture of a recording as others see it: a minimap, a time line, every channel as waveform and spectrogram, the segments as bands on
 * their tiers. Framework-free; a React component mounts it like this:
 *
 *     const view = createWaveView(div, port); // from wave-engine.ts; fills `div`, follows its size; gives it role="application"
 *     view.setLabels(project.labels);
 *     view.setTiers(tiers, active);
 *     view.setDoc(journal.doc);               // after a start, and after every change, whoever made it
 *     view.setSelection(ids);
 *     ...
 *     view.settle();                          // before submitting or leaving: emits what is still held back
 *     view.dispose();
 *
 * Who holds the truth: the journal (shared/rules/undo-journal.rules.ts). A change that the view emits is not on screen until it comes back
 * through `setDoc`, which may happen before `emit` returns; the selection comes back through `setSelection` in the same way. A document is
 * compared by identity, so that giving the same one again costs nothing.
 *
 * Keys: the view listens to none. Everything that keys do is a method here.
 *
 * Units: places in time are frames of the recording (shared/domain/annotation.ts), whole numbers wherever they enter a change; places on
 * the screen are CSS pixels relative to the host.
 */
import type { AnnotationDoc, Change, Proposal, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { Stretch } from '#shared/sound/silences.ts';
import type { Sound } from '#renderer/sound/sound.ts';

/** A row below the waveform. Segments of tiers that are not named get rows of their own, after these. */
export interface WaveTier {
  /** `tier` of the segments on it. */
  readonly key: string;
  /** What is written at its left; the key where none is given. */
  readonly title?: string;
  /** The channel that segments drawn on it are about; left out: all. */
  readonly channel?: number;
}

/** Something that a rule found. */
export interface WaveMark {
  /** The segment it is about; null: the recording, as with a gap between segments. */
  readonly shape: ShapeId | null;
  /** Where, drawn over waveform and band; null, or all of the segment: told by a sign on its band. */
  readonly at: Readonly<Stretch> | null;
  /** Written at its place where there is room, as `0.82 s`. */
  readonly text: string;
  /** `breach`: against a rule. `look`: something to look at. */
  readonly tone: 'breach' | 'look';
}

/** How the recording is shown, and how the mouse behaves. */
export interface WaveSettings {
  readonly waveform: boolean;
  readonly spectrogram: boolean;
  /** Channels that have a lane, in order; null: all. */
  readonly channels: readonly number[] | null;
  /** Heights of the waveform: in proportion to the samples, or to their level in dB down to -60. */
  readonly height: 'linear' | 'db';
  /** The waveform is raised until the loudest of the recording reaches the rims, so that a quiet one is no line; said beside it. */
  readonly fullHeight: boolean;
  /** What the waveform is raised by besides, dB, 0 to 60. */
  readonly gainDb: number;
  /** The highest frequency of the spectrogram in Hz; null: half the sampling rate. */
  readonly topHz: number | null;
  /** What the spectrogram is raised by, dB, and how many dB there are between its darkest and its brightest. */
  readonly spectrogramGainDb: number;
  readonly spectrogramRangeDb: number;
  /** How the view follows what plays: by whole views, by keeping it in the middle, or not. */
  readonly follow: 'page' | 'smooth' | 'off';
  /** Boundaries are drawn to what `snap` of the port finds, and to other boundaries; not while Ctrl is held. */
  readonly snapping: boolean;
  /** A boundary that two segments share moves both; Alt means the opposite. */
  readonly linked: boolean;
  /** Where segments may not overlap, as the project's rule says: boundaries then stop at their neighbours. */
  readonly noOverlap: 'tier' | 'all' | null;
}

/** What is written in the picture. */
export interface WaveWords {
  /** What a screen reader calls it. */
  readonly label: string;
  /** A channel, counted from 0, of so many. */
  channel(channel: number, of: number): string;
  /** A tier without a name, as that of what was taken in without speakers. */
  readonly noTier: string;
  /** Below the channel, where its waveform is raised by so many dB. */
  raised(db: number): string;
  /** In the part that was not gone through yet. */
  readonly notScanned: string;
  /** Instead of a spectrogram, where too much of the recording is in view. */
  readonly zoomIn: string;
}

/** What a place in the picture is. */
export interface WavePlace {
  readonly frame: number;
  /** The tier whose row it is in; the active one over the waveform. */
  readonly tier: string;
  /** The segment there. */
  readonly shape: ShapeId | null;
  /** The channel whose lane it is in. */
  readonly channel: number | null;
}

/** What the view asks of whoever shows it. */
export interface WavePort {
  readonly sound: Sound;
  readonly words: WaveWords;
  /** A finished edit: append it to the journal, and give the document back through `setDoc`. */
  emit(change: Change): void;
  /** Exactly these are to be selected. */
  select(ids: readonly ShapeId[]): void;
  /** Put the cursor here, and the player. */
  seek(frame: number): void;
  /** The row of a tier was pressed: new segments are to come to it. */
  activate?(tier: string): void;
  /**
   * A boundary is being dragged, and is here now: let be heard what lies on that side of it, which is the segment's own. Null: it was let go.
   */
  scrub(frame: number | null, side?: 'before' | 'after'): void;
  /** A segment was double-clicked. */
  play(id: ShapeId): void;
  /** Where the pointer is, at most once a frame; null when it left. */
  hover(place: WavePlace | null): void;
  /** The right button, or the menu key: at this place of the page. */
  contextmenu(place: WavePlace, page: { readonly x: number; readonly y: number }): void;
  /** Another part of the recording is in view, at most once a frame. */
  viewed(range: Stretch): void;
  /** The nearest place within `reach` frames where a boundary lies well (a silence, a zero crossing); null: none. */
  snap(frame: number, reach: number): number | null;
  /** Everything of a new segment but where it is. */
  newSegment(): Omit<Shape, 'geometry'>;
}

/** Which end of a segment; `both` moves it as a whole. */
export type SpanEdge = 'start' | 'end' | 'both';

export interface WaveView {
  setDoc(doc: AnnotationDoc): void;
  setLabels(labels: LabelSet): void;
  setSelection(ids: readonly ShapeId[]): void;
  /** What a machine proposes and nobody has taken or turned down: drawn dashed on their tiers. */
  setProposals(proposals: readonly Proposal[]): void;
  setMarks(marks: readonly WaveMark[]): void;
  /** The rows from the top, and the one that new segments come to. */
  setTiers(tiers: readonly WaveTier[], active: string): void;
  /** The line where the next command works; null: none. */
  setCursor(frame: number | null): void;
  /** What is heard now; null: nothing plays. Called as often as there are frames. */
  setPlayhead(frame: number | null): void;
  readonly settings: WaveSettings;
  setView(settings: Partial<WaveSettings>): void;

  /** The part of the recording in view, not rounded. */
  visible(): Stretch;
  /** Brings exactly this part into view, as far as the limits of zooming allow. */
  show(from: number, to: number): void;
  /** Brings it into view without zooming, unless it does not fit; does nothing when it is in view. */
  reveal(from: number, to: number): void;
  /** Multiplies the zoom by `factor`, keeping `at` (a frame; default: the cursor where it is in view, else the middle) where it is. */
  zoom(factor: number, at?: number): void;
  /** Moves by a share of what is in view: 1 is the next viewful. */
  scroll(share: number): void;
  fitAll(): void;
  /** Brings the selected segments into view; false when there are none. */
  fitSelection(): boolean;

  /**
   * Moves a boundary of the selected segments, or them as a whole, by so many frames. Repeated calls are merged into one change, which is
   * emitted after a rest. False when nothing can move.
   */
  nudge(edge: SpanEdge, frames: number): boolean;
  /** Ends the gesture under way without a trace; false when there is none. */
  cancel(): boolean;
  /** Whether a hand is at work. */
  readonly busy: boolean;
  /** Emits what is held back and cancels a gesture. */
  settle(): void;
  /** Releases everything. The view can't be used afterwards. */
  dispose(): void;
}

/** What a view begins with. */
export const firstSettings: WaveSettings = {
  waveform: true,
  spectrogram: false,
  channels: null,
  height: 'linear',
  fullHeight: true,
  gainDb: 0,
  topHz: 8000,
  spectrogramGainDb: 0,
  spectrogramRangeDb: 70,
  follow: 'page',
  snapping: true,
  linked: false,
  noOverlap: null,
};
