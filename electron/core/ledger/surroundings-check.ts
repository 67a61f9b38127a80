import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Connection } from '#electron/db/connection.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { createHandle } from '#electron/db/handle.ts';
import {
  countRows,
  countSubjectsSaid,
  databaseProblems,
  guards,
  missingSubjects,
  wantedBlobs,
} from '#electron/repositories/entries-verify.repository.ts';
import { compareProjections } from './projection-check.ts';
import type { ProjectionEngine } from './projection-engine.ts';
import { type Problem, type Report, reporter } from './verification.ts';

/**
 * Checks the database file itself, its guards and the list of subjects.
 *
 * @param expected the triggers that a file of this version has
 */
export function checkFile(db: ReadDb, expected: readonly { name: string; sql: string }[]): Problem[] {
  const problems: Problem[] = [];
  const report = reporter(problems);
  for (const text of databaseProblems(db)) report('database', null, text);
  const found = new Map(guards(db).map(({ name, sql }) => [name, sql]));
  for (const { name, sql } of expected) {
    if (found.get(name) !== sql) report('database', null, `trigger ${name} is missing or another one`);
  }
  checkSubjects(db, report);
  return problems;
}

/**
 * Checks the blobs on the disk, and whether every projection's rows are those that the entries give. The connection is of no other use
 * afterwards.
 *
 * @param attachments folder of the blobs, `ab/abcd...`
 */
export async function checkSurroundings(
  connection: Connection,
  { attachments, engine }: { attachments: string; engine: ProjectionEngine },
  progress: (done: number, total: number) => void,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const report = reporter(problems);
  for (const hash of wantedBlobs(createHandle(connection))) {
    const problem = await blobProblem(attachments, hash);
    if (problem) report('blob', null, `${hash}: ${problem}`);
  }
  checkProjections(connection, engine, report, progress);
  return problems;
}

function checkSubjects(db: ReadDb, report: Report): void {
  const { said, listed } = countSubjectsSaid(db);
  const rows = countRows(db, 'subject');
  if (rows !== said) report('column', null, `subject has ${rows} rows, the entries account for ${said}`);
  if (listed === said) return;
  for (const { seq, place } of missingSubjects(db)) report('column', seq, `subject ${place} is missing`);
}

function checkProjections(
  connection: Connection,
  engine: ProjectionEngine,
  report: Report,
  progress: (done: number, total: number) => void,
): void {
  try {
    for (const { table, differed } of compareProjections(connection, engine, progress)) {
      if (differed > 0) report('projection', null, `${table}: ${differed} rows are not what the entries give`);
    }
  } catch (error) {
    // Entries that cannot be read are told of one by one by whoever reads them one by one.
    report('projection', null, `cannot be computed: ${(error as Error).message}`);
  }
}

async function blobProblem(attachments: string, hash: string): Promise<string | null> {
  const sha256 = createHash('sha256');
  try {
    await pipeline(createReadStream(join(attachments, hash.slice(0, 2), hash)), sha256);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'the file is missing' : (error as Error).message;
  }
  return sha256.digest('hex') === hash ? null : 'the file is another one';
}
