/** The page of the text bench: one editor at a time, and how long a key takes until its frame is made. */
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { createTextEditor } from '#renderer/text/editor/editor.ts';
import '#renderer/text/editor/text-editor.module.css';
import { createTextField } from '#renderer/text/text-field.ts';

/** `bare`: CodeMirror with nothing but wrapped lines. `without`: this program's editor, whose edits nobody takes. */
export type EditorKind = 'textarea' | 'bare' | 'without' | 'with';

export interface TextPage {
  /** Shows an editor with a text, the cursor at the end of its middle line. */
  open(kind: EditorKind, text: string): void;
  /** Milliseconds of each key since the last call. */
  taken(): number[];
  /** Microseconds that taking one keystroke into history and log costs, writing it out included, over so many keystrokes into a text. */
  cost(text: string, keys: number): Promise<number>;
}

declare global {
  interface Window {
    textPage: TextPage;
  }
}

/** A host that takes everything at once. */
const port = {
  append: async (after: number, data: string) => ({ length: after + atob(data).length }),
  read: async () => '',
};
const words = { label: 'Answer', placeholder: '', phrases: {} };
let samples: number[] = [];
let close = () => undefined as void;

addEventListener(
  'keydown',
  () => {
    const pressed = performance.now();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        samples.push(performance.now() - pressed);
        port1.close();
      });
      port1.start();
      port2.postMessage(null);
    });
  },
  { capture: true },
);

function fieldOf(text: string) {
  return createTextField({ name: 'answer', before: text, stored: new Uint8Array(), port, kept: 'full' });
}

window.textPage = {
  open(kind, text) {
    close();
    const host = document.createElement('div');
    host.style.cssText = 'height:700px;width:640px;overflow:hidden;display:flex;line-height:1.75;font:15px sans-serif';
    document.body.replaceChildren(host);
    const middle = text.indexOf('\n', text.length / 2);
    const place = middle < 0 ? text.length : middle;
    if (kind === 'textarea') {
      const area = document.createElement('textarea');
      area.style.cssText = 'width:100%;height:100%;font:inherit';
      area.spellcheck = false;
      area.value = text;
      host.append(area);
      area.focus();
      area.setSelectionRange(place, place);
      close = () => undefined;
      return;
    }
    if (kind === 'bare') {
      const view = new EditorView({
        parent: host,
        state: EditorState.create({ doc: text, extensions: [EditorView.lineWrapping] }),
      });
      view.focus();
      view.dispatch({ selection: { anchor: place }, scrollIntoView: true });
      close = () => view.destroy();
      return;
    }
    const field = fieldOf(text);
    const taken = kind === 'with' ? field : { ...field, doc: field.doc, history: field.history, take: () => undefined };
    const editor = createTextEditor({
      parent: host,
      field: taken,
      words,
      onLeave: () => undefined,
      keepsOrigin: () => false,
    });
    editor.focus();
    editor.reveal(place, place);
    close = () => {
      editor.dispose();
      field.dispose();
    };
  },
  taken() {
    const all = samples;
    samples = [];
    return all;
  },
  async cost(text, keys) {
    const field = fieldOf(text);
    const { length } = field.doc;
    let state = EditorState.create({ doc: field.doc });
    const made = Array.from({ length: keys }, (_, at) => {
      const transaction = state.update({ changes: { from: length + at, insert: 'x' } });
      state = transaction.state;
      return transaction.changes;
    });
    const begun = performance.now();
    for (const each of made) field.take(each, 'type');
    await field.flush();
    const spent = performance.now() - begun;
    field.dispose();
    return (spent * 1000) / keys;
  },
};
