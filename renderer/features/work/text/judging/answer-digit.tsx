import { onMac, shownShortcut } from '#renderer/lib/keys.ts';
import { ownKeysStore } from '#renderer/lib/own-keys.store.ts';

/** The key that chooses what it stands beside: its digit, or what its owner put in the place of that. */
export function AnswerDigit({ digit, className }: { digit: string; className?: string | undefined }) {
  const own = ownKeysStore(({ keys }) => keys[`text.answer-${digit}`]);
  const keys = own ? own[0] : digit;
  if (keys === undefined) return null;
  return <kbd className={className}>{shownShortcut(keys, onMac).flat().join('+')}</kbd>;
}
