import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appRoot } from './app-root.ts';

/** Version facts for the settings page: the program's own, and of what it runs on. */
export function programVersions(): Record<string, string> {
  const { version } = JSON.parse(readFileSync(join(appRoot, 'package.json'), 'utf8')) as { version: string };
  const { node, electron, chrome } = process.versions;
  const parts = { counterledger: version, node, electron, chromium: chrome };
  return Object.fromEntries(Object.entries(parts).filter((part): part is [string, string] => part[1] !== undefined));
}
