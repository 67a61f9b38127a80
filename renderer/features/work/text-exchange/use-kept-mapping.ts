import { useMemo } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import { textKind, type TextKind } from '#shared/domain/text.ts';
import { textMapping, type TextMapping } from '#shared/domain/text-mapping.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';

/** How files were taken into a project the last time, and what kind of task its template asks for. */
export function useKeptMapping(projectId: ProjectId): {
  kept: TextMapping | null;
  kind: TextKind | null;
  keep: (mapping: TextMapping) => void;
} {
  const [text, setText] = useUiSetting(`text.mapping.${projectId}`, '');
  const [wanted] = useUiSetting(`text.kind.${projectId}`, '');
  return useMemo(() => {
    const kind = textKind.safeParse(wanted);
    return {
      kept: readMapping(text),
      kind: kind.success ? kind.data : null,
      keep: (mapping) => setText(JSON.stringify(mapping)),
    };
  }, [text, wanted, setText]);
}

function readMapping(text: string): TextMapping | null {
  if (text === '') return null;
  try {
    const parsed = textMapping.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
