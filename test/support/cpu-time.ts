/** Milliseconds of processor time used so far, for what takes several turns: the difference counts. */
export function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of processor time that something takes: unlike time by the clock it hardly depends on what else the machine does. */
export function cpuMs(run: () => void): number {
  const before = cpuNow();
  run();
  return cpuNow() - before;
}
