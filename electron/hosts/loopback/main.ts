import { runLoopbackHost } from './loopback-host.ts';
import { type LoopbackFlags, readLoopbackFlags } from './loopback-flags.ts';

/** Exit code for a command line that is not understood. */
const usageError = 2;

function flagsOrExit(): LoopbackFlags {
  try {
    return readLoopbackFlags(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(usageError);
  }
}

process.exit(await runLoopbackHost(flagsOrExit()));
