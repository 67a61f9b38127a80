/** A place in a recording as `12:03.45`, with hours where there are any: to hundredths of a second, cut off and not rounded. */
export function placeText(frame: number, rate: number): string {
  const hundredths = Math.floor((Math.max(0, frame) / rate) * 100 + 1e-6);
  const two = (value: number) => String(value).padStart(2, '0');
  const [seconds, minutes, hours] = [
    Math.floor(hundredths / 100) % 60,
    Math.floor(hundredths / 6000) % 60,
    Math.floor(hundredths / 360_000),
  ];
  const rest = `${two(minutes)}:${two(seconds)}.${two(hundredths % 100)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** A length as `3.20 s`. */
export function lengthText(frames: number, rate: number): string {
  return `${(frames / rate).toFixed(2)} s`;
}
