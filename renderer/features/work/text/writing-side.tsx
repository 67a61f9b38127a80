import { DraftChanges } from './draft-changes.tsx';
import { SourceList } from './source-list.tsx';
import type { TextStageProps } from './text-room.tsx';

/** Beside a text being written: what was changed of a machine's draft, and the sources. */
export function WritingSide(props: TextStageProps) {
  const { item, check, desk } = props;
  if (item.kind === 'converse') return null;
  return (
    <>
      {item.kind === 'correct' && <DraftChanges item={item} text={check.doc.answer?.text ?? ''} />}
      <SourceList desk={desk} doc={check.doc} />
    </>
  );
}
