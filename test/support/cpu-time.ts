/** Milliseconds this thread has computed for: unlike a clock it does not count what other programs on a busy machine do. */
export function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
