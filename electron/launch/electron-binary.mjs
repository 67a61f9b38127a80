// Electron's binary is not part of the npm package: it is found where it was put, or fetched once.
// `electron` itself is never loaded here, because loading it in Node starts a download that nothing can watch.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentForProgram, programRoot } from './node-runtime.mjs';

const stallMs = 20_000;
const unpackMs = 300_000;
const progressEveryMs = 2_000;

const packageFolder = join(programRoot, 'node_modules', 'electron');
const memoryFolder = join(programRoot, 'node_modules', '.cache', 'counterledger');

/** @returns {string} such as `45.4.1` */
function electronVersion() {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;
}

function executableName() {
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * Path of the Electron executable, or null when it is not on this machine. `ELECTRON_OVERRIDE_DIST_PATH` names a folder
 * that was unpacked elsewhere.
 * @returns {string | null}
 */
export function findElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const executable = join(override || join(packageFolder, 'dist'), executableName());
  if (!existsSync(executable)) return null;
  // An unpacking that was cut short leaves files but not the note of what to run.
  return override || existsSync(join(packageFolder, 'path.txt')) ? executable : null;
}

function memoryPath() {
  return join(memoryFolder, `electron-${electronVersion()}.json`);
}

/** Whether this version of Electron was already tried and could not be had. */
export function wasElectronTried() {
  return existsSync(memoryPath());
}

/** @param {string} problem */
function rememberFailure(problem) {
  mkdirSync(memoryFolder, { recursive: true });
  writeFileSync(memoryPath(), JSON.stringify({ triedAt: new Date().toISOString(), problem }));
}

/**
 * Runs a script of this program to its end; answers null, or what went wrong in one line.
 *
 * @param {string} node
 * @param {string} script
 * @param {number} silenceMs how long it may say nothing on stdout before it is ended
 * @param {(line: string) => void} onLine
 * @returns {Promise<string | null>}
 */
export function runWatched(node, script, silenceMs, onLine) {
  return new Promise((resolve) => {
    const env = environmentForProgram();
    // Node's own fetch reads the proxy variables only when told to.
    const child = spawn(node, [script], {
      cwd: programRoot,
      env: { ...env, NODE_USE_ENV_PROXY: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let stalled = false;
    let lastWords = '';
    const stop = () => {
      stalled = true;
      child.kill('SIGKILL');
    };
    let watchdog = setTimeout(stop, silenceMs);
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      clearTimeout(watchdog);
      watchdog = setTimeout(stop, silenceMs);
      onLine(String(text).trim().split('\n').at(-1) ?? '');
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => (lastWords += text));
    child.once('close', (code) => {
      clearTimeout(watchdog);
      if (code === 0) resolve(null);
      else resolve(stalled ? `nothing came for ${silenceMs / 1000} s` : errorLine(lastWords));
    });
  });
}

/**
 * The line of a printed error that says what happened.
 * @param {string} text
 */
export function errorLine(text) {
  const lines = text.split('\n').map((line) => line.trim());
  // The cause is printed last and says more than "fetch failed".
  const telling = lines.findLast((line) => /^(\[cause\]: )?\w*Error: /.test(line)) ?? lines.find(Boolean) ?? 'unknown';
  return telling.replace(/^(\[cause\]: )?\w*Error: /, '');
}

/**
 * Fetches Electron's binary with progress on stderr, and remembers when it cannot be had.
 *
 * @param {string} node
 * @param {(key: string, details?: Record<string, string | number>) => string} say
 * @returns {Promise<boolean>} whether it is there now
 */
export async function fetchElectron(node, say) {
  console.error(say('launch.electronFetching', { version: electronVersion() }));
  let nextReport = 0;
  const problem =
    (await runWatched(node, join(programRoot, 'electron', 'launch', 'electron-download.mjs'), stallMs, (line) => {
      const [bytes = 0, total = 0] = line.split(' ').map(Number);
      if (performance.now() < nextReport) return;
      nextReport = performance.now() + progressEveryMs;
      const megabytes = (/** @type {number} */ count) => (count / 1e6).toFixed(0);
      console.error(say('launch.electronProgress', { done: megabytes(bytes), total: total ? megabytes(total) : '?' }));
    })) ?? (await runWatched(node, join(packageFolder, 'install.js'), unpackMs, () => {}));
  if (problem === null && findElectron()) return true;
  rememberFailure(problem ?? 'unpacked, but the executable is missing');
  console.error(say('launch.electronFailed', { problem: problem ?? '' }));
  return false;
}
