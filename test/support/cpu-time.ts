/** Milliseconds of processor time that something takes: unlike time by the clock it hardly depends on what else the machine does. */
export function cpuMs(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
