// `npm run bench [-- name ... --flag ...]`: runs the benchmarks, each in a process of its own, and prints their figures. Flags are theirs.
import { fork } from 'node:child_process';
import { globSync } from 'node:fs';
import { cpus, totalmem, type as system } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import type { BenchFile, BenchRow } from './bench-row.ts';

const childFlag = '--child';

/** In the child: runs one file and hands its rows to the parent. */
async function runChildFile(path: string): Promise<void> {
  const file: BenchFile = await import(pathToFileURL(path).href);
  const rows = await file.run();
  process.send?.(rows, () => process.disconnect());
}

function runFile(path: string, flags: readonly string[]): Promise<BenchRow[]> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [childFlag, path, ...flags], { execArgv: ['--expose-gc'] });
    let rows: BenchRow[] | undefined;
    child.once('message', (message) => (rows = message as BenchRow[]));
    child.once('error', reject);
    child.once('close', (code) => {
      if (rows) resolve(rows);
      else reject(new Error(`${basename(path)} ended with code ${code} and no figures`));
    });
  });
}

function machineFacts(): string[] {
  const database = new Database(':memory:');
  const sqlite = database.prepare('SELECT sqlite_version()').pluck().get();
  database.close();
  const processors = cpus();
  return [
    `date    ${new Date().toISOString().slice(0, 10)}`,
    `cpu     ${processors.length} x ${processors[0]?.model.trim() ?? 'unknown'}`,
    `memory  ${(totalmem() / 2 ** 30).toFixed(1)} GiB, ${system()}`,
    `node    ${process.versions.node}, sqlite ${String(sqlite)}`,
  ];
}

function figure(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.1) return value.toPrecision(2);
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });
}

function cells(row: BenchRow): string[] {
  const reference = row.reference ? `${figure(row.reference.value)} ${row.unit} (${row.reference.name})` : '';
  const ratio = row.reference && row.reference.value > 0 ? `${figure(row.value / row.reference.value)} x` : '';
  return [row.name, `${figure(row.value)} ${row.unit}`, ratio, reference, row.budget ?? ''];
}

function table(rows: readonly BenchRow[]): string {
  const lines = [['what', 'measured', 'ratio', 'reference', 'budget'], ...rows.map(cells)];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const numeric = new Set([1, 2]);
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          numeric.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function runAll(names: readonly string[], flags: readonly string[]): Promise<void> {
  const files = globSync('*.bench.ts', { cwd: import.meta.dirname }).sort();
  const chosen = files.filter((file) => names.length === 0 || names.some((name) => file.includes(name)));
  if (chosen.length === 0) {
    console.error(
      `No benchmark of that name. There are: ${files.map((file) => basename(file, '.bench.ts')).join(', ')}`,
    );
    process.exitCode = 2;
    return;
  }
  console.log(machineFacts().join('\n'));
  for (const file of chosen) {
    console.log(`\n${basename(file, '.bench.ts')}`);
    try {
      console.log(table(await runFile(join(import.meta.dirname, file), flags)));
    } catch (error) {
      console.log(`failed: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
}

const args = process.argv.slice(2);
if (args[0] === childFlag && args[1] !== undefined) await runChildFile(args[1]);
else {
  const isFlag = (arg: string) => arg.startsWith('--');
  await runAll(
    args.filter((arg) => !isFlag(arg)),
    args.filter(isFlag),
  );
}
