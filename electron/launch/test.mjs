// `npm test`: everything that must hold, on a Node that can run it. The last line counts the tests.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { ensureInstalled } from './ensure.mjs';
import { launchLanguage, translator } from './messages.mjs';
import { environmentForProgram, nodeForProgram, programRoot } from './node-runtime.mjs';

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

const inModules = (/** @type {string} */ path) => join(programRoot, 'node_modules', path);
const tsc = inModules('typescript/bin/tsc');

/** Checks that need no counting; a failure of one does not keep the others from running. */
const checks = [
  ...['shared', 'electron', 'renderer', 'test'].map((part) => ({ name: `types of ${part}`, args: [tsc, '-p', part] })),
  { name: 'lint', args: [inModules('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'format', args: [inModules('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  { name: 'unused code', args: [inModules('knip/bin/knip.js')] },
  { name: 'build', args: [join('electron', 'launch', 'build.mjs')] },
];

/**
 * @param {string} path report of vitest's json reporter
 * @returns {Counts}
 */
function countVitest(path) {
  const report = JSON.parse(readFileSync(path, 'utf8'));
  // A file that cannot even be loaded has no tests to count, yet it failed.
  const unloadable = report.testResults.filter(
    (/** @type {{status: string, assertionResults: unknown[]}} */ file) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {string} path report of Playwright's json reporter
 * @returns {Counts}
 */
function countPlaywright(path) {
  const { stats, errors } = JSON.parse(readFileSync(path, 'utf8'));
  const failed = stats.unexpected + stats.flaky;
  return { passed: stats.expected, failed: failed || (errors.length > 0 ? 1 : 0), skipped: stats.skipped };
}

/**
 * @param {string} reports folder for the reports
 */
function testRuns(reports) {
  const unitReport = join(reports, 'vitest.json');
  const browserReport = join(reports, 'playwright.json');
  return [
    {
      name: 'unit, conformance and rules',
      args: [
        inModules('vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile=${unitReport}`,
      ],
      env: {},
      count: () => countVitest(unitReport),
    },
    {
      name: 'browser',
      args: [inModules('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport },
      count: () => countPlaywright(browserReport),
    },
  ];
}

/**
 * The counts of a run; one that broke off before it could write its report has failed once at least.
 * @param {() => Counts} count
 * @returns {Counts}
 */
function countOf(count) {
  try {
    return count();
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * Runs one stage under a heading; answers whether it succeeded.
 * @param {string} node
 * @param {string} name
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 */
async function stage(node, name, args, env = {}) {
  console.log(`\n--- ${name}`);
  const started = performance.now();
  const code = await runChild(node, args, { cwd: programRoot, env: { ...environmentForProgram(), ...env } });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    code === 0 ? `--- ${name}: passed in ${seconds} s` : `--- ${name}: FAILED (code ${code}) after ${seconds} s`,
  );
  return code === 0;
}

/** @param {string} node */
async function runAll(node) {
  /** @type {string[]} */
  const failures = [];
  for (const check of checks) {
    if (!(await stage(node, check.name, check.args))) failures.push(check.name);
  }
  /** @type {Counts} */
  const total = { passed: 0, failed: 0, skipped: 0 };
  const reports = mkdtempSync(join(tmpdir(), 'counterledger-test-'));
  try {
    for (const run of testRuns(reports)) {
      if (!(await stage(node, run.name, run.args, run.env))) failures.push(run.name);
      const counts = countOf(run.count);
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return failures.length === 0 ? 0 : 1;
}

const say = translator(launchLanguage(undefined));
if (!(await ensureInstalled(() => console.error(say('launch.installing'))))) {
  console.error(say('launch.installFailed'));
  process.exitCode = 1;
} else {
  const node = nodeForProgram();
  if (node) process.exitCode = await runAll(node);
  else {
    console.error(say('launch.nodeTooOld', { found: process.versions.node }));
    process.exitCode = 1;
  }
}
