import { createScope } from '#renderer/lib/scope.ts';
import type { AnnotationDoc, Proposal, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { changeOfEdit, type EditLimits, type SegmentEdit } from '#shared/rules/segment-edits.rules.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import type { Stretch } from '#shared/sound/silences.ts';
import { Gestures, type WaveInput } from './gestures.ts';
import { Nudges } from './nudges.ts';
import { createWaveStage, type WaveStage } from './stage.ts';
import { axisOf, movedBy, toFrame, toX, wholeAxis, withinLimits, zoomedAt, type TimeAxis } from './time-axis.ts';
import { listenToWave } from './wave-input.ts';
import { WavePicture } from './wave-picture.ts';
import { placeOf, WaveLines } from './wave-lines.ts';
import { WaveScene } from './wave-scene.ts';
import { readColors, watchColors } from './wave-style.ts';
import type { SpanEdge, WaveMark, WavePlace, WavePort, WaveSettings, WaveTier, WaveView } from './wave-view.ts';

/** Milliseconds that an emitted edit stays on screen while the document with it is awaited. */
const changeRest = 400;
/** The share of the view left free around what is brought into it. */
const revealMargin = 0.08;

/**
 * Makes the picture of a recording inside `host`; wave-view.ts says how it is used.
 * @param startWorker starts the worker that computes spectra, where the usual one can't be found
 */
export function createWaveView(host: HTMLElement, port: WavePort, startWorker?: () => Worker): WaveView {
  return new WaveEngine(host, port, startWorker);
}

/** Puts the parts together; each of them knows only what it is given. */
class WaveEngine implements WaveView {
  readonly #scope = createScope();
  readonly #scene = new WaveScene();
  readonly #port: WavePort;
  readonly #stage: WaveStage;
  readonly #picture: WavePicture;
  readonly #gestures: Gestures;
  readonly #host: HTMLElement;
  readonly #nudges: Nudges;
  readonly #lines: WaveLines;
  /** True until the view is zoomed or moved. */
  #whole = true;
  #frameAsked = false;
  #sized = false;
  #scanned: number;
  #cursor: number | null = null;
  #playhead: number | null = null;
  #told: TimeAxis | null = null;
  #stopWaiting: () => void = () => undefined;

  constructor(host: HTMLElement, port: WavePort, startWorker: (() => Worker) | undefined) {
    this.#host = host;
    this.#port = port;
    const { sound, words } = port;
    this.#scanned = sound.scanned;
    this.#stage = createWaveStage(this.#scope, host, words.label, (...size) => this.#resized(...size));
    const colors = readColors(host);
    this.#picture = this.#scope.own(
      new WavePicture(this.#stage.canvas, {
        sound,
        scene: this.#scene,
        words,
        colors,
        startWorker,
        ask: () => this.#schedule(),
      }),
    );
    this.#stage.setColors(colors);
    this.#gestures = new Gestures({
      scene: this.#scene,
      port,
      settings: () => this.settings,
      layout: () => this.#picture.layout,
      axis: () => this.#picture.axis,
      axisLimits: () => this.#picture.limits,
      limits: () => this.#limits(),
      setAxis: (axis) => this.#setAxis(axis),
      preview: (segments) => this.#preview(segments),
      commit: (edit) => this.#commit(edit),
    });
    this.#nudges = new Nudges(this.#scope, this.#scene, {
      limits: () => this.#limits(),
      preview: (segments) => this.#preview(segments),
      commit: (edit) => this.#commit(edit),
    });
    this.#lines = new WaveLines(this.#stage, this.#picture, this.#gestures, port);
    this.#scope.add(sound.subscribe(() => this.#heard()));
    this.#listen();
  }

  setDoc(doc: AnnotationDoc): void {
    if (doc === this.#scene.doc) return;
    this.#stopWaiting();
    this.#nudges.drop();
    this.#gestures.cancel();
    this.#preview([]);
    const changed = this.#scene.updateDoc(doc);
    if (changed === null) return this.#keepingRows(() => this.#scene.setDoc(doc));
    // While one writes only the band with the words is another.
    if (changed.length > 20 || changed.some(({ was, is }) => was.label !== is.label))
      return this.#picture.sceneChanged();
    for (const { is } of changed) this.#changedAround(is.id);
  }

  setLabels(labels: LabelSet): void {
    this.#scene.setLabels(labels);
    this.#picture.sceneChanged();
  }

  setSelection(ids: readonly ShapeId[]): void {
    const before = this.#scene.selection;
    if (before.size === ids.length && ids.every((id) => before.has(id))) return;
    this.#nudges.flush();
    this.#scene.selection = new Set(ids);
    const touched = [...before, ...ids];
    if (touched.length > 20) return this.#picture.changed();
    for (const id of touched) this.#changedAround(id);
  }

  setProposals(proposals: readonly Proposal[]): void {
    this.#keepingRows(() => this.#scene.setProposals(proposals));
  }

  setMarks(marks: readonly WaveMark[]): void {
    this.#scene.setMarks(marks);
    this.#picture.sceneChanged();
  }

  setTiers(tiers: readonly WaveTier[], active: string): void {
    this.#scene.setTiers(tiers, active);
    this.#picture.rowsChanged();
  }

  setCursor(frame: number | null): void {
    this.#cursor = frame;
    this.#lines.place(this.#cursor, this.#playhead);
  }

  setPlayhead(frame: number | null): void {
    const before = this.#playhead;
    this.#playhead = frame;
    if (frame !== null && !this.#gestures.busy) this.#followPlayhead(before, frame);
    this.#lines.place(this.#cursor, this.#playhead);
  }

  get settings(): WaveSettings {
    return this.#picture.settings;
  }

  setView(settings: Partial<WaveSettings>): void {
    const next = { ...this.settings, ...settings };
    const before: WaveSettings = this.settings;
    const names = Object.keys(next) as (keyof WaveSettings)[];
    if (names.some((name) => next[name] !== before[name])) this.#picture.setSettings(next);
  }

  visible(): Stretch {
    const { axis, limits } = this.#picture;
    return { start: toFrame(axis, 0), end: Math.min(toFrame(axis, limits.width), limits.frames) };
  }

  show(from: number, to: number): void {
    this.#whole = false;
    this.#setAxis(axisOf(from, to, this.#picture.limits));
  }

  reveal(from: number, to: number): void {
    const { start, end } = this.visible();
    if (from >= start && to <= end) return;
    const room = end - start;
    if (to - from > room * (1 - 2 * revealMargin)) {
      const aside = (to - from) * revealMargin;
      return this.show(from - aside, to + aside);
    }
    const { axis, limits } = this.#picture;
    const first = from < start ? from - room * revealMargin : to + room * (revealMargin - 1);
    this.#whole = false;
    this.#setAxis(withinLimits({ k: axis.k, origin: first * axis.k }, limits));
  }

  zoom(factor: number, at?: number): void {
    const { axis, limits } = this.#picture;
    const { start, end } = this.visible();
    const inView = this.#cursor !== null && this.#cursor >= start && this.#cursor <= end;
    const frame = at ?? (inView ? this.#cursor! : (start + end) / 2);
    this.#whole = false;
    this.#setAxis(zoomedAt(axis, factor, toX(axis, frame), limits));
  }

  scroll(share: number): void {
    const { axis, limits } = this.#picture;
    this.#whole = false;
    this.#setAxis(movedBy(axis, Math.round(share * limits.width), limits));
  }

  fitAll(): void {
    this.#setAxis(wholeAxis(this.#picture.limits));
    this.#whole = true;
  }

  fitSelection(): boolean {
    const selected = this.#scene.selected().map(({ geometry }) => geometry);
    if (selected.length === 0) return false;
    const from = selected.reduce((least, { start }) => Math.min(least, start), Infinity);
    const to = selected.reduce((most, { end }) => Math.max(most, end), 0);
    const aside = Math.max((to - from) * revealMargin, 1);
    this.show(from - aside, to + aside);
    return true;
  }

  nudge(edge: SpanEdge, frames: number): boolean {
    return !this.#gestures.busy && this.#nudges.nudge(edge, frames);
  }

  cancel(): boolean {
    return this.#gestures.cancel();
  }

  get busy(): boolean {
    return this.#gestures.busy;
  }

  settle(): void {
    this.#gestures.cancel();
    this.#nudges.flush();
  }

  dispose(): void {
    this.#scope.dispose();
  }

  /** Puts other segments into the scene; where they are on the same rows as before, the lanes are left as they are. */
  #keepingRows(change: () => void): void {
    const rows = (): string => this.#scene.tiers.map(({ key }) => key).join('\n');
    const before = rows();
    change();
    if (rows() !== before) this.#picture.rowsChanged();
    this.#picture.sceneChanged();
  }

  #limits(): EditLimits {
    const { frames } = this.#port.sound.facts;
    const { noOverlap } = this.settings;
    return noOverlap === null ? { frames } : { frames, noOverlap };
  }

  /** Emits an edit; it stays on screen until the document with it comes back. */
  #commit(edit: SegmentEdit | null): void {
    const { doc } = this.#scene;
    const change = changeOfEdit(doc, edit);
    if (!change) return this.#preview([]);
    this.#stopWaiting();
    this.#port.emit(change);
    if (this.#scene.doc === doc) this.#stopWaiting = this.#scope.timeout(() => this.#preview([]), changeRest);
  }

  #preview(segments: readonly Segment[]): void {
    if (segments.length === 0 && this.#scene.preview.size === 0) return;
    const touched = new Set([...this.#scene.preview.keys(), ...segments.map(({ id }) => id)]);
    if (touched.size > 20) this.#picture.changed();
    else for (const id of touched) this.#changedAround(id);
    this.#scene.preview = new Map(segments.map((segment) => [segment.id, segment]));
    if (touched.size <= 20) for (const id of touched) this.#changedAround(id);
  }

  /** A segment, as it was and as it is shown, has to be painted anew. */
  #changedAround(id: ShapeId): void {
    const { preview, segments } = this.#scene;
    for (const each of [preview.get(id)?.geometry, segments.byId.get(id)]) if (each) this.#picture.changed(each);
  }

  #setAxis(axis: TimeAxis): void {
    const { axis: before } = this.#picture;
    if (axis.k === before.k && axis.origin === before.origin) return;
    this.#picture.axis = axis;
    this.#lines.viewMoved();
    this.#schedule();
  }

  #resized(width: number, height: number, ratio: number): void {
    const { start, end } = this.visible();
    this.#picture.resize(width, height, ratio);
    const { left, ruler } = this.#picture.layout;
    this.#stage.setMeasures(left / ratio, ruler.top / ratio, (ruler.bottom - ruler.top) / ratio);
    const { limits } = this.#picture;
    this.#setAxis(this.#whole || !this.#sized ? wholeAxis(limits) : axisOf(start, end, limits));
    this.#sized = true;
    // At once: sizes are observed after the frame's callbacks, and a canvas of another size is blank.
    this.#draw();
  }

  /** More was gone through, or the length is known better. */
  #heard(): void {
    const { scanned, facts } = this.#port.sound;
    const { limits } = this.#picture;
    this.#setAxis(this.#whole ? wholeAxis(limits) : withinLimits(this.#picture.axis, limits));
    this.#picture.soundChanged({ start: Math.min(this.#scanned, scanned), end: Math.max(scanned, facts.frames) });
    this.#scanned = scanned;
  }

  #followPlayhead(before: number | null, frame: number): void {
    const { follow } = this.settings;
    if (follow === 'off' || !this.#sized) return;
    const { axis, limits } = this.#picture;
    if (follow === 'smooth') {
      return this.#setAxis(withinLimits({ k: axis.k, origin: frame * axis.k - limits.width / 2 }, limits));
    }
    const { start, end } = this.visible();
    const wasInView = before === null || (before >= start && before <= end);
    // Whoever looks elsewhere while it plays is left there.
    if (!wasInView || (frame >= start && frame < end)) return;
    this.#setAxis(withinLimits({ k: axis.k, origin: (frame - (end - start) * revealMargin) * axis.k }, limits));
  }

  #schedule(): void {
    if (this.#frameAsked || !this.#sized) return;
    this.#frameAsked = true;
    this.#scope.frame(() => {
      this.#frameAsked = false;
      if (this.#gestures.follow()) this.#schedule();
      this.#draw();
    });
  }

  #draw(): void {
    this.#picture.draw();
    this.#lines.place(this.#cursor, this.#playhead);
    this.#lines.tellPointer();
    const { axis } = this.#picture;
    if (axis === this.#told) return;
    this.#told = axis;
    this.#port.viewed(this.visible());
  }

  #listen(): void {
    const { root } = this.#stage;
    const moved = (input: WaveInput | null): void => {
      this.#lines.pointAt(input);
      this.#schedule();
    };
    listenToWave(this.#scope, root, this.#host, {
      ratio: () => this.#stage.ratio,
      down: (input) => {
        this.#nudges.flush();
        const { area, tier } = this.#gestures.hit(input.x, input.y);
        if (area === 'minimap') this.#whole = false;
        else if (area === 'tiers' || area === 'gutter') this.#port.activate?.(tier);
        this.#gestures.down(input);
        moved(input);
      },
      pan: (input) => {
        this.#whole = false;
        this.#gestures.pan(input);
        this.#stage.setCursor('grabbing');
      },
      move: (input) => {
        this.#gestures.move(input);
        moved(input);
      },
      up: (input) => {
        this.#gestures.up(input);
        moved(input);
      },
      leave: () => moved(null),
      lost: () => void this.#gestures.cancel(),
      doubleClick: (input) => {
        const { segment, area } = this.#gestures.hit(input.x, input.y);
        if (segment) this.#port.play(segment.id);
        else if (area === 'minimap') this.fitAll();
      },
      contextmenu: (input, page) => {
        this.#gestures.cancel();
        const place = input ? placeOf(this.#gestures.hit(input.x, input.y)) : this.#placeOfSelection();
        this.#port.contextmenu(place, page);
      },
      scroll: (dx, dy, at) => {
        const { layout, axis, limits } = this.#picture;
        if (at.x < layout.left && this.#picture.scrollTiers(dy)) return;
        this.#whole = false;
        this.#setAxis(movedBy(axis, Math.round(Math.abs(dx) > Math.abs(dy) ? dx : dy), limits));
      },
      zoom: (factor, at) => {
        const { layout, axis, limits } = this.#picture;
        this.#whole = false;
        this.#setAxis(zoomedAt(axis, factor, Math.max(at.x - layout.left, 0), limits));
      },
    });
    watchColors(this.#scope, this.#host, (colors) => {
      this.#stage.setColors(colors);
      this.#picture.setColors(colors);
    });
    // Texts painted before the fonts came are of other widths.
    void document.fonts.ready.then(() => this.#scope.disposed || this.#picture.changed());
  }

  #placeOfSelection(): WavePlace {
    const [first] = this.#scene.selected();
    const { start, end } = this.visible();
    const frame = Math.round(first?.geometry.start ?? this.#cursor ?? (start + end) / 2);
    return { frame, tier: first?.geometry.tier ?? this.#scene.activeTier, shape: first?.id ?? null, channel: null };
  }
}
