import { useMemo, useRef } from 'react';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import type { EditorWords, TextEditor as Editor } from '#renderer/text/editor/editor.ts';
import type { TextMark } from '#renderer/text/editor/marks.ts';
import { TextEditor } from '#renderer/text/editor/text-editor.tsx';
import type { TextField } from '#renderer/text/text-field.ts';
import { showsField, toJudging } from './go-to.ts';
import { keepsOriginSetting } from './proof-settings.ts';
import { useSearchPhrases } from './search-phrases.ts';
import { textStore } from './text.store.ts';

interface Props {
  field: TextField;
  /** What is written there. */
  label: string;
  hint: string;
  marks?: readonly TextMark[];
  focused?: boolean;
  grows?: boolean;
}

/** The editor of one text of the task, with the words and settings of this program. */
export function FieldEditor({ field, label, hint, marks, focused, grows }: Props) {
  const phrases = useSearchPhrases();
  const [keepsOrigin] = useUiSetting(keepsOriginSetting, false);
  const words = useMemo((): EditorWords => ({ label, placeholder: hint, phrases }), [hint, label, phrases]);
  const shown = useRef<{ editor: Editor; stop: () => void } | null>(null);
  return (
    <TextEditor
      field={field}
      words={words}
      {...(marks && { marks })}
      focused={focused ?? false}
      grows={grows ?? false}
      keepsOrigin={keepsOrigin}
      // To what is judged, or to the prompt: keys of the room work there, and I leads back.
      onLeave={() => toJudging() || document.querySelector<HTMLElement>('[data-prompt]')?.focus()}
      onEditor={(made) => {
        const before = shown.current;
        before?.stop();
        shown.current = made && { editor: made, stop: showsField(field.name, made) };
        textStore.setState(({ editor }) => (editor === null || editor === before?.editor ? { editor: made } : {}));
      }}
      onFocus={(made) => textStore.setState({ editor: made })}
      onSelect={(start, end) => textStore.setState({ selected: { field: field.name, start, end } })}
    />
  );
}
