import { useEffect, useLayoutEffect, useRef } from 'react';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import type { TextField } from '../text-field.ts';
import { createTextEditor, type EditorWords, type TextEditor as Editor } from './editor.ts';
import type { TextMark } from './marks.ts';
import classes from './text-editor.module.css';

interface Props {
  field: TextField;
  words: EditorWords;
  marks?: readonly TextMark[];
  /** Takes the focus as soon as it is there. */
  focused?: boolean;
  /** As high as its text, for one of several on a page. */
  grows?: boolean;
  keepsOrigin: boolean;
  /** Esc, where nothing in the editor has a use for it. */
  onLeave: () => void;
  /** Told of the editor once it is there, and of null when it goes. */
  onEditor?: (editor: Editor | null) => void;
  /** The editor has the focus. */
  onFocus?: (editor: Editor) => void;
  onSelect?: (start: number, end: number) => void;
}

const noMarks: readonly TextMark[] = [];

/** A text being written, in an editor 70 characters wide. React draws nothing of it while one types. */
export function TextEditor(props: Props) {
  const { field, words, marks = noMarks, focused = false, grows = false } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const latest = useRef(props);
  latest.current = props;

  useLayoutEffect(() => {
    if (!host.current) return undefined;
    const made = createTextEditor({
      parent: host.current,
      field,
      words: latest.current.words,
      onLeave: () => latest.current.onLeave(),
      onSelect: (start, end) => latest.current.onSelect?.(start, end),
      keepsOrigin: () => latest.current.keepsOrigin,
    });
    editor.current = made;
    made.mark(latest.current.marks ?? noMarks);
    latest.current.onEditor?.(made);
    const onFocus = () => latest.current.onFocus?.(made);
    made.view.contentDOM.addEventListener('focus', onFocus);
    // A dialog that stands before the room keeps the keys.
    if (latest.current.focused && !dialogIsOpen()) made.focus();
    return () => {
      editor.current = null;
      latest.current.onEditor?.(null);
      made.dispose();
    };
  }, [field]);
  useEffect(() => editor.current?.setWords(words), [words]);
  useEffect(() => editor.current?.mark(marks), [marks]);
  useEffect(() => {
    if (focused) editor.current?.focus();
  }, [focused]);

  return <div ref={host} className={classes.host} data-grows={grows || undefined} />;
}
