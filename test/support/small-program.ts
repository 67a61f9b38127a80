import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { appRoot } from '#electron/core/app-root.ts';

/** How a run ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface SmallProgram {
  root: string;
  write(path: string, text: string, mode?: number): void;
  /** Marks dist/ as built from what lies here now. */
  markBuilt(): void;
  /** Starts `npm start` with its arguments, in English and without a display unless the environment says otherwise. */
  start(args: readonly string[], environment?: Record<string, string>): ChildProcess;
  run(args: readonly string[], environment?: Record<string, string>): Promise<Ended>;
  remove(): void;
}

/**
 * A folder with the real launcher and stand-ins for everything it launches: a host that prints its flags, a build that
 * leaves a trace, and Electron's npm package without a binary.
 */
export function createSmallProgram(): SmallProgram {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'program-')));
  const write = (path: string, text: string, mode = 0o644) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), mode);
  };
  cpSync(join(appRoot, 'electron', 'launch'), join(root, 'electron', 'launch'), { recursive: true });
  cpSync(join(appRoot, 'resources', 'locales'), join(root, 'resources', 'locales'), { recursive: true });
  for (const config of ['package.json', 'tsconfig.json', 'vite.config.ts', 'vite.node.config.ts']) {
    cpSync(join(appRoot, config), join(root, config));
  }
  write('package-lock.json', '{"packages":{}}');
  write('node_modules/.package-lock.json', '{"packages":{}}');
  cpSync(join(appRoot, 'node_modules', 'electron'), join(root, 'node_modules', 'electron'), {
    recursive: true,
    filter: (path) => !/electron[\\/](dist|path\.txt)/.test(path),
  });
  symlinkSync(join(appRoot, 'node_modules', '@electron'), join(root, 'node_modules', '@electron'), 'junction');
  write('dist/node/loopback.mjs', `console.log('loopback', process.argv.slice(2).join(' '));`);
  write(
    'electron/launch/build.mjs',
    `import { writeFileSync } from 'node:fs';
     import { builtFromPath, sourcesDigest } from './built-state.mjs';
     console.log('building');
     writeFileSync(builtFromPath, sourcesDigest());`,
  );
  const script = join(root, 'electron', 'launch', 'start.mjs');
  const start: SmallProgram['start'] = (args, environment = {}) => {
    const {
      DISPLAY: _display,
      WAYLAND_DISPLAY: _wayland,
      npm_lifecycle_event: _event,
      INIT_CWD: _cwd,
      ...rest
    } = process.env;
    return spawn(process.execPath, [script, ...args], {
      cwd: root,
      env: { ...rest, LANG: 'en_US.UTF-8', LC_ALL: '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  };
  return {
    root,
    write,
    markBuilt() {
      const state = join(root, 'electron', 'launch', 'built-state.mjs');
      const code = `import { builtFromPath, sourcesDigest } from ${JSON.stringify(state)};
        import { writeFileSync } from 'node:fs'; writeFileSync(builtFromPath, sourcesDigest());`;
      execFileSync(process.execPath, ['--input-type=module', '--eval', code]);
    },
    start,
    run(args, environment) {
      const child = start(args, environment);
      const ended: Ended = { code: null, stdout: '', stderr: '' };
      child.stdout?.setEncoding('utf8').on('data', (text) => (ended.stdout += text));
      child.stderr?.setEncoding('utf8').on('data', (text) => (ended.stderr += text));
      return new Promise((resolve) => {
        child.once('close', (code) => resolve({ ...ended, code }));
      });
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
