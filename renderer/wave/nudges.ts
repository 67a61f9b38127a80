import type { Scope } from '#renderer/lib/scope.ts';
import type { EditLimits, SegmentEdit } from '#shared/rules/segment-edits.rules.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import { nudgedSegments, wantedSegments } from './span-edits.ts';
import type { WaveScene } from './wave-scene.ts';
import type { SpanEdge } from './wave-view.ts';

/** Milliseconds of rest after which nudges become a change. */
const rest = 600;

interface NudgeParts {
  limits(): EditLimits;
  preview(segments: readonly Segment[]): void;
  commit(edit: SegmentEdit): void;
}

/** Small moves by keys: shown at once, merged into one change after a rest. */
export class Nudges {
  readonly #scope: Pick<Scope, 'timeout'>;
  readonly #scene: WaveScene;
  readonly #parts: NudgeParts;
  #held: SegmentEdit | null = null;
  #stopResting: () => void = () => undefined;

  constructor(scope: Pick<Scope, 'timeout'>, scene: WaveScene, parts: NudgeParts) {
    this.#scope = scope;
    this.#scene = scene;
    this.#parts = parts;
  }

  /** Moves a boundary of the selected segments, or them as a whole, from where they are shown; false when nothing can move. */
  nudge(edge: SpanEdge, frames: number): boolean {
    const { doc } = this.#scene;
    const edited = new Map(wantedSegments(this.#held).map((segment) => [segment.id, segment]));
    const shown = this.#scene.selected().map((segment) => edited.get(segment.id) ?? segment);
    const now = { ...doc, shapes: doc.shapes.map((shape) => edited.get(shape.id) ?? shape) };
    const edit = nudgedSegments(now, shown, edge, frames, this.#parts.limits());
    if (!edit) return false;
    for (const segment of wantedSegments(edit)) edited.set(segment.id, segment);
    const label = this.#held && this.#held.label !== edit.label ? 'resize' : edit.label;
    this.#held = { label, wanted: [...edited].map(([id, after]) => ({ id, after })) };
    this.#parts.preview([...edited.values()]);
    this.#stopResting();
    this.#stopResting = this.#scope.timeout(() => this.flush(), rest);
    return true;
  }

  /** Hands over what is held back. */
  flush(): void {
    const edit = this.#held;
    this.drop();
    if (edit) this.#parts.commit(edit);
  }

  /** Forgets what is held back: the document is another. */
  drop(): void {
    this.#stopResting();
    this.#held = null;
  }
}
