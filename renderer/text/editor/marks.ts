import { RangeSet, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** A stretch drawn in its place: what is forbidden or beyond the limit, and passages that are tied to something. */
export interface TextMark {
  readonly start: number;
  readonly end: number;
  readonly tone: 'forbidden' | 'beyond' | 'passage';
  /** Shown on hover. */
  readonly title?: string;
}

const setMarks = StateEffect.define<readonly TextMark[]>();

/** Marks move with the text until they are told anew. */
export const marks = StateField.define<DecorationSet>({
  create: () => RangeSet.empty,
  update(known, transaction) {
    let next = known.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) next = decorations(effect.value, transaction.newDoc.length);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Draws these marks instead of those before; places beyond the text are left out. */
export function showMarks(view: EditorView, shown: readonly TextMark[]): void {
  const before = view.state.field(marks, false);
  if (shown.length === 0 && (before === undefined || before.size === 0)) return;
  view.dispatch({ effects: setMarks.of(shown) });
}

function decorations(shown: readonly TextMark[], length: number): DecorationSet {
  const ranges = shown
    .filter(({ start, end }) => start < end && end <= length)
    .map(({ start, end, tone, title }) =>
      Decoration.mark({ class: `cl-mark-${tone}`, ...(title ? { attributes: { title } } : {}) }).range(start, end),
    );
  return Decoration.set(ranges, true);
}
