import type { FilePiece } from '../codec.ts';
import type { TextCodec, TextSummary } from './text-codec.ts';

/** A format of JSON Lines that may be written as one JSON list too, and is known as such when it is read. */
export function withLists(codec: TextCodec): TextCodec {
  return {
    ...codec,
    choices: [...codec.choices, { name: 'container', answers: ['lines', 'list'] }],
    likeness: (path, head) => codec.likeness(path, head.replace(/^\uFEFF?\s*\[\s*/, '')),
    write: (rows, choices) =>
      choices['container'] === 'list' ? inList(codec.write(rows, choices)) : codec.write(rows, choices),
  };
}

/** The lines of the main file with commas between them and brackets around; files beside it stay as they are. */
async function* inList(pieces: AsyncGenerator<FilePiece, TextSummary>): AsyncGenerator<FilePiece, TextSummary> {
  let before = '[\n';
  for (;;) {
    const next = await pieces.next();
    if (next.done) {
      yield { path: '', text: before === '[\n' ? '[]\n' : '\n]\n' };
      return next.value;
    }
    const { path, text } = next.value;
    if (path === '') {
      yield { path, text: before + text.replace(/\n$/, '') };
      before = ',\n';
    } else yield next.value;
  }
}
