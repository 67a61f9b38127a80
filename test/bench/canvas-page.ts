/**
 * The page that the canvas benchmark and its browser check run in: the real canvas over a made-up photo, bare Canvas2D drawing
 * the same, and fabric's defaults. Bundled by Vite, driven from outside through `window.canvasPage`.
 */
import { createCanvas } from '#renderer/canvas/engine.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import type { Change, Geometry } from '#shared/domain/annotation.ts';
import { createBare, createFabric } from './canvas-references.ts';
import { labels, makeDoc, makePicture, type Scene } from './canvas-scenes.ts';
import { nextFrame, timeFrames } from './frame-times.ts';

/** Who draws. */
export type Drawer = 'canvas' | 'bare' | 'fabric';
/** What is done at every frame. */
export type Motion = 'pan' | 'zoom' | 'drag';

/** Frames before the measured ones; fabric's take seconds. */
const warmUps: Readonly<Record<Drawer, number>> = { canvas: 20, bare: 20, fabric: 1 };
const start = { scale: 1, x: -200, y: -150 };

function panStep(index: number): { dx: number; dy: number } {
  const forth = Math.floor(index / 20) % 2 === 0 ? 1 : -1;
  return { dx: 7 * forth, dy: 4 * forth };
}

const scaleAt = (index: number): number => 0.9 + 0.02 * (index % 20);
const wayAt = (index: number): number => 3 * (index % 40);

/** Frame times of `frames` frames. */
async function frameTimes(drawer: Drawer, motion: Motion, scene: Scene, frames: number): Promise<number[]> {
  const host = document.querySelector<HTMLElement>('#host')!;
  host.replaceChildren();
  const picture = await makePicture(1920, 1280);
  const doc = makeDoc(scene, picture.width, picture.height);
  if (drawer === 'canvas') return canvasTimes(host, picture, motion, doc, frames);
  const reference = (drawer === 'bare' ? createBare : createFabric)(host, picture, doc);
  let { x, y } = start;
  const measured = await timeFrames(frames, warmUps[drawer], (index) => {
    const { dx, dy } = panStep(index);
    if (motion === 'pan') [x, y] = [x + dx, y + dy];
    const view = { scale: motion === 'zoom' ? scaleAt(index) : 1, x, y };
    requestAnimationFrame(() => (motion === 'drag' ? reference.drag(view, wayAt(index) + 1) : reference.draw(view)));
  });
  reference.dispose();
  return measured;
}

async function canvasTimes(
  host: HTMLElement,
  picture: ImageBitmap,
  motion: Motion,
  doc: ReturnType<typeof makeDoc>,
  frames: number,
): Promise<number[]> {
  const canvas = createCanvas({ ariaLabel: 'bench' });
  canvas.mount(host);
  canvas.setLabels(labels);
  canvas.setImage(picture, picture.width, picture.height, true);
  canvas.setDoc(doc);
  await nextFrame();
  await nextFrame();
  canvas.zoomTo(1);
  const step = motion === 'drag' ? await dragStep(host, canvas) : motionStep(canvas, motion);
  const measured = await timeFrames(frames, warmUps.canvas, step);
  if (motion === 'drag' && canvas.gesture() === null) throw new Error('nothing was taken hold of');
  canvas.dispose();
  return measured;
}

function motionStep(canvas: ImageCanvas, motion: 'pan' | 'zoom'): (index: number) => void {
  if (motion === 'zoom') return (index) => canvas.zoomTo(scaleAt(index));
  return (index) => {
    const { dx, dy } = panStep(index);
    canvas.pan(dx, dy);
  };
}

/** Takes hold of a corner or a vertex in the middle of the view: from the pointer event to the frame that shows it. */
async function dragStep(host: HTMLElement, canvas: ImageCanvas): Promise<(index: number) => void> {
  const root = host.firstElementChild!;
  const { left, top } = host.getBoundingClientRect();
  const toPage = ([x, y]: readonly [number, number]): { x: number; y: number } => ({
    x: left + x * canvas.viewport.scale + canvas.viewport.x,
    y: top + y * canvas.viewport.scale + canvas.viewport.y,
  });
  const found = canvas.doc.shapes.find(({ geometry }) => {
    const { x, y } = toPage(heldPlace(geometry));
    const isLarge = geometry.type !== 'box' || (geometry.w > 40 && geometry.h > 40);
    return isLarge && x > 250 && x < 900 && y > 150 && y < 500;
  })!;
  canvas.select([found.id]);
  await nextFrame();
  await nextFrame();
  const { x, y } = toPage(heldPlace(found.geometry));
  root.dispatchEvent(pointerEvent('pointermove', x, y));
  root.dispatchEvent(pointerEvent('pointerdown', x, y));
  return (index) => {
    const way = wayAt(index) + 1;
    root.dispatchEvent(pointerEvent('pointermove', x + way, y + way));
  };
}

/** The corner or the vertex that is dragged. */
function heldPlace(geometry: Geometry): readonly [number, number] {
  if (geometry.type === 'box') return [geometry.x + geometry.w, geometry.y + geometry.h];
  return geometry.type === 'polygon' ? geometry.parts[0]!.outer[0]! : [0, 0];
}

function pointerEvent(type: string, x: number, y: number): PointerEvent {
  return new PointerEvent(type, {
    bubbles: true,
    clientX: x,
    clientY: y,
    pointerId: 1,
    isPrimary: true,
    pointerType: 'mouse',
    button: type === 'pointermove' ? -1 : 0,
    buttons: 1,
  });
}

/** For checks by hand and by script: a canvas over a given picture, with every event written down. */
async function play(address: string | null, count: number): Promise<void> {
  const host = document.querySelector<HTMLElement>('#host')!;
  host.replaceChildren();
  const picture = address
    ? await createImageBitmap(await (await fetch(address)).blob())
    : await makePicture(1920, 1280);
  const canvas = createCanvas({
    ariaLabel: 'Photo',
    unlabelledName: '?',
    describe: (shapes) => `${shapes.length} selected`,
  });
  const changes: Change[] = [];
  canvas.mount(host);
  canvas.setLabels(labels);
  canvas.setImage(picture, picture.width, picture.height);
  canvas.setDoc(makeDoc({ kind: 'boxes', count }, picture.width, picture.height));
  canvas.on('change', (change) => changes.push(change));
  Object.assign(window, { canvas, changes });
}

const canvasPage = { frameTimes, play };
export type CanvasPage = typeof canvasPage;
Object.assign(window, { canvasPage });
