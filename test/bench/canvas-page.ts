/**
 * The page that the canvas benchmark and its browser check run in: the real canvas over a made-up photo, and bare Canvas2D
 * drawing the same. Bundled by Vite, driven from outside through `window.canvasPage`.
 */
import { createCanvas } from '#renderer/canvas/engine.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import type { AnnotationDoc, Change, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { boxOf } from '#test/support/box-of.ts';

const labels: LabelSet = [
  { key: 'car', name: 'Car', color: '#4477aa' },
  { key: 'person', name: 'Person', color: '#ee6677' },
  { key: 'sign', name: 'Traffic sign', color: '#ccbb44' },
  { key: 'light', name: '信号灯', color: '#66ccee' },
];

/** A small fast generator, so that every run draws the same boxes. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function makeDoc(count: number, width: number, height: number): AnnotationDoc {
  const next = random(count);
  const shapes = Array.from({ length: count }, (_, index): Shape => {
    const w = 8 + next() * 60;
    const h = 8 + next() * 60;
    return {
      id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}` as ShapeId,
      label: labels[Math.floor(next() * labels.length)]!.key,
      geometry: { type: 'box', x: next() * (width - w), y: next() * (height - h), w, h },
      attributes: {},
      origin: 'imported',
    };
  });
  return { version: 1, shapes };
}

async function makePicture(width: number, height: number): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const data = context.createImageData(width, height);
  const next = random(7);
  for (let at = 0; at < data.data.length; at += 4) {
    data.data[at] = 60 + next() * 120;
    data.data[at + 1] = 60 + next() * 110;
    data.data[at + 2] = 60 + next() * 100;
    data.data[at + 3] = 255;
  }
  context.putImageData(data, 0, 0);
  return createImageBitmap(canvas);
}

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/**
 * Milliseconds from one frame to the next while `step` changes something before each: the whole cost of a frame, from the
 * change over painting to handing it to the compositor. The browser's limit on the frame rate is off, and a frame that
 * changes nothing would wait for the next tick of 60 Hz, so every frame must have something to draw.
 */
async function timeFrames(count: number, step: (index: number) => void): Promise<number[]> {
  const times: number[] = [];
  let before = performance.now();
  for (let index = -20; index < count; index += 1) {
    step(index);
    await frame();
    const now = performance.now();
    if (index >= 0) times.push(now - before);
    before = now;
  }
  return times;
}

interface View {
  scale: number;
  x: number;
  y: number;
}

/** Bare Canvas2D, the reference: one canvas, the picture and every box in view with its name, nothing kept. */
function createBare(host: HTMLElement, picture: ImageBitmap, doc: AnnotationDoc) {
  const canvas = document.createElement('canvas');
  const ratio = devicePixelRatio;
  canvas.width = Math.round(host.clientWidth * ratio);
  canvas.height = Math.round(host.clientHeight * ratio);
  Object.assign(canvas.style, { width: '100%', height: '100%', display: 'block' });
  host.replaceChildren(canvas);
  const context = canvas.getContext('2d')!;
  const colors = new Map(labels.map(({ key, color }) => [key, color]));
  const texts = new Map(labels.map(({ key, name }) => [key, name!]));
  return {
    draw({ scale, x, y }: View, withNames: boolean) {
      const k = scale * ratio;
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.drawImage(picture, x * ratio, y * ratio, picture.width * k, picture.height * k);
      if (doc.shapes.length <= 1000) {
        context.lineWidth = 3.5 * ratio;
        context.strokeStyle = 'rgba(0, 0, 0, 0.55)';
        for (const shape of doc.shapes) {
          const geometry = boxOf(shape.geometry);
          context.strokeRect(geometry.x * k + x * ratio, geometry.y * k + y * ratio, geometry.w * k, geometry.h * k);
        }
      }
      context.lineWidth = 1.5 * ratio;
      context.font = `${11 * ratio}px sans-serif`;
      for (const shape of doc.shapes) {
        const { label } = shape;
        const geometry = boxOf(shape.geometry);
        const left = geometry.x * k + x * ratio;
        const top = geometry.y * k + y * ratio;
        const width = geometry.w * k;
        const height = geometry.h * k;
        if (left > canvas.width || top > canvas.height || left + width < 0 || top + height < 0) continue;
        context.strokeStyle = context.fillStyle = colors.get(label!)!;
        context.strokeRect(left, top, width, height);
        if (withNames && width > 16 * ratio) context.fillText(texts.get(label!)!, left, top - 2);
      }
    },
  };
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

async function panTimes(kind: 'canvas' | 'bare', count: number, frames: number, withNames: boolean): Promise<number[]> {
  const { host, canvas, picture } = await open(count, kind, withNames);
  const start = { scale: 1, x: -200, y: -150 };
  const move = (index: number): { dx: number; dy: number } => {
    const forth = Math.floor(Math.max(index, 0) / 20) % 2 === 0 ? 1 : -1;
    return { dx: 7 * forth, dy: 4 * forth };
  };
  if (kind === 'bare') {
    const bare = createBare(host, picture, makeDoc(count, picture.width, picture.height));
    let { x, y } = start;
    return timeFrames(frames, (index) => {
      const { dx, dy } = move(index);
      x += dx;
      y += dy;
      requestAnimationFrame(() => bare.draw({ scale: 1, x, y }, withNames));
    });
  }
  canvas!.zoomTo(1);
  const times = await timeFrames(frames, (index) => {
    const { dx, dy } = move(index);
    canvas!.pan(dx, dy);
  });
  canvas!.dispose();
  return times;
}

async function zoomTimes(
  kind: 'canvas' | 'bare',
  count: number,
  frames: number,
  withNames: boolean,
): Promise<number[]> {
  const { host, canvas, picture } = await open(count, kind, withNames);
  const scaleAt = (index: number): number => 0.9 + 0.02 * (Math.max(index, 0) % 20);
  if (kind === 'bare') {
    const bare = createBare(host, picture, makeDoc(count, picture.width, picture.height));
    return timeFrames(frames, (index) => {
      const scale = scaleAt(index);
      requestAnimationFrame(() => bare.draw({ scale, x: -200, y: -150 }, withNames));
    });
  }
  const times = await timeFrames(frames, (index) => canvas!.zoomTo(scaleAt(index)));
  canvas!.dispose();
  return times;
}

/** Drags a corner of one box: from the pointer event to the frame that shows it. */
async function dragTimes(count: number, frames: number): Promise<number[]> {
  const { host, canvas } = await open(count, 'canvas', true);
  canvas!.zoomTo(1);
  const root = host.firstElementChild!;
  const { left, top } = host.getBoundingClientRect();
  const shape = canvas!.doc.shapes.find((each) => {
    const geometry = boxOf(each.geometry);
    const x = geometry.x * canvas!.viewport.scale + canvas!.viewport.x;
    const y = geometry.y * canvas!.viewport.scale + canvas!.viewport.y;
    return x > 300 && x < 600 && y > 200 && y < 400 && geometry.w > 40 && geometry.h > 40;
  })!;
  const box = boxOf(shape.geometry);
  canvas!.select([shape.id]);
  await frame();
  await frame();
  const corner = {
    x: left + (box.x + box.w) * canvas!.viewport.scale + canvas!.viewport.x,
    y: top + (box.y + box.h) * canvas!.viewport.scale + canvas!.viewport.y,
  };
  root.dispatchEvent(pointerEvent('pointermove', corner.x, corner.y));
  root.dispatchEvent(pointerEvent('pointerdown', corner.x, corner.y));
  const times = await timeFrames(frames, (index) => {
    const way = 3 * (Math.max(index, 0) % 40);
    root.dispatchEvent(pointerEvent('pointermove', corner.x + way, corner.y + way));
  });
  if (canvas!.gesture() === null) throw new Error('the corner was not taken hold of');
  root.dispatchEvent(pointerEvent('pointerup', corner.x, corner.y));
  canvas!.dispose();
  return times;
}

async function open(count: number, kind: 'canvas' | 'bare', withNames: boolean) {
  const host = document.querySelector<HTMLElement>('#host')!;
  host.replaceChildren();
  const picture = await makePicture(1920, 1280);
  let canvas: ImageCanvas | null = null;
  if (kind === 'canvas') {
    canvas = createCanvas({ ariaLabel: 'bench', showNames: withNames });
    canvas.mount(host);
    canvas.setLabels(labels);
    canvas.setImage(picture, picture.width, picture.height);
    canvas.setDoc(makeDoc(count, picture.width, picture.height));
    await frame();
    await frame();
  }
  return { host, canvas, picture };
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
  canvas.setDoc(makeDoc(count, picture.width, picture.height));
  canvas.on('change', (change) => changes.push(change));
  Object.assign(window, { canvas, changes });
}

const canvasPage = { panTimes, zoomTimes, dragTimes, play };
export type CanvasPage = typeof canvasPage;
Object.assign(window, { canvasPage });
