import type { AnnotationDoc, Geometry, PolygonGeometry, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';

/** What is drawn over the photo: so many boxes, so many polygons of 40 points, or one polygon of that many points. */
export interface Scene {
  readonly kind: 'boxes' | 'polygons' | 'outline';
  readonly count: number;
}

export const labels: LabelSet = [
  { key: 'car', name: 'Car', color: '#4477aa' },
  { key: 'person', name: 'Person', color: '#ee6677' },
  { key: 'sign', name: 'Traffic sign', color: '#ccbb44' },
  { key: 'light', name: '信号灯', color: '#66ccee' },
];

/** A small fast generator, so that every run draws the same. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The shapes of a scene, in a picture of that size. */
export function makeDoc({ kind, count }: Scene, width: number, height: number): AnnotationDoc {
  const next = random(count);
  if (kind === 'outline') {
    const outline = blob(next, width * 0.35, height * 0.35, height * 0.22, count, 0.06);
    return { version: 1, shapes: [shapeOf(0, 'person', outline)] };
  }
  const shapes = Array.from({ length: count }, (_, index): Shape => {
    const w = 8 + next() * 60;
    const h = 8 + next() * 60;
    const label = labels[Math.floor(next() * labels.length)]!.key;
    const [x, y] = [next() * (width - w), next() * (height - h)];
    if (kind === 'boxes') return shapeOf(index, label, { type: 'box', x, y, w, h });
    return shapeOf(index, label, blob(next, 60 + x * 0.93, 60 + y * 0.9, 20 + w / 2, 40, 0.15));
  });
  return { version: 1, shapes };
}

function shapeOf(index: number, label: string, geometry: Geometry): Shape {
  const id = `00000000-0000-7000-8000-${String(index).padStart(12, '0')}` as ShapeId;
  return { id, label, geometry, attributes: {}, origin: 'imported' };
}

/** A round outline that trembles, as people and machines draw them. */
function blob(next: () => number, cx: number, cy: number, radius: number, points: number, tremble: number) {
  const outer = Array.from({ length: points }, (_, index): [number, number] => {
    const angle = (2 * Math.PI * index) / points;
    const reach = radius * (1 + tremble * (next() - 0.5) + 0.15 * Math.sin(5 * angle));
    return [cx + reach * Math.cos(angle), cy + reach * Math.sin(angle)];
  });
  return { type: 'polygon', parts: [{ outer, holes: [] }] } satisfies PolygonGeometry;
}

/** A noisy picture of that size. */
export async function makePicture(width: number, height: number): Promise<ImageBitmap> {
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
