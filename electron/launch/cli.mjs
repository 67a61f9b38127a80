// `npm run -s cli -- ...`: the command line on a Node that can run it. stdout carries the reply and nothing else.
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { ensureInstalled } from './ensure.mjs';
import { isBuilt } from './built-state.mjs';
import { launchLanguage, translator } from './messages.mjs';
import { environmentForProgram, nodeForProgram, programRoot } from './node-runtime.mjs';

const say = translator(launchLanguage(undefined));
const installed = await ensureInstalled(() => console.error(say('launch.installing')));
const node = nodeForProgram();
if (!installed) {
  console.error(say('launch.installFailed'));
  process.exitCode = 1;
} else if (node) {
  // The source runs as it is; the bundle only starts sooner.
  const script = isBuilt() ? ['dist', 'node', 'cli.mjs'] : ['electron', 'hosts', 'cli', 'main.ts'];
  process.exitCode = await runChild(node, [join(programRoot, ...script), ...process.argv.slice(2)], {
    env: environmentForProgram(),
  });
} else {
  console.error(say('launch.nodeTooOld', { found: process.versions.node }));
  process.exitCode = 1;
}
