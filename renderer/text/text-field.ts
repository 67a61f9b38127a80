import { ChangeSet, type Text } from '@codemirror/state';
import { decodeEdits, type Edit, type EditWay } from '#shared/text/edit-log.ts';
import { createEmitter } from '#renderer/lib/emitter.ts';
import { editsOf, lineBreak, replay, textOf, type EditHistory } from './edit-history.ts';
import { createLogWriter, type LogPort, type LogState, type LogWriter } from './log-writer.ts';

/** How much of how a text comes to be is kept: with `off` what is needed to have the text, without times and ways. */
export type KeptHistory = 'full' | 'summary' | 'off';

interface FieldEvents {
  /** The text changed: `changes` leads from the one before to the present one. */
  change: { changes: ChangeSet };
  /** Another text stands there now, and what can be undone is another. */
  reload: undefined;
  /** Whether all of it is saved. */
  state: LogState;
}

/** What shows a field at present; it is told of changes that are not its own. */
export interface FieldView {
  dispatch(changes: ChangeSet, how: EditWay): void;
}

/**
 * One text being written: what it says, what can be undone of it, and the log that both follow from. It is there while its task is open,
 * whether or not an editor shows it.
 */
export interface TextField {
  readonly name: string;
  readonly doc: Text;
  readonly history: EditHistory;
  readonly saved: LogState;
  /** All edits so far. */
  edits(): readonly Edit[];
  text(): string;
  /** Takes what the editor did. */
  take(changes: ChangeSet, how: EditWay, origin?: string): void;
  /** Makes a change from elsewhere (a snippet, the original): through the editor where one shows it. */
  change(changes: ChangeSet, how: EditWay): void;
  /** Puts another text in the place of all of it, as one step. */
  replaceAll(text: string): void;
  undo(): boolean;
  redo(): boolean;
  show(view: FieldView): () => void;
  flush(): Promise<void>;
  hurry(): void;
  retry(): void;
  /** Reads the stored log again, after its history was erased. */
  reread(): Promise<void>;
  on<Name extends keyof FieldEvents>(name: Name, listener: (payload: FieldEvents[Name]) => void): () => void;
  dispose(): void;
}

interface Options {
  name: string;
  /** What the log begins from. */
  before: string;
  stored: Uint8Array;
  port: LogPort;
  kept: KeptHistory;
  now?: () => number;
}

/**
 * Opens a text from its log.
 * @throws RangeError when the log is damaged
 */
export function createTextField({ name, before, stored, port, kept, now = Date.now }: Options): TextField {
  const events = createEmitter<FieldEvents>();
  let { text: doc, history } = replay(decodeEdits(stored).edits, before);
  let view: FieldView | null = null;
  const writer: LogWriter = createLogWriter({
    port,
    stored,
    before,
    text: () => doc.sliceString(0, doc.length, lineBreak),
    onReload: () => {
      ({ text: doc, history } = replay(writer.edits(), before));
      events.emit('reload', undefined);
    },
    onState: () => events.emit('state', writer.state),
    now,
  });

  const take = (changes: ChangeSet, how: EditWay, origin?: string) => {
    if (changes.empty) return;
    const edits = editsOf(changes, how, now());
    history.take(edits, doc);
    doc = changes.apply(doc);
    writer.take(edits.map((edit) => (kept === 'off' ? withoutTime(edit) : origin ? { ...edit, origin } : edit)));
    events.emit('change', { changes });
  };
  const change = (changes: ChangeSet, how: EditWay) => {
    if (view) view.dispatch(changes, how);
    else take(changes, how);
  };
  const step = (how: 'undo' | 'redo') => {
    const changes = how === 'undo' ? history.undo(doc.length) : history.redo(doc.length);
    if (changes) change(changes, how);
    return changes !== null;
  };

  return {
    name,
    get doc() {
      return doc;
    },
    get history() {
      return history;
    },
    get saved() {
      return writer.state;
    },
    edits: () => writer.edits(),
    text: () => doc.sliceString(0, doc.length, lineBreak),
    take,
    change,
    replaceAll(text) {
      change(ChangeSet.of({ from: 0, to: doc.length, insert: textOf(text) }, doc.length, lineBreak), 'program');
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    show(shown) {
      view = shown;
      return () => {
        if (view === shown) view = null;
      };
    },
    flush: () => writer.flush(),
    hurry: () => writer.hurry(),
    retry: () => writer.retry(),
    reread: () => writer.reread(),
    on: (event, listener) => events.on(event, listener),
    dispose() {
      writer.dispose();
      events.clear();
    },
  };
}

function withoutTime({ from, removed, inserted }: Edit): Edit {
  return { at: 0, from, removed, inserted, how: 'program' };
}
