import { Compartment, EditorSelection, EditorState, type ChangeSet, type Extension } from '@codemirror/state';
import { insertNewline, standardKeymap } from '@codemirror/commands';
import { closeSearchPanel, findNext, findPrevious, openSearchPanel, search } from '@codemirror/search';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import type { EditWay } from '#shared/text/edit-log.ts';
import { matchesStroke, onMac, parseShortcut, type Stroke } from '#renderer/lib/keys.ts';
import { createScope } from '#renderer/lib/scope.ts';
import { lineBreak } from '../edit-history.ts';
import type { TextField } from '../text-field.ts';
import { editWayOf, originOf, userEventOf } from './edit-way.ts';
import { marks, showMarks, type TextMark } from './marks.ts';
import { prepareStyleSheets } from './style-sheets.ts';

export interface EditorWords {
  /** What the editor is for, for those who hear it. */
  label: string;
  placeholder: string;
  /** CodeMirror's words for its search panel, in the language of the window. */
  phrases: Readonly<Record<string, string>>;
}

const [undoStroke] = parseShortcut('Ctrl+Z') as [Stroke];
const redoStrokes = ['Ctrl+Shift+Z', 'Ctrl+Y'].flatMap(parseShortcut);

interface Options {
  parent: HTMLElement;
  field: TextField;
  words: EditorWords;
  /** Esc, where nothing in the editor has a use for it. */
  onLeave: () => void;
  onSelect?: (start: number, end: number) => void;
  /** Whether the origin of what is pasted may be kept. */
  keepsOrigin: () => boolean;
}

/** One editor on the screen. */
export interface TextEditor {
  readonly view: EditorView;
  focus(): void;
  /** Puts the cursor there, or selects, and brings it into view. */
  reveal(start: number, end: number): void;
  insert(text: string): void;
  mark(marks: readonly TextMark[]): void;
  setWords(words: EditorWords): void;
  find(): void;
  dispose(): void;
}

/**
 * Shows a field in an editor: plain text, wrapped, each line in its own direction. Undo is the field's; Enter breaks the line; nothing is
 * completed, indented or closed by itself, and spelling is not checked (a browser would fetch dictionaries).
 */
export function createTextEditor({ parent, field, words, onLeave, onSelect, keepsOrigin }: Options): TextEditor {
  prepareStyleSheets();
  const scope = createScope();
  const language = new Compartment();
  let origin: string | null = null;
  /** What the field has already: it told of it by itself. */
  let fromField = false;

  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: field.doc,
      selection: EditorSelection.cursor(field.doc.length),
      extensions: [
        EditorState.lineSeparator.of(lineBreak),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        EditorView.clipboardInputFilter.of((text) => text.replaceAll(/\r\n?/g, lineBreak)),
        EditorView.contentAttributes.of({ spellcheck: 'false', autocorrect: 'off', autocapitalize: 'off' }),
        language.of(wordsOf(words)),
        marks,
        search({ top: true }),
        keys(onLeave),
        EditorView.domEventHandlers({
          keydown(event) {
            // Not by CodeMirror's table of keys: with Caps Lock, Shift and Z type a small z, which it takes for an undo.
            const redone = redoStrokes.some((stroke) => matchesStroke(event, stroke, onMac));
            if (!redone && !matchesStroke(event, undoStroke, onMac)) return false;
            if (redone) field.redo();
            else field.undo();
            event.preventDefault();
            return true;
          },
          beforeinput(event, shown) {
            // Over a selection a browser keeps the look of what goes by a style on the element, which the security policy refuses.
            if (
              event.inputType === 'insertText' &&
              event.data &&
              !shown.state.selection.main.empty &&
              !shown.composing
            ) {
              shown.dispatch({
                ...shown.state.replaceSelection(event.data),
                userEvent: userEventOf.type,
                scrollIntoView: true,
              });
              event.preventDefault();
              return true;
            }
            // The menu of the system.
            if (event.inputType === 'historyUndo') return field.undo();
            return event.inputType === 'historyRedo' && field.redo();
          },
          paste(event) {
            origin = keepsOrigin() ? originOf(event.clipboardData) : null;
            return false;
          },
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !fromField) {
            for (const transaction of update.transactions) {
              if (!transaction.docChanged) continue;
              const how = editWayOf(transaction);
              field.take(transaction.changes, how, how === 'paste' ? (origin ?? undefined) : undefined);
            }
            origin = null;
          }
          if (update.selectionSet || update.docChanged) {
            const { from, to } = update.state.selection.main;
            onSelect?.(from, to);
          }
        }),
      ],
    }),
  });

  const stopShowing = field.show({
    dispatch(changes: ChangeSet, how: EditWay) {
      view.dispatch({
        changes,
        selection: EditorSelection.cursor(endOf(changes)),
        scrollIntoView: true,
        userEvent: userEventOf[how],
      });
    },
  });
  const stopReload = field.on('reload', () => {
    fromField = true;
    try {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: field.doc } });
    } finally {
      fromField = false;
    }
  });

  /** Marks that wait: what an input method composes is not drawn anew under its hands. */
  let waiting: readonly TextMark[] | null = null;
  const mark = (shown: readonly TextMark[]) => {
    waiting = view.composing ? shown : null;
    if (waiting === null) showMarks(view, shown);
  };
  scope.listen(view.contentDOM, 'compositionend', () => {
    // What was composed is taken after this event.
    scope.timeout(() => waiting && mark(waiting), 60);
  });

  return {
    view,
    focus: () => view.focus(),
    reveal(start, end) {
      const length = view.state.doc.length;
      const [anchor, head] = [Math.min(start, length), Math.min(end, length)];
      view.dispatch({ selection: { anchor, head }, effects: EditorView.scrollIntoView(head, { y: 'center' }) });
    },
    insert(text) {
      view.dispatch({ ...view.state.replaceSelection(text), userEvent: userEventOf.program, scrollIntoView: true });
    },
    mark,
    setWords: (next) => view.dispatch({ effects: language.reconfigure(wordsOf(next)) }),
    find: () => void openSearchPanel(view),
    dispose() {
      scope.dispose();
      stopShowing();
      stopReload();
      view.destroy();
    },
  };
}

function wordsOf({ label, placeholder: hint, phrases }: EditorWords): Extension {
  return [
    EditorState.phrases.of({ ...phrases }),
    EditorView.contentAttributes.of({ 'aria-label': label }),
    placeholder(hint),
  ];
}

function keys(onLeave: () => void): Extension {
  return keymap.of([
    { key: 'Mod-f', run: openSearchPanel, scope: 'editor search-panel' },
    { key: 'Mod-h', run: openSearchPanel, scope: 'editor search-panel' },
    { key: 'F3', run: findNext, shift: findPrevious, scope: 'editor search-panel', preventDefault: true },
    { key: 'Escape', run: closeSearchPanel, scope: 'editor search-panel' },
    {
      key: 'Escape',
      run: () => {
        onLeave();
        return true;
      },
    },
    { key: 'Enter', run: insertNewline, shift: insertNewline },
    ...standardKeymap.filter(({ key }) => key !== 'Enter'),
  ]);
}

/** Where a change ends in the text after it. */
function endOf(changes: ChangeSet): number {
  let end = 0;
  changes.iterChanges((_fromA, _toA, _fromB, toB) => {
    end = toB;
  });
  return end;
}
