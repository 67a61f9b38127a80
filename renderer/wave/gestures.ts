import type { ShapeId } from '#shared/domain/annotation.ts';
import type { EditLimits, SegmentEdit } from '#shared/rules/segment-edits.rules.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import type { Stretch } from '#shared/sound/silences.ts';
import { hitAt, type Hit } from './hit-test.ts';
import type { Layout } from './layout.ts';
import { windowOn } from './minimap.ts';
import { boundaryEdit, freeAround, movedSegments, shiftRange, touching, wantedSegments } from './span-edits.ts';
import { movedBy, toFrame, type AxisLimits, type TimeAxis } from './time-axis.ts';
import type { WaveScene } from './wave-scene.ts';
import type { WavePort, WaveSettings } from './wave-view.ts';

/** What the pointer did, in device pixels of the canvas. */
export interface WaveInput {
  readonly x: number;
  readonly y: number;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
}

/** What gestures work with. */
export interface GestureParts {
  readonly scene: WaveScene;
  readonly port: Pick<WavePort, 'select' | 'seek' | 'scrub' | 'snap' | 'newSegment'>;
  settings(): WaveSettings;
  layout(): Layout;
  axis(): TimeAxis;
  axisLimits(): AxisLimits;
  limits(): EditLimits;
  setAxis(axis: TimeAxis): void;
  /** Segments shown instead of or beside those of the document. */
  preview(segments: readonly Segment[]): void;
  /** A gesture is finished; null: it changed nothing. */
  commit(edit: SegmentEdit | null): void;
}

type Gesture =
  | { readonly kind: 'press'; readonly hit: Hit; readonly at: WaveInput }
  | {
      readonly kind: 'draw';
      readonly anchor: number;
      readonly free: Stretch;
      readonly segment: Segment;
      edit: SegmentEdit | null;
    }
  | {
      readonly kind: 'edge';
      readonly segment: Segment;
      readonly edge: 'start' | 'end';
      /** From the pointer to the boundary, in frames, so that it does not jump when it is taken hold of. */
      readonly offset: number;
      edit: SegmentEdit | null;
    }
  | {
      readonly kind: 'move';
      readonly ids: readonly ShapeId[];
      readonly held: Segment;
      readonly grabbed: number;
      readonly range: { readonly least: number; readonly most: number };
      /** The one tier that all of them lie on. */
      readonly tier: string | null;
      edit: SegmentEdit | null;
    }
  | { readonly kind: 'gather'; readonly anchor: Hit; readonly before: readonly ShapeId[] }
  | { readonly kind: 'seek' }
  | { readonly kind: 'minimap'; readonly offset: number }
  | { readonly kind: 'pan'; last: number };

/** CSS pixels: a press that moved no further is a click. */
const clickReach = 3;
/** CSS pixels: boundaries are drawn to places this near. */
const snapReach = 8;
/** Share of the distance beyond the edge that the view moves by at every frame. */
const edgeSpeed = 0.2;

/** From pointers to edits: one gesture at a time. */
export class Gestures {
  readonly #parts: GestureParts;
  #gesture: Gesture | null = null;
  #last: WaveInput | null = null;

  constructor(parts: GestureParts) {
    this.#parts = parts;
  }

  get busy(): boolean {
    return this.#gesture !== null;
  }

  /** Whether the place of the pointer is being told already, by what is dragged. */
  get kind(): Gesture['kind'] | null {
    return this.#gesture?.kind ?? null;
  }

  /** What lies under a point. */
  hit(x: number, y: number): Hit {
    const { scene, layout, axis, axisLimits } = this.#parts;
    return hitAt({ x, y, layout: layout(), axis: axis(), scene, frames: axisLimits().frames });
  }

  /** The main button went down. */
  down(input: WaveInput): void {
    this.#last = input;
    const hit = this.hit(input.x, input.y);
    switch (hit.area) {
      case 'minimap':
        return this.#takeMinimap(input);
      case 'ruler':
        this.#parts.port.seek(Math.round(hit.frame));
        this.#gesture = { kind: 'seek' };
        return;
      case 'gutter':
        return;
      case 'lanes':
      case 'tiers':
        this.#gesture = { kind: 'press', hit, at: input };
    }
  }

  /** The middle button went down. */
  pan(input: WaveInput): void {
    this.#gesture = { kind: 'pan', last: input.x };
  }

  move(input: WaveInput): void {
    this.#last = input;
    const gesture = this.#gesture;
    if (gesture === null) return;
    const { port, axis, axisLimits, layout } = this.#parts;
    switch (gesture.kind) {
      case 'press':
        return this.#leavePress(gesture, input);
      case 'draw':
        return this.#draw(gesture, input);
      case 'edge':
        return this.#dragEdge(gesture, input);
      case 'move':
        return this.#dragBody(gesture, input);
      case 'gather':
        return this.#gather(gesture, input);
      case 'seek':
        return port.scrub(Math.round(this.#frameAt(input)));
      case 'minimap': {
        const { width, left } = layout();
        const middle = ((input.x - gesture.offset) / width) * axisLimits().frames;
        return this.#parts.setAxis(this.#centred(middle, width - left));
      }
      case 'pan':
        this.#parts.setAxis(movedBy(axis(), gesture.last - input.x, axisLimits()));
        gesture.last = input.x;
    }
  }

  up(input: WaveInput): void {
    const gesture = this.#gesture;
    if (gesture === null) return;
    this.move(input);
    const now = this.#gesture ?? gesture;
    this.#gesture = null;
    const { port, commit } = this.#parts;
    switch (now.kind) {
      case 'press':
        return this.#click(now);
      case 'draw': {
        const made = now.edit?.wanted[0]?.id;
        commit(now.edit);
        if (made !== undefined) port.select([made]);
        return;
      }
      case 'edge':
        port.scrub(null);
        return commit(now.edit);
      case 'move':
        return commit(now.edit);
      case 'seek':
        port.scrub(null);
        return port.seek(Math.round(this.#frameAt(input)));
      case 'gather':
      case 'minimap':
      case 'pan':
    }
  }

  /** Ends it without a trace; false when there is none. */
  cancel(): boolean {
    const gesture = this.#gesture;
    if (gesture === null) return false;
    this.#gesture = null;
    if (gesture.kind === 'edge' || gesture.kind === 'seek') this.#parts.port.scrub(null);
    if (gesture.kind === 'gather') this.#parts.port.select(gesture.before);
    this.#parts.preview([]);
    return true;
  }

  /** Before every frame: while something is dragged beyond the edge the view goes along. True when it moved. */
  follow(): boolean {
    const gesture = this.#gesture;
    const last = this.#last;
    if (!gesture || !last || !dragged.has(gesture.kind)) return false;
    const { layout, axis, axisLimits, setAxis } = this.#parts;
    const { left, width } = layout();
    const beyond = last.x < left ? last.x - left : last.x > width - 1 ? last.x - width + 1 : 0;
    // At the very edge of the window the pointer gets no further.
    const step = beyond === 0 ? 0 : Math.round(beyond * edgeSpeed) + Math.sign(beyond) * 4;
    if (step === 0) return false;
    const before = axis();
    setAxis(movedBy(before, step, axisLimits()));
    if (axis().origin === before.origin) return false;
    this.move(last);
    return true;
  }

  #frameAt({ x }: WaveInput): number {
    const { axis, layout, axisLimits } = this.#parts;
    return Math.min(Math.max(toFrame(axis(), x - layout().left), 0), axisLimits().frames);
  }

  #centred(frame: number, width: number): TimeAxis {
    const { axis, axisLimits } = this.#parts;
    return movedBy(axis(), frame * axis().k - width / 2 - axis().origin, axisLimits());
  }

  #takeMinimap(input: WaveInput): void {
    const { layout, axis, axisLimits } = this.#parts;
    const { left, right } = windowOn(axisLimits().frames, axis(), layout());
    const inside = input.x >= left && input.x <= right;
    this.#gesture = { kind: 'minimap', offset: inside ? input.x - (left + right) / 2 : 0 };
    if (!inside) this.move(input);
  }

  #leavePress({ hit, at }: Extract<Gesture, { kind: 'press' }>, input: WaveInput): void {
    const { layout, scene, limits, port } = this.#parts;
    const way = Math.max(Math.abs(input.x - at.x), Math.abs(input.y - at.y));
    if (way < (hit.edge ? 1 : clickReach) * layout().ratio) return;
    const { segment, edge, tier } = hit;
    const doc = scene.doc;
    if (at.shift) {
      this.#gesture = { kind: 'gather', anchor: hit, before: [...scene.selection] };
    } else if (segment && edge) {
      if (!scene.selection.has(segment.id)) port.select([segment.id]);
      const offset = segment.geometry[edge] - hit.frame;
      this.#gesture = { kind: 'edge', segment, edge, offset, edit: null };
    } else if (segment && (hit.area === 'tiers' || scene.selection.has(segment.id))) {
      if (!scene.selection.has(segment.id)) port.select([segment.id]);
      const moved = scene.selected();
      const ids = moved.map(({ id }) => id);
      const one = moved.every(({ geometry }) => geometry.tier === segment.geometry.tier);
      const range = shiftRange(doc, ids, limits());
      const of = one ? segment.geometry.tier : null;
      this.#gesture = { kind: 'move', ids, held: segment, grabbed: hit.frame, range, tier: of, edit: null };
    } else if (segment) {
      // On the waveform one that is not selected is not moved: a hand that slips while it clicks would change it.
      this.#gesture = null;
      return;
    } else {
      const free = freeAround(scene, tier, hit.frame, limits());
      if (free === null) return void (this.#gesture = null);
      const channel = layout().tiers.find(({ key }) => key === tier)?.channel ?? null;
      const geometry = { type: 'span', start: 0, end: 0, tier, channel } as const;
      const segmentToBe: Segment = { ...port.newSegment(), geometry };
      const anchor = this.#snapped(hit.frame, at, []);
      this.#gesture = { kind: 'draw', anchor, free, segment: segmentToBe, edit: null };
    }
    this.move(input);
  }

  #click({ hit, at }: Extract<Gesture, { kind: 'press' }>): void {
    const { scene, port } = this.#parts;
    const { segment } = hit;
    if (segment && (at.shift || at.ctrl)) {
      const others = [...scene.selection].filter((id) => id !== segment.id);
      return port.select(scene.selection.has(segment.id) ? others : [...others, segment.id]);
    }
    if (segment ? scene.selection.size !== 1 || !scene.selection.has(segment.id) : scene.selection.size > 0) {
      port.select(segment ? [segment.id] : []);
    }
    port.seek(Math.round(hit.frame));
  }

  #draw(gesture: Extract<Gesture, { kind: 'draw' }>, input: WaveInput): void {
    const { free, segment } = gesture;
    const within = (frame: number): number => Math.min(Math.max(Math.round(frame), free.start), free.end);
    const [a, b] = [within(gesture.anchor), within(this.#snapped(this.#frameAt(input), input, []))];
    const drawn = { ...segment, geometry: { ...segment.geometry, start: Math.min(a, b), end: Math.max(a, b) } };
    gesture.edit = a === b ? null : { label: 'draw', wanted: [{ id: segment.id, after: drawn }] };
    this.#parts.preview(gesture.edit ? [drawn] : []);
  }

  #dragEdge(gesture: Extract<Gesture, { kind: 'edge' }>, input: WaveInput): void {
    const { scene, settings, limits, port, preview } = this.#parts;
    const { segment, edge, offset } = gesture;
    const neighbour = settings().linked === input.alt ? null : touching(scene, segment, edge);
    const moved = neighbour ? [segment.id, neighbour.id] : [segment.id];
    const frame = this.#snapped(this.#frameAt(input) + offset, input, moved);
    gesture.edit = boundaryEdit(scene.doc, segment, edge, frame, limits(), neighbour);
    const shown = wantedSegments(gesture.edit);
    preview(shown.length > 0 ? shown : [segment]);
    const place = (shown.find(({ id }) => id === segment.id) ?? segment).geometry[edge];
    port.scrub(place, edge === 'end' ? 'before' : 'after');
  }

  #dragBody(gesture: Extract<Gesture, { kind: 'move' }>, input: WaveInput): void {
    const { scene, limits, preview } = this.#parts;
    const { held, ids, range } = gesture;
    const { start, end } = held.geometry;
    const by = this.#frameAt(input) - gesture.grabbed;
    // Whichever end is drawn to something nearer.
    const [first, last] = [this.#snapped(start + by, input, ids) - start, this.#snapped(end + by, input, ids) - end];
    const nearer =
      Math.abs(first - by) > 0.5 && (Math.abs(last - by) <= 0.5 || Math.abs(first - by) <= Math.abs(last - by));
    const wanted = Math.round(nearer ? first : last);
    const row = this.hit(input.x, input.y);
    const tier = gesture.tier !== null && row.area === 'tiers' && row.tier !== gesture.tier ? row.tier : null;
    const shift = tier === null ? Math.min(Math.max(wanted, range.least), range.most) : wanted;
    gesture.edit = shift === 0 && tier === null ? null : movedSegments(scene.doc, ids, shift, tier, limits());
    const shown = wantedSegments(gesture.edit);
    preview(shown.length > 0 ? shown : ids.length > 1 ? scene.selected() : [held]);
  }

  /** Selects what lies between two places, on the rows between them. */
  #gather({ anchor, before }: Extract<Gesture, { kind: 'gather' }>, input: WaveInput): void {
    const { scene, port, layout } = this.#parts;
    const hit = this.hit(input.x, input.y);
    const keys = layout().tiers.map(({ key }) => key);
    const [a, b] = [keys.indexOf(anchor.tier), keys.indexOf(hit.tier)].sort((one, other) => one - other) as [
      number,
      number,
    ];
    const [from, to] = [Math.min(anchor.frame, hit.frame), Math.max(anchor.frame, hit.frame)];
    const found = keys.slice(Math.max(a, 0), b + 1).flatMap(
      (key) =>
        scene.segments.tiers
          .get(key)
          ?.within(from, to)
          .map(({ shape }) => shape.id) ?? [],
    );
    port.select([...new Set([...before, ...found])]);
  }

  /** The place to which a boundary is drawn near `frame`, else `frame`. Not while Ctrl is held. */
  #snapped(frame: number, { ctrl }: WaveInput, moved: readonly ShapeId[]): number {
    const { scene, settings, axis, layout, port } = this.#parts;
    const reach = (snapReach * layout().ratio) / axis().k;
    if (!settings().snapping || ctrl || reach < 1) return frame;
    let best = port.snap(Math.round(frame), Math.floor(reach));
    if (best !== null && Math.abs(best - frame) > reach) best = null;
    const consider = (place: number): void => {
      if (Math.abs(place - frame) <= (best === null ? reach : Math.abs(best - frame))) best = place;
    };
    for (const [, tier] of scene.segments.tiers) {
      tier.visit(frame - reach, frame + reach, ({ shape, start, end }) => {
        if (moved.includes(shape.id)) return;
        consider(start);
        consider(end);
      });
    }
    return best ?? frame;
  }
}

/** Gestures that the view follows beyond its edges. */
const dragged: ReadonlySet<Gesture['kind']> = new Set<Gesture['kind']>(['draw', 'edge', 'move', 'gather', 'seek']);
