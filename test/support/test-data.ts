import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env['COUNTERLEDGER_TEST_DATA'];

if (!folder) {
  console.warn('COUNTERLEDGER_TEST_DATA is not set: tests on real input are skipped.');
}

/**
 * Path of a file or folder of real input, or null when the environment names no such folder; then skip:
 * `describe.skipIf(testData('images') === null)('real photos', ...)`.
 *
 * @throws Error when the folder is named but lacks the path: that is a mistake, not a reason to skip.
 */
export function testData(path: string): string | null {
  if (!folder) return null;
  const full = join(folder, path);
  if (!existsSync(full)) throw new Error(`COUNTERLEDGER_TEST_DATA has no ${path}`);
  return full;
}
