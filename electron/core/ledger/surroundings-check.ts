import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Connection } from '#electron/db/connection.ts';
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

export interface Surroundings {
  /** Folder of the blobs, `ab/abcd...`. */
  attachments: string;
  engine: ProjectionEngine;
  /** The triggers that a file of this version has. */
  guards: readonly { name: string; sql: string }[];
}

/**
 * Checks what lies around the entries: the database file itself and its guards, the list of subjects, the blobs on the disk, and whether
 * every projection's rows are those that the entries give. The connection is of no other use afterwards.
 */
export async function checkSurroundings(
  connection: Connection,
  expected: Surroundings,
  progress: (done: number, total: number) => void,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const report = reporter(problems);
  const db = createHandle(connection);
  for (const text of databaseProblems(db)) report('database', null, text);
  const found = new Map(guards(db).map(({ name, sql }) => [name, sql]));
  for (const { name, sql } of expected.guards) {
    if (found.get(name) !== sql) report('database', null, `trigger ${name} is missing or another one`);
  }
  for (const { seq, place } of missingSubjects(db)) report('column', seq, `subject ${place} is missing`);
  const [listed, said] = [countRows(db, 'subject'), countSubjectsSaid(db)];
  if (listed !== said) report('column', null, `subject has ${listed} rows, the entries account for ${said}`);
  for (const hash of wantedBlobs(db)) {
    const problem = await blobProblem(expected.attachments, hash);
    if (problem) report('blob', null, `${hash}: ${problem}`);
  }
  checkProjections(connection, expected.engine, report, progress);
  return problems;
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
