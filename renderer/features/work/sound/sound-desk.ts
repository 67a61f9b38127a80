import type { AnnotationDoc, Change, ShapeId } from '#shared/domain/annotation.ts';
import { changeOfEdit, isSegment, type SegmentEdit } from '#shared/rules/segment-edits.rules.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import { changeOf } from '#shared/rules/undo-journal.rules.ts';
import { createEmitter } from '#renderer/lib/emitter.ts';
import { createScope } from '#renderer/lib/scope.ts';
import type { DraftJournal } from '../draft-journal.ts';
import type { ShapeDesk } from '../shape-desk.ts';

/** What the desk announces. */
interface DeskEvents {
  selection: readonly ShapeId[];
  /** The frame where the next command works. */
  cursor: number;
}

/**
 * What every part of the sound room works on: the segments as the journal has them, what is selected, where the cursor is, and what is being
 * typed. The journal holds the truth; nothing is drawn here.
 */
export interface SoundDesk extends ShapeDesk {
  /** The segment selected last; null where none is. */
  readonly current: Segment | null;
  readonly cursor: number;
  setCursor(frame: number): void;
  /** Called before an edit, so that others bring what they hold back into the journal; until the returned function is called. */
  onSettle(listener: () => void): () => void;
  /** Makes an edit of the document as it is once what was typed is in it; false where there is nothing to do. */
  edit(make: (doc: AnnotationDoc) => SegmentEdit | null): boolean;
  /** Puts a change into the journal, what was typed before it. */
  do(change: Change): void;
  /** Takes what stands in a transcript, typed at a moment of the window's clock (now). It goes into the journal at the next pause, and after most of a second at the latest. */
  write(id: ShapeId, text: string, at?: number): void;
  /** What was typed and is not in the journal yet; null: nothing. */
  unwritten(id: ShapeId): string | null;
  /** Typing that went on without a pause comes back as one. */
  undo(): void;
  redo(): void;
  on<Name extends keyof DeskEvents>(name: Name, listener: (payload: DeskEvents[Name]) => void): () => void;
  dispose(): void;
}

/** A rest this long ends a stretch of typing. */
const pauseMs = 500;
/** Typing without a rest is written down this often, so that a kill loses no more of it. */
const longestMs = 700;

/** Makes the desk of a task. */
export function createSoundDesk(journal: DraftJournal): SoundDesk {
  const scope = createScope();
  const events = createEmitter<DeskEvents>();
  /** Changes that carry on the typing of the one before: an undo takes both back. */
  const continued = new WeakSet<Change>();
  let selection: readonly ShapeId[] = [];
  let cursor = 0;
  let typing: { id: ShapeId; text: string; since: number; last: number; continues: boolean } | null = null;
  /** The segment whose typing was written down without a rest. */
  let follows: { id: ShapeId; last: number } | null = null;
  let stopTimer: (() => void) | null = null;

  const holders = new Set<() => void>();

  const doc = (): AnnotationDoc => journal.view().journal.doc;
  const select = (ids: readonly ShapeId[]) => {
    if (ids.length === selection.length && ids.every((id, at) => id === selection[at])) return;
    // Who goes on to another segment has finished writing here.
    if (typing && !ids.includes(typing.id)) flush('settled');
    selection = ids;
    events.emit('selection', selection);
  };
  /** Writes what was typed down; by the timer it may go on. */
  const flush = (why: 'timer' | 'settled') => {
    stopTimer?.();
    stopTimer = null;
    const written = typing;
    typing = null;
    if (!written) return;
    const shape = doc().shapes.find(({ id }) => id === written.id);
    if (shape && (shape.text ?? '') !== written.text) {
      const change = changeOf(doc(), 'write', [{ id: shape.id, after: { ...shape, text: written.text } }]);
      if (change) {
        if (written.continues) continued.add(change);
        journal.do(change);
      }
    }
    follows = why === 'timer' ? { id: written.id, last: written.last } : null;
  };

  /** What no longer exists cannot be selected. */
  const prune = () => {
    if (selection.length === 0) return;
    const there = new Set(doc().shapes.map(({ id }) => id));
    if (!selection.every((id) => there.has(id))) select(selection.filter((id) => there.has(id)));
  };
  let pruned = doc();
  scope.add(
    journal.subscribe(() => {
      if (doc() === pruned) return;
      pruned = doc();
      prune();
    }),
  );
  /** Leads to what an undo or redo changed. */
  const lead = ({ edits }: Change) => {
    const ids = edits.flatMap(({ after }) => (after ? [after.id] : []));
    if (ids.length > 0) select(ids.slice(0, 100));
  };

  const settle = () => {
    flush('settled');
    for (const holder of holders) holder();
  };

  return {
    get doc() {
      return doc();
    },
    get selection() {
      return selection;
    },
    select,
    settle,
    // The journal's next view is what everybody draws.
    apply: () => undefined,
    standing: { locked: new Set<ShapeId>() },
    get current() {
      const id = selection.at(-1);
      const shape = id === undefined ? undefined : doc().shapes.find((each) => each.id === id);
      return shape && isSegment(shape) ? shape : null;
    },
    get cursor() {
      return cursor;
    },
    setCursor(frame) {
      const at = Math.max(0, Math.round(frame));
      if (at === cursor) return;
      cursor = at;
      events.emit('cursor', cursor);
    },
    onSettle(listener) {
      holders.add(listener);
      return () => holders.delete(listener);
    },
    edit(make) {
      settle();
      const change = changeOfEdit(doc(), make(doc()));
      if (change) journal.do(change);
      return change !== null;
    },
    do(change) {
      flush('settled');
      journal.do(change);
    },
    write(id, text, at = performance.now()) {
      if (typing && typing.id !== id) flush('settled');
      const since = typing?.since ?? at;
      // On without a rest after what was written down last; told by the keyboard's clock, since a busy window hears of a key late.
      const continues = typing?.continues ?? (follows?.id === id && at - follows.last < pauseMs);
      typing = { id, text, since, last: at, continues };
      follows = null;
      stopTimer?.();
      stopTimer = scope.timeout(() => flush('timer'), Math.max(0, Math.min(pauseMs, longestMs - (at - since))));
    },
    unwritten: (id) => (typing?.id === id ? typing.text : null),
    undo() {
      settle();
      let last = journal.view().journal.undoStack.at(-1);
      let effect = journal.undo();
      while (last && continued.has(last)) {
        last = journal.view().journal.undoStack.at(-1);
        effect = journal.undo() ?? effect;
      }
      if (effect) lead(effect);
    },
    redo() {
      settle();
      let effect = journal.redo();
      for (;;) {
        const next = journal.view().journal.redoStack.at(-1);
        if (!next || !continued.has(next)) break;
        effect = journal.redo() ?? effect;
      }
      if (effect) lead(effect);
    },
    on: (name, listener) => events.on(name, listener),
    dispose() {
      settle();
      scope.dispose();
    },
  };
}
