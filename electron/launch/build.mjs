// Builds dist/: the renderer, the hosts with the core's worker, the preload script.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { builtFromPath, sourcesDigest } from './built-state.mjs';
import { programRoot } from './node-runtime.mjs';

// Taken before the build: a file that changes meanwhile makes the next start build again.
const digest = sourcesDigest();
// A build that fails half way must not pass for a whole one.
rmSync(builtFromPath, { force: true });

const started = performance.now();
process.chdir(programRoot);
await build({ configFile: join(programRoot, 'vite.config.ts'), logLevel: 'warn' });
const nodeConfig = join(programRoot, 'vite.node.config.ts');
await build({ configFile: nodeConfig, mode: 'production', logLevel: 'warn' });
await build({ configFile: nodeConfig, mode: 'preload', logLevel: 'warn' });
writeFileSync(builtFromPath, digest);
console.error(`dist built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
