// `npm run -s cli -- ...`: the command line on a Node that can run it. stdout carries the reply and nothing else.
import { isBuilt } from './built-state.mjs';

// The source runs as it is; the bundle only starts sooner.
const script = isBuilt() ? 'dist/node/cli.mjs' : 'electron/hosts/cli/main.ts';
process.argv.splice(2, 0, script);
await import('./run.mjs');
