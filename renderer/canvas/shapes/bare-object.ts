import { FabricObject } from 'fabric';

/** A fabric object that paints itself in device pixels; for what fabric's own transforms would only slow down or blur. */
export class BareObject extends FabricObject {
  paint: (context: CanvasRenderingContext2D) => void = () => undefined;

  override render(context: CanvasRenderingContext2D): void {
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    this.paint(context);
    context.restore();
  }
}

/** An object with neither borders nor controls of fabric's. */
export function createBareObject(): BareObject {
  return new BareObject({ objectCaching: false, strokeWidth: 0, hasBorders: false, hasControls: false });
}
