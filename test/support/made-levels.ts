/** Levels in dB, 100 a second, of stretches one after the other: seconds, how loud, and by how much that goes up and down. */
export function madeLevels(
  random: () => number,
  parts: readonly (readonly [seconds: number, db: number, spread?: number])[],
): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    parts.flatMap(([seconds, db, spread = 1]) =>
      Array.from({ length: Math.round(seconds * 100) }, () => db + spread * (2 * random() - 1)),
    ),
  );
}
