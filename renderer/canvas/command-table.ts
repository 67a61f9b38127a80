import type { LabelSet } from '#shared/domain/label-set.ts';
import type { Size } from './geometry.ts';
import type { CommandArguments, CommandName, Commands } from './commands.ts';
import type { Editor } from './editor.ts';
import { editingRows } from './editing-commands.ts';
import { modes, type Policy } from './modes.ts';
import { v7 as uuidv7 } from 'uuid';
import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import { canJoin, joinedShape } from './shapes/cutting.ts';
import { handleName, isPath, placeOf, ringsOf, vertexOf, withVertexAfter } from './shapes/paths.ts';
import { boundsOf, boundsOfAll, kindOf, withGeometry } from './shapes/shape-kinds.ts';
import type { Scene } from './scene.ts';
import type { Standing } from './standing.ts';
import type { ToolRunner } from './tools/tool-runner.ts';
import type { ToolCommand, ToolId } from './tools/tool.ts';
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
  /** The label that the next drawn shape gets. */
  nextLabel(): string | null;
  imageSize(): Size;
  /** The picture's size while shapes are to stay inside it, else null. */
  bounds(): Size | null;
  setStanding(standing: Standing): void;
  setPanHold(on: boolean): void;
  /** The cursor of the keys, and what is set of the tools. */
  readonly steering: Steering;
  request(what: 'undo' | 'redo'): void;
}

/** What keys do to a tool besides choosing it. */
export interface Steering {
  /** True when the arrows move a cursor rather than shapes. */
  readonly steers: boolean;
  moveCursor(dx: number, dy: number): void;
  /** Places a point or ends what is under way; false when there is nothing to do. */
  enter(): boolean;
  readonly canEnter: boolean;
  toggleSnapping(): void;
  toggleWire(): void;
  toggleErasing(): void;
  scaleBrush(factor: number): void;
  setFreehand(on: boolean): void;
}

export interface CommandRow<Argument> {
  /** Whether there is something to do; left out: always. */
  readonly when?: (port: CommandPort, argument: Argument) => boolean;
  readonly run: (port: CommandPort, argument: Argument) => void;
}

const hasSelection = ({ editor }: CommandPort): boolean => editor.selection.length > 0;
const hasShapes = ({ scene }: CommandPort): boolean => scene.doc.shapes.length > 0;

function cycle(port: CommandPort, direction: 1 | -1): void {
  const { editor, view, runner } = port;
  if (runner.tool === 'vertices' && cycleVertices(port, direction)) return;
  const shape = editor.cycle(direction);
  const bounds = shape && boundsOf(shape.geometry);
  if (bounds) view.reveal(bounds);
}

/** Chooses the next vertex of the one selected outline; false when there is none. */
function cycleVertices({ editor, view }: CommandPort, direction: 1 | -1): boolean {
  const [shape, ...others] = editor.selectedShapes();
  if (!shape || others.length > 0 || !isPath(shape.geometry)) return false;
  const names = ringsOf(shape.geometry).flatMap(({ part, ring, places }) =>
    places.map((_, index) => handleName({ part, ring, index, between: false })),
  );
  const from = names.indexOf(editor.vertices.at(-1) ?? '');
  const name =
    names[from < 0 ? (direction > 0 ? 0 : names.length - 1) : (from + direction + names.length) % names.length]!;
  editor.chooseVertices([name]);
  const at = placeOf(shape.geometry, vertexOf(name)!);
  if (at) view.reveal({ left: at.x, top: at.y, right: at.x, bottom: at.y });
  return true;
}

function insertVertex({ editor }: CommandPort): void {
  const [shape] = editor.selectedShapes();
  const chosen = vertexOf(editor.vertices.at(-1) ?? '');
  if (!shape || !chosen || !isPath(shape.geometry)) return;
  const middle = placeOf(shape.geometry, { ...chosen, between: true });
  if (!middle) return;
  editor.commit('reshape', [withGeometry(shape, withVertexAfter(shape.geometry, chosen, middle))]);
  editor.chooseVertices([handleName({ ...chosen, index: chosen.index + 1 })]);
}

function join({ editor, imageSize }: CommandPort): void {
  const shapes = editor.selectedShapes();
  const joined = joinedShape(shapes, imageSize());
  if (!joined) return;
  editor.commit('join', [joined], { removed: shapes.slice(1).map(({ id }) => id) });
  editor.select([joined.id]);
}

/** A picture has a tag or has it not: the same label a second time takes it away. */
function tag({ editor, scene, nextLabel }: CommandPort): void {
  const label = nextLabel();
  const there = scene.doc.shapes.filter((shape) => shape.geometry.type === 'tag' && shape.label === label);
  if (there.length > 0) return editor.commit('tag', [], { removed: there.map(({ id }) => id) });
  const made: Shape = {
    id: uuidv7() as ShapeId,
    label,
    geometry: { type: 'tag' },
    attributes: {},
    origin: 'hand',
  };
  editor.commit('tag', [made]);
}

/** What each command does. Whether it may is the business of modes.ts. */
const rows: { readonly [Name in CommandName]: CommandRow<Commands[Name]> } = {
  ...editingRows,
  cancel: {
    when: hasSelection,
    run: ({ editor }) => (editor.vertices.length > 0 ? editor.chooseVertices([]) : editor.select([])),
  },
  undo: { run: (port) => (port.editor.flush(), port.request('undo')) },
  redo: { run: (port) => (port.editor.flush(), port.request('redo')) },
  delete: { when: hasSelection, run: ({ editor }) => editor.delete() },
  'select-all': {
    when: hasShapes,
    run: ({ editor, scene }) => editor.select(scene.doc.shapes.filter(scene.isFree).map(({ id }) => id)),
  },
  'select-next': { when: hasShapes, run: (port) => cycle(port, 1) },
  'select-previous': { when: hasShapes, run: (port) => cycle(port, -1) },
  nudge: {
    when: (port) => port.steering.steers || hasSelection(port),
    run: ({ editor, steering }, { dx, dy }) => (steering.steers ? steering.moveCursor(dx, dy) : editor.nudge(dx, dy)),
  },
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
      const area = boundsOfAll(editor.selectedShapes());
      if (area) view.fit(area);
    },
  },
  tool: { run: ({ chooseTool }, { tool }) => chooseTool(tool) },
  enter: { when: ({ steering }) => steering.canEnter, run: ({ steering }) => void steering.enter() },
  turn: {
    when: ({ editor }) => editor.selectedShapes().some(({ geometry }) => kindOf(geometry).turned !== undefined),
    run: ({ editor }, { degrees }) => editor.turn(degrees),
  },
  join: { when: ({ editor }) => canJoin(editor.selectedShapes()), run: join },
  tag: { when: ({ labels, nextLabel }) => nextLabel() !== null && labels().length > 0, run: tag },
  'insert-vertex': { when: ({ editor }) => editor.vertices.length > 0, run: insertVertex },
  snapping: { run: ({ steering }) => steering.toggleSnapping() },
  'live-wire': { run: ({ steering }) => steering.toggleWire() },
  'brush-erase': { when: ({ runner }) => runner.tool === 'brush', run: ({ steering }) => steering.toggleErasing() },
  'brush-size': {
    when: ({ runner }) => runner.tool === 'brush',
    run: ({ steering }, { factor }) => steering.scaleBrush(factor),
  },
  freehand: { run: ({ steering }, { on }) => steering.setFreehand(on) },
  'pan-hold': { run: ({ setPanHold }, { on }) => setPanHold(on) },
};

function isToolCommand(policy: Policy): policy is ToolCommand {
  return policy === 'finish' || policy === 'step-back' || policy === 'step-forward';
}

/** True when the mode has a use for the command; for commands with an argument, whether it may work for some argument. */
export function canRun(port: CommandPort, name: CommandName): boolean {
  const policy = modes[port.runner.state][name];
  if (policy === 'ignore') return false;
  if (policy === 'cancel' || isToolCommand(policy)) return true;
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
  if (isToolCommand(policy)) return port.runner.command(policy);
  if (policy !== 'run') port.runner.cancel();
  if (policy === 'cancel') return true;
  const row = rows[name] as CommandRow<unknown>;
  const [argument] = args as unknown[];
  if (row.when && !row.when(port, argument)) return false;
  row.run(port, argument);
  return true;
}
