import { SourceList } from '../source-list.tsx';
import type { TextStageProps } from '../text-room.tsx';
import { PassageList } from './passage-list.tsx';

/** Beside a judgement: the passages that were marked and their sources. */
export function JudgingSide(props: TextStageProps) {
  const { item, desk, check } = props;
  if (item.kind !== 'mark') return null;
  return (
    <>
      <PassageList {...props} />
      <SourceList desk={desk} doc={check.doc} />
    </>
  );
}
