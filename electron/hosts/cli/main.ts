import { runCli } from './cli-host.ts';

process.exitCode = await runCli(process.argv.slice(2));
