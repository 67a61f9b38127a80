import { FabricImage, Polygon, Rect, StaticCanvas, type FabricObject } from 'fabric';
import type { AnnotationDoc, Geometry } from '#shared/domain/annotation.ts';
import { labels } from './canvas-scenes.ts';

/** Where the picture lies, CSS pixels. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** What the canvas is measured beside: draws a view, and what a drag of the first corner or vertex by `way` makes of it. */
export interface Reference {
  draw(view: View): void;
  drag(view: View, way: number): void;
  dispose(): void;
}

const colors = new Map(labels.map(({ key, color }) => [key, color]));
const texts = new Map(labels.map(({ key, name }) => [key, name!]));

/** The first shape with its corner or a vertex dragged. */
function dragged(geometry: Geometry, way: number): Geometry {
  if (geometry.type === 'box') return { ...geometry, w: geometry.w + way, h: geometry.h + way };
  if (geometry.type !== 'polygon') return geometry;
  const [{ outer, holes }] = geometry.parts as [(typeof geometry.parts)[number]];
  const [[x, y], ...rest] = outer as [[number, number], ...[number, number][]];
  return { type: 'polygon', parts: [{ outer: [[x + way, y + way], ...rest], holes }] };
}

/** Bare Canvas2D: one canvas, the picture and every shape in view with its name, nothing kept. */
export function createBare(host: HTMLElement, picture: ImageBitmap, doc: AnnotationDoc): Reference {
  const canvas = document.createElement('canvas');
  const ratio = devicePixelRatio;
  canvas.width = Math.round(host.clientWidth * ratio);
  canvas.height = Math.round(host.clientHeight * ratio);
  Object.assign(canvas.style, { width: '100%', height: '100%', display: 'block' });
  host.replaceChildren(canvas);
  const context = canvas.getContext('2d')!;

  const stroke = (geometry: Geometry, k: number, x: number, y: number): void => {
    if (geometry.type === 'box') {
      context.strokeRect(geometry.x * k + x, geometry.y * k + y, geometry.w * k, geometry.h * k);
    } else if (geometry.type === 'polygon') {
      context.beginPath();
      for (const [px, py] of geometry.parts[0]!.outer) context.lineTo(px * k + x, py * k + y);
      context.closePath();
      context.stroke();
    }
  };
  const paint = ({ scale, x: left, y: top }: View, way: number): void => {
    const k = scale * ratio;
    const [x, y] = [left * ratio, top * ratio];
    const geometryOf = (index: number): Geometry =>
      index === 0 && way !== 0 ? dragged(doc.shapes[0]!.geometry, way) : doc.shapes[index]!.geometry;
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, x, y, picture.width * k, picture.height * k);
    if (doc.shapes.length <= 1000) {
      context.lineWidth = 3.5 * ratio;
      context.strokeStyle = 'rgba(0, 0, 0, 0.55)';
      for (let index = 0; index < doc.shapes.length; index += 1) stroke(geometryOf(index), k, x, y);
    }
    context.lineWidth = 1.5 * ratio;
    context.font = `${11 * ratio}px sans-serif`;
    for (const [index, { label }] of doc.shapes.entries()) {
      const geometry = geometryOf(index);
      const at = geometry.type === 'box' ? geometry : cornerOf(geometry);
      const [px, py] = [at.x * k + x, at.y * k + y];
      if (px > canvas.width || py > canvas.height || px + 700 < 0 || py + 700 < 0) continue;
      context.strokeStyle = context.fillStyle = colors.get(label!)!;
      stroke(geometry, k, x, y);
      if (geometry.type !== 'box' || geometry.w * k > 16 * ratio) context.fillText(texts.get(label!)!, px, py - 2);
    }
  };
  return { draw: (view) => paint(view, 0), drag: paint, dispose: () => host.replaceChildren() };
}

function cornerOf(geometry: Geometry): { x: number; y: number } {
  const [x, y] = geometry.type === 'polygon' ? geometry.parts[0]!.outer[0]! : [0, 0];
  return { x, y };
}

/** Fabric as it comes: every shape an object with its defaults, the picture one too, all drawn anew at every change. */
export function createFabric(host: HTMLElement, picture: ImageBitmap, doc: AnnotationDoc): Reference {
  const element = document.createElement('canvas');
  host.replaceChildren(element);
  const canvas = new StaticCanvas(element, {
    width: host.clientWidth,
    height: host.clientHeight,
    renderOnAddRemove: false,
  });
  const ground = document.createElement('canvas');
  ground.width = picture.width;
  ground.height = picture.height;
  ground.getContext('2d')!.drawImage(picture, 0, 0);
  canvas.add(new FabricImage(ground, { originX: 'left', originY: 'top' }));
  const objects = doc.shapes.map(({ geometry, label }): FabricObject => {
    const look = { fill: 'transparent', stroke: colors.get(label!)!, strokeWidth: 1.5 };
    if (geometry.type === 'box') {
      const { x, y, w, h } = geometry;
      return new Rect({ ...look, left: x, top: y, width: w, height: h, originX: 'left', originY: 'top' });
    }
    const points = geometry.type === 'polygon' ? geometry.parts[0]!.outer.map(([x, y]) => ({ x, y })) : [];
    return new Polygon(points, look);
  });
  canvas.add(...objects);
  const show = ({ scale, x, y }: View): void => {
    canvas.setViewportTransform([scale, 0, 0, scale, x, y]);
    canvas.renderAll();
  };
  return {
    draw: show,
    drag(view, way) {
      const [first] = objects;
      const { geometry } = doc.shapes[0]!;
      if (first instanceof Polygon && geometry.type === 'polygon') {
        const [[x, y]] = geometry.parts[0]!.outer as [[number, number]];
        first.points[0] = { x: x + way, y: y + way } as (typeof first.points)[number];
        first.setDimensions();
      } else if (geometry.type === 'box') first?.set({ width: geometry.w + way, height: geometry.h + way });
      first?.set('dirty', true);
      show(view);
    },
    dispose: () => void canvas.dispose(),
  };
}
