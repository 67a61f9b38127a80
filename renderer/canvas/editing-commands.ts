import { v7 as uuidv7 } from 'uuid';
import type { Change, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { CommandPort, CommandRow } from './command-table.ts';
import type { Commands } from './commands.ts';
import { heldCopies, holdCopies, placedCopies } from './copies.ts';
import { allShown, hideToggled, lockToggled, soloToggled } from './standing.ts';

/** The commands that copy, order in depth, and say what is seen and what can be changed. */
export type EditingCommand =
  'copy' | 'cut' | 'paste' | 'duplicate' | 'order' | 'select-class' | 'lock' | 'hide' | 'solo' | 'show-all';

const hasSelection = ({ editor }: CommandPort): boolean => editor.selection.length > 0;

function add(port: CommandPort, label: Change['label'], shapes: readonly Shape[]): void {
  const { editor, scene, labels, bounds } = port;
  const newId = (): ShapeId => uuidv7() as ShapeId;
  editor.flush();
  const copies = placedCopies(shapes, { doc: scene.doc, labels: labels(), bounds: bounds(), newId });
  editor.commit(label, copies);
  editor.select(copies.map(({ id }) => id));
}

function copy({ editor }: CommandPort): void {
  editor.flush();
  holdCopies(editor.selectedShapes());
}

/** All free shapes of the classes that are selected, or with nothing selected of the one that the next shape gets. */
function selectClass({ editor, scene, nextLabel }: CommandPort): void {
  const selected = editor.selectedShapes();
  const labels = new Set(selected.length > 0 ? selected.map(({ label }) => label) : [nextLabel()]);
  editor.select(scene.doc.shapes.filter((shape) => labels.has(shape.label) && scene.isFree(shape)).map(({ id }) => id));
}

export const editingRows: { readonly [Name in EditingCommand]: CommandRow<Commands[Name]> } = {
  copy: { when: hasSelection, run: copy },
  cut: { when: hasSelection, run: (port) => (copy(port), port.editor.delete()) },
  paste: { when: () => heldCopies().length > 0, run: (port) => add(port, 'paste', heldCopies()) },
  duplicate: { when: hasSelection, run: (port) => add(port, 'duplicate', port.editor.selectedShapes()) },
  order: { when: hasSelection, run: ({ editor }, { to }) => editor.order(to) },
  'select-class': { when: ({ scene }) => scene.doc.shapes.length > 0, run: selectClass },
  lock: {
    when: hasSelection,
    run: ({ editor, scene, setStanding }) => setStanding(lockToggled(scene.standing, editor.selection)),
  },
  hide: {
    when: hasSelection,
    run: ({ editor, scene, setStanding }) => setStanding(hideToggled(scene.standing, editor.selection)),
  },
  solo: {
    when: (port) => hasSelection(port) || port.scene.standing.aside !== null,
    run: ({ editor, scene, setStanding }) =>
      setStanding(
        soloToggled(
          scene.standing,
          editor.selection,
          scene.doc.shapes.map(({ id }) => id),
        ),
      ),
  },
  'show-all': {
    when: ({ scene }) => scene.standing.hidden.size > 0 || scene.standing.aside !== null,
    run: ({ scene, setStanding }) => setStanding(allShown(scene.standing)),
  },
};
