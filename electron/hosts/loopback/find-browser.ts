import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A browser of the Chromium family that can show an app window. */
export interface InstalledBrowser {
  path: string;
  /** A name for people, such as `Microsoft Edge`. */
  name: string;
}

interface Candidate {
  name: string;
  /** Commands to look for on the PATH. */
  commands: readonly string[];
  /** Places the installers of this browser use, absolute or below one of the `roots` of the system. */
  places: readonly string[];
}

const linux: readonly Candidate[] = [
  { name: 'Chromium', commands: ['chromium', 'chromium-browser'], places: ['/usr/bin/chromium', '/snap/bin/chromium'] },
  {
    name: 'Google Chrome',
    commands: ['google-chrome-stable', 'google-chrome'],
    places: ['/opt/google/chrome/google-chrome'],
  },
  {
    name: 'Microsoft Edge',
    commands: ['microsoft-edge-stable', 'microsoft-edge'],
    places: ['/opt/microsoft/msedge/microsoft-edge'],
  },
];

const mac: readonly Candidate[] = [
  { name: 'Google Chrome', commands: [], places: ['Applications/Google Chrome.app/Contents/MacOS/Google Chrome'] },
  { name: 'Microsoft Edge', commands: [], places: ['Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'] },
  { name: 'Chromium', commands: ['chromium'], places: ['Applications/Chromium.app/Contents/MacOS/Chromium'] },
];

const windows: readonly Candidate[] = [
  { name: 'Google Chrome', commands: [], places: ['Google/Chrome/Application/chrome.exe'] },
  { name: 'Microsoft Edge', commands: [], places: ['Microsoft/Edge/Application/msedge.exe'] },
  { name: 'Chromium', commands: [], places: ['Chromium/Application/chrome.exe'] },
];

/** What the search depends on; tests give their own. */
export interface BrowserSearch {
  platform: NodeJS.Platform;
  environment: Record<string, string | undefined>;
  /** Whether `path` is a file that can be run. */
  isExecutable(path: string): boolean;
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

const thisMachine: BrowserSearch = {
  platform: process.platform,
  environment: process.env,
  isExecutable: isExecutableFile,
};

/** The folders below which installers put programs: for all users, then for this one. */
function installRoots({ platform, environment }: BrowserSearch): string[] {
  if (platform === 'linux') return ['/'];
  const roots =
    platform === 'win32'
      ? [environment['ProgramFiles'], environment['ProgramFiles(x86)'], environment['LOCALAPPDATA']]
      : ['/', environment['HOME']];
  return roots.filter((root): root is string => Boolean(root));
}

function locate(candidate: Candidate, search: BrowserSearch): string | undefined {
  const folders = (search.environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = candidate.commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  const installed = candidate.places.flatMap((place) => installRoots(search).map((root) => join(root, place)));
  return [...onPath, ...installed].find((path) => search.isExecutable(path));
}

/**
 * Finds a browser for the app window. `CHROMIUM_PATH` names one outright; a path there that cannot be run is an answer
 * too (null), so that a typing mistake does not silently open another browser.
 */
export function findBrowser(search: BrowserSearch = thisMachine): InstalledBrowser | null {
  const named = search.environment['CHROMIUM_PATH'];
  if (named) return search.isExecutable(named) ? { path: named, name: 'Chromium' } : null;
  const candidates = search.platform === 'win32' ? windows : search.platform === 'darwin' ? mac : linux;
  for (const candidate of candidates) {
    const path = locate(candidate, search);
    if (path !== undefined) return { path, name: candidate.name };
  }
  return null;
}
