import type { AnnotationDoc, Proposal, Shape, ShapeId, SpanGeometry } from '#shared/domain/annotation.ts';
import type { Label, LabelSet } from '#shared/domain/label-set.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import { emptyDoc } from '#shared/rules/undo-journal.rules.ts';
import { Intervals } from './intervals.ts';
import { indexSpans, updateSpans, type Placed, type SpanIndex } from './span-index.ts';
import type { WaveMark, WaveTier } from './wave-view.ts';

/** A proposal of a segment. */
export type SpanProposal = Proposal & { geometry: SpanGeometry };

/** A mark with a place of its own. */
export interface PlacedMark {
  readonly start: number;
  readonly end: number;
  readonly mark: WaveMark;
}

/** What there is to see and to take hold of, without where it is on the screen. */
export class WaveScene {
  doc: AnnotationDoc = emptyDoc;
  segments: SpanIndex<Segment> = indexSpans([]);
  proposals: SpanIndex<SpanProposal> = indexSpans([]);
  selection: ReadonlySet<ShapeId> = new Set();
  /** Segments of a gesture, shown instead of or beside those of the document. */
  preview: ReadonlyMap<ShapeId, Segment> = new Map();
  placedMarks = new Intervals<PlacedMark>([]);
  /** The sign on a segment that marks of it ask for. */
  signs: ReadonlyMap<ShapeId, WaveMark['tone']> = new Map();
  activeTier = '';
  #labels: ReadonlyMap<string, Label> = new Map();
  #named: readonly WaveTier[] = [];
  #marks: readonly WaveMark[] = [];
  #tiers: readonly WaveTier[] = [];

  /** The rows: those that were named, then those that only segments name. */
  get tiers(): readonly WaveTier[] {
    return this.#tiers;
  }

  /** Takes a document that has the same segments at the same places: what is written in them, or asked of them, may be another. */
  updateDoc(doc: AnnotationDoc): readonly { was: Shape; is: Shape }[] | null {
    const changed = updateSpans(this.segments, this.doc.shapes, doc.shapes);
    if (changed) this.doc = doc;
    return changed;
  }

  setDoc(doc: AnnotationDoc): void {
    this.doc = doc;
    this.segments = indexSpans(doc.shapes);
    this.#placeMarks();
    this.#listTiers();
  }

  setProposals(proposals: readonly Proposal[]): void {
    this.proposals = indexSpans(proposals);
    this.#listTiers();
  }

  setTiers(tiers: readonly WaveTier[], active: string): void {
    this.#named = tiers;
    this.activeTier = active;
    this.#listTiers();
  }

  setLabels(labels: LabelSet): void {
    this.#labels = new Map(labels.map((label) => [label.key, label]));
  }

  setMarks(marks: readonly WaveMark[]): void {
    this.#marks = marks;
    this.#placeMarks();
  }

  label(key: string | null): Label | null {
    return (key === null ? undefined : this.#labels.get(key)) ?? null;
  }

  /** A segment as it is shown now, in the middle of a gesture too. */
  shown(id: ShapeId): Segment | null {
    return this.preview.get(id) ?? this.segments.byId.get(id)?.shape ?? null;
  }

  /** The selected segments as the document has them, in no order. */
  selected(): Segment[] {
    return [...this.selection].flatMap((id) => this.segments.byId.get(id)?.shape ?? []);
  }

  /** Calls `visit` with every segment of a tier that has something of a stretch, but those of a gesture. */
  visit(tier: string, from: number, to: number, visit: (item: Placed<Segment>) => void): void {
    this.segments.tiers.get(tier)?.visit(from, to, (item) => {
      if (!this.preview.has(item.shape.id)) visit(item);
    });
  }

  #placeMarks(): void {
    const placed: PlacedMark[] = [];
    const signs = new Map<ShapeId, WaveMark['tone']>();
    for (const mark of this.#marks) {
      const { shape, at, tone } = mark;
      const whole = shape === null ? null : this.segments.byId.get(shape);
      if (shape !== null && signs.get(shape) !== 'breach') signs.set(shape, tone);
      if (at && !(whole && at.start <= whole.start && at.end >= whole.end)) placed.push({ ...at, mark });
    }
    this.placedMarks = new Intervals(placed.sort((a, b) => a.start - b.start));
    this.signs = signs;
  }

  #listTiers(): void {
    const named = new Set(this.#named.map(({ key }) => key));
    const others = new Set([...this.segments.tiers.keys(), ...this.proposals.tiers.keys()]);
    if (named.size === 0 && others.size === 0) others.add(this.activeTier);
    this.#tiers = [...this.#named, ...[...others].filter((key) => !named.has(key)).map((key) => ({ key }))];
  }
}
