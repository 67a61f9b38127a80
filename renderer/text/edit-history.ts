import { ChangeSet, Text } from '@codemirror/state';
import type { Edit } from '#shared/text/edit-log.ts';

/** A stretch that was exchanged: where it stands in the text after the step, what went and what came. */
interface Region {
  readonly from: number;
  readonly removed: string;
  readonly inserted: string;
}

/** What one undo takes back: stretches in ascending order that do not touch. */
interface Step {
  regions: Region[];
  /** Of its last edit. */
  at: number;
  how: Edit['how'];
}

/**
 * What can be undone and redone of a text, without limit. It follows from the edits alone, so that it is the same after a restart, when the
 * log is gone through again.
 */
export interface EditHistory {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Takes edits in their order; `before` is the text that the first one was made on. Undo and redo are taken as what they are. */
  take(edits: readonly Edit[], before: Text): void;
  /** The changes that an undo makes to a text of this length, to be taken afterwards; null where there is nothing to undo. */
  undo(length: number): ChangeSet | null;
  redo(length: number): ChangeSet | null;
}

/** A rest this long ends a stretch of typing. */
const restMs = 500;

export const lineBreak = '\n';

/** A text as the editor holds it: every unit as it is, a carriage return among them. */
export function textOf(text: string): Text {
  return Text.of(text.split(lineBreak));
}

/** Makes the history of a text that nothing was done to yet. */
export function createEditHistory(): EditHistory {
  const done: Step[] = [];
  let undone: Step[] = [];
  /** Whether more typing may become part of the last step. */
  let open = false;

  const takeOne = (edit: Edit, removed: string) => {
    undone = [];
    const last = open ? done.at(-1) : undefined;
    open = true;
    const region: Region = { from: edit.from, removed, inserted: edit.inserted };
    if (last && sameMoment(last, edit)) {
      last.regions.push(region);
    } else if (last && goesOn(last, edit)) {
      last.regions = [merged(last.regions[0]!, region)];
      // Typed and taken out again: nothing is left to undo.
      if (last.regions[0]!.removed === last.regions[0]!.inserted) {
        done.pop();
        open = false;
      }
    } else {
      done.push({ regions: [region], at: edit.at, how: edit.how });
      return;
    }
    last.at = edit.at;
    last.how = edit.how;
  };

  return {
    get canUndo() {
      return done.length > 0;
    },
    get canRedo() {
      return undone.length > 0;
    },
    take(edits, before) {
      const how = edits[0]?.how;
      if (how === 'undo' || how === 'redo') {
        const step = (how === 'undo' ? done : undone).pop();
        if (step) (how === 'undo' ? undone : done).push({ ...step, regions: inverse(step.regions) });
        open = false;
        return;
      }
      let doc = before;
      edits.forEach((edit, at) => {
        takeOne(edit, doc.sliceString(edit.from, edit.from + edit.removed, lineBreak));
        if (at < edits.length - 1) doc = textWith(doc, edit);
      });
    },
    undo: (length) => changesOf(done.at(-1), length),
    redo: (length) => changesOf(undone.at(-1), length),
  };
}

/** The edits of a change of the editor, each in the text after those before it. */
export function editsOf(changes: ChangeSet, how: Edit['how'], at: number): Edit[] {
  const edits: Edit[] = [];
  changes.iterChanges((fromA, toA, from, _toB, inserted) => {
    edits.push({ at, from, removed: toA - fromA, inserted: inserted.sliceString(0, inserted.length, lineBreak), how });
  });
  return edits;
}

/** A text after an edit. @throws RangeError when it lies outside of the text */
export function textWith(doc: Text, { from, removed, inserted }: Edit): Text {
  if (from + removed > doc.length) throw new RangeError('edit log: out of the text');
  return doc.replace(from, from + removed, textOf(inserted));
}

/**
 * Goes through a log again, from the text it began with: the text it leads to, and what can be undone of it.
 * @throws RangeError when an edit lies outside of the text it is made on
 */
export function replay(edits: readonly Edit[], before: string): { text: Text; history: EditHistory } {
  const history = createEditHistory();
  let text = textOf(before);
  for (let at = 0; at < edits.length;) {
    const edit = edits[at]!;
    if (edit.how === 'undo' || edit.how === 'redo') {
      const changes = edit.how === 'undo' ? history.undo(text.length) : history.redo(text.length);
      const made = changes ? editsOf(changes, edit.how, edit.at) : [];
      if (changes && made.every((each, step) => sameEdit(each, edits[at + step]))) {
        history.take(made, text);
        text = changes.apply(text);
        at += made.length;
        continue;
      }
    }
    // An undo of something this log does not know (it was erased) is an edit like any other.
    const taken: Edit = edit.how === 'undo' || edit.how === 'redo' ? { ...edit, how: 'program' } : edit;
    const after = textWith(text, taken);
    history.take([taken], text);
    text = after;
    at += 1;
  }
  return { text, history };
}

function sameEdit(a: Edit, b: Edit | undefined): boolean {
  return (
    b !== undefined && a.how === b.how && a.from === b.from && a.removed === b.removed && a.inserted === b.inserted
  );
}

/** Edits of one moment are one step (all hits replaced at once), unless the times of this log are not kept. */
function sameMoment(last: Step, edit: Edit): boolean {
  const before = last.regions.at(-1)!;
  return (
    edit.at !== 0 && last.at === edit.at && last.how === edit.how && edit.from > before.from + before.inserted.length
  );
}

/** Whether an edit carries on the typing of the last step: where it was, and without a rest. */
function goesOn(last: Step, edit: Edit): boolean {
  const [region] = last.regions;
  if (!region || last.regions.length > 1) return false;
  const end = region.from + region.inserted.length;
  if (edit.from > end || edit.from + edit.removed < region.from) return false;
  // Where no times are kept, stretches of typing can't be told apart; sentences and lines can.
  if (edit.how === 'program') return edit.at === 0 && last.how === 'program' && !/[\n.!?。！？]$/.test(region.inserted);
  const typing = (how: Edit['how']) => how === 'type' || how === 'compose';
  if (!typing(edit.how) || !typing(last.how)) return false;
  if (edit.at - last.at < restMs) return true;
  // Who looks for the right characters takes longer: letters that an input method has yet to exchange belong to what comes of them.
  return edit.how === 'compose' && last.how === 'compose' && (edit.removed > 0 || /[a-z']$/i.test(region.inserted));
}

/** Two touching exchanges as one. */
function merged(first: Region, { from, removed, inserted }: Region): Region {
  const start = Math.min(first.from, from);
  const before = removed.slice(0, Math.max(0, first.from - from));
  const after = removed.slice(Math.max(0, first.from + first.inserted.length - from));
  const kept = first.inserted.slice(0, Math.max(0, from - first.from));
  const rest = first.inserted.slice(Math.max(0, from + removed.length - first.from));
  return { from: start, removed: before + first.removed + after, inserted: kept + inserted + rest };
}

/** What takes exchanges back, placed in the text that is there afterwards. */
function inverse(regions: readonly Region[]): Region[] {
  let grown = 0;
  return regions.map(({ from, removed, inserted }) => {
    const back = { from: from - grown, removed: inserted, inserted: removed };
    grown += inserted.length - removed.length;
    return back;
  });
}

function changesOf(step: Step | undefined, length: number): ChangeSet | null {
  if (!step) return null;
  const specs = step.regions.map(({ from, removed, inserted }) => ({
    from,
    to: from + inserted.length,
    insert: textOf(removed),
  }));
  return ChangeSet.of(specs, length, lineBreak);
}
