/**
 * The annotation canvas as others see it. Framework-free; a React component mounts it like this:
 *
 *     const canvas = createCanvas({ ariaLabel: t('canvas.label'), describe: (shapes) => ... }); // from engine.ts
 *     canvas.mount(div);                       // fills `div`, follows its size; gives it role="application"
 *     canvas.setLabels(project.labels);
 *     canvas.setImage(bitmap, width, height);  // upright picture; its size in image pixels
 *     canvas.setDoc(journal.doc);              // after a start or when another task opens
 *     const off = canvas.on('change', (change) => journal.do(change));
 *     ...
 *     canvas.settle();                         // before submitting or leaving: emits what is still held back
 *     canvas.dispose();
 *
 * Who holds the truth: the journal (shared/rules/undo-journal.rules.ts). A `change` that the canvas emits is already
 * on screen: append it to the journal, do not give it back through `apply`. A change that comes from elsewhere (undo,
 * redo, paste, an import) goes in through `apply`, and is not emitted again.
 *
 * Keys: the canvas listens to none. `canvas.action.ts` lists every action with its default shortcut; the application
 * binds them and calls `run(canvas)`, or calls `canvas.command(name, args)` itself. Undo and redo belong to whoever holds
 * the journal: `command('undo')` finishes or cancels what is under way here and then emits `request`.
 *
 * Coordinates: `viewport` and screen positions are CSS pixels relative to the host element; shapes and `pointer` are image
 * pixels (float64, origin top left, see shared/domain/annotation.ts).
 */
import type { AnnotationDoc, Change, Pixels, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { TileFeed } from '#renderer/photo/tiles.ts';
import type { CommandArguments, CommandName } from './commands.ts';
import type { Rect } from './geometry.ts';
import type { Brush, ToolId, Wire, WireEnds } from './tools/tool.ts';
import type { Meant, Standing } from './standing.ts';
import type { Viewport } from './viewport.ts';

/** A decoded, upright picture. The canvas draws from it and never closes or changes it. */
export type PlainPicture = ImageBitmap | HTMLImageElement | HTMLCanvasElement | OffscreenCanvas;

/** A large photo: a smaller picture of all of it, and tiles of it for looking closely. */
export interface TiledPicture {
  readonly base: ImageBitmap;
  readonly tiles: TileFeed;
}

export type Picture = PlainPicture | TiledPicture;

export type CrosshairSwitch = 'drawing' | 'always' | 'never';

/** What is set of the tools beside which of them is chosen. */
export interface ToolSettings {
  /** Points are drawn to the outlines of other shapes. */
  readonly snapping: boolean;
  /** Lines follow the edges of the picture, along wires that whoever holds its pixels traces. */
  readonly wire: boolean;
  readonly brush: Brush;
}

export interface CanvasOptions {
  /** What a screen reader calls the canvas. */
  readonly ariaLabel: string;
  /** Says the selection in words; spoken by screen readers after it changed. Empty: nothing is said. */
  readonly describe?: (selection: readonly Shape[]) => string;
  /** Says a place (image pixels) in words; spoken while keys move the cursor. */
  readonly describePlace?: (x: Pixels, y: Pixels) => string;
  /** What stands on a shape that has no class yet. Nothing when left out. */
  readonly unlabelledName?: string;
  /** Keeps drawn, resized and moved shapes inside the picture. Default true. */
  readonly clampToImage?: boolean;
  /** Colour around the picture, any CSS colour. */
  readonly surround?: string;
  /** Class names on the shapes. Default true. */
  readonly showNames?: boolean;
  /** Lines between the pixels once they are large enough. Default true. */
  readonly pixelGrid?: boolean;
  /** Lines through the pointer over the whole view: while something is drawn (the default), at all times, or never. */
  readonly crosshair?: CrosshairSwitch;
}

/** Where the pointer is, in image pixels. */
export interface PointerPosition {
  readonly x: Pixels;
  readonly y: Pixels;
  /** False over the empty space around the picture. */
  readonly inside: boolean;
  /** The topmost shape under the pointer while no gesture is under way. */
  readonly over: ShapeId | null;
}

export interface CanvasEvents {
  /** A finished edit, already on screen: append it to the journal. */
  change: Change;
  /** The ids of the selected shapes, after every change of the selection. */
  selection: readonly ShapeId[];
  viewport: Viewport;
  /** Pointer moved over the canvas; null when it left. At most once a frame. */
  pointer: PointerPosition | null;
  tool: ToolId;
  settings: ToolSettings;
  /** The chosen vertices of the selected shape are others. */
  vertices: readonly string[];
  /** Key of the label that the next drawn shape gets; null for none. */
  label: string | null;
  /** What is hidden, locked or put aside is other than before. */
  standing: Standing;
  /** The shape being drawn or edited, at every step of a gesture; null when the gesture ended. */
  gesture: Shape | null;
  /** Where a wire is wanted while lines follow edges: answered with `setWire`. Null when none is wanted any more. */
  wired: WireEnds | null;
  /** A command that only the holder of the journal can carry out. */
  request: 'undo' | 'redo';
}

export interface ImageCanvas {
  /** Puts the canvas into `host` (emptied and filled) and starts to listen to pointers. Once only. */
  mount(host: HTMLElement): void;
  /**
   * Shows a picture of `width` x `height` image pixels and fits it into the view; null shows none. The bitmap may be
   * smaller than that (a reduced decode): it is stretched over the full size. `opaque`: nothing shows through it, so that
   * what it covers need not be painted below it.
   */
  setImage(picture: Picture | null, width: Pixels, height: Pixels, opaque?: boolean): void;
  /** Shows the photo that is there by another picture of it; the view and a gesture under way stay as they are. */
  exchangeImage(picture: Picture): void;
  /**
   * Replaces all shapes. Cancels a gesture under way and drops the selection of shapes that no longer exist, and whatever
   * was still held back: call `settle` before the journal is exchanged for another task's.
   */
  setDoc(doc: AnnotationDoc): void;
  /** Applies a change that came from elsewhere (undo, redo, paste, import). It is not emitted. */
  apply(change: Change): void;
  setLabels(labels: LabelSet): void;
  /** Changes options at any time. */
  setOptions(options: Partial<CanvasOptions>): void;

  /** The shapes as they are shown now, in drawing order, without a gesture under way. */
  readonly doc: AnnotationDoc;
  readonly selection: readonly ShapeId[];
  /** Selects exactly these shapes; unknown ids are ignored. */
  select(ids: readonly ShapeId[]): void;
  /** What is hidden, locked or put aside: a matter of looking, never in the document. */
  readonly standing: Standing;
  setStanding(standing: Standing): void;
  /** Draws the shapes that are not meant faintly, and has nothing hit them; null: all are meant. */
  setMeant(meant: Meant | null): void;
  /** The shape being drawn or edited right now (not yet a change), for an autosave; null when there is none. */
  gesture(): Shape | null;
  /** Whether a hand is at work: a button is down, or a shape is begun. `apply` and `select` would take it away. */
  readonly busy: boolean;
  /**
   * Emits edits that are held back for merging (repeated nudges), finishes a line under way that is something already, and
   * cancels any other gesture.
   */
  settle(): void;

  readonly viewport: Viewport;
  /** Shows the picture at `scale` CSS pixels per image pixel (0.01 to 64), keeping the middle of the view in place. */
  zoomTo(scale: number): void;
  /** Multiplies the zoom by `factor`, keeping the image point under the cursor (`at`, CSS pixels of the host) in place. */
  zoomBy(factor: number, at?: { readonly x: number; readonly y: number }): void;
  /** Moves the picture by CSS pixels. */
  pan(dx: number, dy: number): void;
  /** Shows the whole picture with a small margin; with a rectangle of image pixels, that part. */
  fit(area?: Rect): void;
  /** What floats over the top left corner of the host reaches so far (CSS pixels); a picture that is fitted begins beside or beneath. */
  setCovered(corner: { readonly width: number; readonly height: number }): void;
  /** Brings an image point into the middle of the view. */
  centre(x: Pixels, y: Pixels): void;

  readonly tool: ToolId;
  setTool(tool: ToolId): void;
  readonly settings: ToolSettings;
  /** The wire from the last point of the line under way; it is shown at once, and the next click takes its points. */
  setWire(wire: Wire | null): void;
  /** Where a wire is wanted now. */
  readonly wired: WireEnds | null;
  /** Key of the label that the next drawn shape gets. */
  readonly label: string | null;
  setLabel(key: string | null): void;

  /** True when the command would do something now (see the mode x command table in modes.ts). */
  can(name: CommandName): boolean;
  /** Carries a command out; false when the mode the canvas is in has no use for it. */
  command<Name extends CommandName>(name: Name, ...args: CommandArguments<Name>): boolean;

  on<Name extends keyof CanvasEvents>(name: Name, listener: (payload: CanvasEvents[Name]) => void): () => void;
  /** Releases everything. The instance can't be used afterwards. */
  dispose(): void;
}
