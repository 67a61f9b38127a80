import { EditorView } from '@codemirror/view';

interface StyleSet {
  mount(modules: unknown, root: unknown): void;
}

let prepared = false;

/**
 * Lets CodeMirror put its styles into a sheet made by script. In a document it writes a style element, which the content security policy
 * refuses; below a shadow root it has always used a constructed sheet, and looks for one that it has already under a symbol of the root. So the
 * set it made for a shadow root is shown to it at the document. Should a later version keep it elsewhere, the sheet is missing and the test of
 * the editor in a real page fails.
 */
export function prepareStyleSheets(): void {
  if (prepared) return;
  prepared = true;
  const root = document.createElement('div').attachShadow({ mode: 'open' });
  const probe = new EditorView({ root, parent: root });
  for (const symbol of Object.getOwnPropertySymbols(root)) {
    const set: unknown = Reflect.get(root, symbol);
    if (isStyleSet(set)) Reflect.set(document, symbol, set);
  }
  probe.destroy();
}

function isStyleSet(value: unknown): value is StyleSet {
  return typeof value === 'object' && value !== null && 'mount' in value && 'sheet' in value;
}
