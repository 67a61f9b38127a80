import type { Transaction } from '@codemirror/state';
import type { EditWay } from '#shared/text/edit-log.ts';

/** How a change of the editor was made, from what CodeMirror says of it. */
export function editWayOf(transaction: Transaction): EditWay {
  if (transaction.isUserEvent('undo')) return 'undo';
  if (transaction.isUserEvent('redo')) return 'redo';
  if (transaction.isUserEvent('input.type.compose')) return 'compose';
  if (transaction.isUserEvent('input.paste')) return 'paste';
  if (transaction.isUserEvent('input.drop') || transaction.isUserEvent('move.drop')) return 'drop';
  if (transaction.isUserEvent('input.replace') || transaction.isUserEvent('input.program')) return 'program';
  if (transaction.isUserEvent('input') || transaction.isUserEvent('delete')) return 'type';
  return 'program';
}

/** What CodeMirror is told of a change that does not come from its own keys. */
export const userEventOf: Readonly<Record<EditWay, string>> = {
  type: 'input.type',
  compose: 'input.type.compose',
  paste: 'input.paste',
  drop: 'input.drop',
  undo: 'undo',
  redo: 'redo',
  program: 'input.program',
};

/**
 * Where a paste came from, as far as a clipboard tells: the host of the page it was copied from, which some programs write into its HTML. Null
 * where it says nothing.
 */
export function originOf(clipboard: DataTransfer | null): string | null {
  const html = clipboard?.getData('text/html') ?? '';
  const address = /^SourceURL:(.+)$/m.exec(html)?.[1] ?? /<base\s[^>]*href="([^"]+)"/i.exec(html)?.[1];
  try {
    return address === undefined ? null : new URL(address.trim()).host || null;
  } catch {
    return null;
  }
}
