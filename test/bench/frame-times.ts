/** Resolves at the next frame. */
export const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/**
 * Milliseconds from one frame to the next while `step` changes something before each: the whole cost of a frame, from the
 * change over painting to handing it to the compositor. The browser's limit on the frame rate is off, and a frame that
 * changes nothing would wait for the next tick of 60 Hz, so every frame must have something to draw.
 */
export async function timeFrames(count: number, warmUp: number, step: (index: number) => void): Promise<number[]> {
  const times: number[] = [];
  let before = performance.now();
  for (let index = -warmUp; index < count; index += 1) {
    step(Math.max(index, 0));
    await nextFrame();
    const now = performance.now();
    if (index >= 0) times.push(now - before);
    before = now;
  }
  return times;
}
