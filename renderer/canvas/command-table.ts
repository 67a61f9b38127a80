import type { LabelSet } from '#shared/domain/label-set.ts';
import { unionOf } from './geometry.ts';
import type { CommandArguments, CommandName, Commands } from './commands.ts';
import type { Editor } from './editor.ts';
import { modes } from './modes.ts';
import { kindOf } from './shapes/shape-kinds.ts';
import type { Scene } from './scene.ts';
import type { ToolRunner } from './tools/tool-runner.ts';
import type { ToolId } from './tools/tool.ts';
import type { ViewControl } from './view-control.ts';

/** What commands act upon. */
export interface CommandPort {
  readonly scene: Scene;
  readonly editor: Editor;
  readonly view: ViewControl;
  readonly runner: ToolRunner;
  labels(): LabelSet;
  chooseTool(tool: ToolId): void;
  setNextLabel(key: string): void;
  setPanHold(on: boolean): void;
  request(what: 'undo' | 'redo'): void;
}

interface CommandRow<Argument> {
  /** Whether there is something to do; left out: always. */
  readonly when?: (port: CommandPort, argument: Argument) => boolean;
  readonly run: (port: CommandPort, argument: Argument) => void;
}

const hasSelection = ({ editor }: CommandPort): boolean => editor.selection.length > 0;
const hasShapes = ({ scene }: CommandPort): boolean => scene.doc.shapes.length > 0;

function cycle({ editor, view }: CommandPort, direction: 1 | -1): void {
  const shape = editor.cycle(direction);
  if (shape) view.reveal(kindOf(shape.geometry).bounds(shape.geometry));
}

/** What each command does. Whether it may is the business of modes.ts. */
const rows: { readonly [Name in CommandName]: CommandRow<Commands[Name]> } = {
  cancel: { when: hasSelection, run: ({ editor }) => editor.select([]) },
  undo: { run: (port) => (port.editor.flush(), port.request('undo')) },
  redo: { run: (port) => (port.editor.flush(), port.request('redo')) },
  delete: { when: hasSelection, run: ({ editor }) => editor.delete() },
  'select-all': { when: hasShapes, run: ({ editor, scene }) => editor.select(scene.doc.shapes.map(({ id }) => id)) },
  'select-next': { when: hasShapes, run: (port) => cycle(port, 1) },
  'select-previous': { when: hasShapes, run: (port) => cycle(port, -1) },
  nudge: { when: hasSelection, run: ({ editor }, { dx, dy }) => editor.nudge(dx, dy) },
  label: {
    when: ({ labels }, { index }) => labels()[index] !== undefined,
    run({ labels, editor, setNextLabel }, { index }) {
      const { key } = labels()[index]!;
      if (editor.selection.length > 0) editor.classify(key);
      else setNextLabel(key);
    },
  },
  'zoom-in': { run: ({ view }) => view.zoomStep(1) },
  'zoom-out': { run: ({ view }) => view.zoomStep(-1) },
  'zoom-to': { run: ({ view }, { scale }) => view.zoomTo(scale) },
  fit: { run: ({ view }) => view.fit() },
  'fit-selection': {
    when: hasSelection,
    run({ view, editor }) {
      const area = unionOf(editor.selectedShapes().map(({ geometry }) => kindOf(geometry).bounds(geometry)));
      if (area) view.fit(area);
    },
  },
  tool: { run: ({ chooseTool }, { tool }) => chooseTool(tool) },
  'pan-hold': { run: ({ setPanHold }, { on }) => setPanHold(on) },
};

/** True when the mode has a use for the command; for commands with an argument, whether it may work for some argument. */
export function canRun(port: CommandPort, name: CommandName): boolean {
  const policy = modes[port.runner.state][name];
  if (policy === 'ignore') return false;
  if (policy === 'cancel') return true;
  if (name === 'label') return port.labels().length > 0;
  const { when } = rows[name] as CommandRow<unknown>;
  return when?.(port, undefined) ?? true;
}

/** Carries a command out as the mode says; false when nothing was to be done. */
export function runCommand<Name extends CommandName>(
  port: CommandPort,
  name: Name,
  args: CommandArguments<Name>,
): boolean {
  const policy = modes[port.runner.state][name];
  if (policy === 'ignore') return false;
  if (policy !== 'run') port.runner.cancel();
  if (policy === 'cancel') return true;
  const row = rows[name] as CommandRow<unknown>;
  const [argument] = args as unknown[];
  if (row.when && !row.when(port, argument)) return false;
  row.run(port, argument);
  return true;
}
