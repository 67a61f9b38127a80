import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Modality } from '#shared/domain/project.ts';
import { compareNames, skipReasonOf, type SkipReason } from '#shared/rules/photo-names.rules.ts';

/** The photos or recordings below a folder, by their path below it with `/`, in natural order, and what was left out. */
export interface FolderWalk {
  names: string[];
  skipped: number;
  /** Some of what was left out, with the reason. */
  skippedSome: { path: string; problem: SkipReason }[];
}

const skippedSomeLimit = 100;
/** Names sorted without giving way: about 20 ms. */
const sortedAtOnce = 5000;

/**
 * Lists every photo, or every recording, below a folder without opening one. Links are never followed: what they lead to inside the folder is
 * found without them, and what lies outside was not chosen. So a loop of links is no loop here.
 *
 * Gives way to other work between folders and while sorting.
 *
 * @param onFound told how many were found so far
 * @throws AbortError by `signal`; a system error when the folder itself can't be read (one below it is told in the answer)
 */
export async function walkFolder(
  root: string,
  signal: AbortSignal,
  onFound: (files: number) => void = () => {},
  modality: Modality = 'image',
): Promise<FolderWalk> {
  const walk: FolderWalk = { names: [], skipped: 0, skippedSome: [] };
  const skip = (path: string, problem: SkipReason): void => {
    walk.skipped += 1;
    if (walk.skippedSome.length < skippedSomeLimit) walk.skippedSome.push({ path, problem });
  };

  const folders = [''];
  for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
    signal.throwIfAborted();
    let entries;
    try {
      entries = await readdir(join(root, below), { withFileTypes: true });
    } catch (error) {
      if (below === '') throw error;
      skip(below, 'unreadable');
      continue;
    }
    for (const entry of entries) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name.startsWith('.')) skip(path, 'hidden');
        else folders.push(path);
        continue;
      }
      // A link may lead to a folder of photos, so it is told as one whatever it is called.
      const reason = entry.isSymbolicLink() ? 'link' : skipReasonOf(entry.name, modality);
      if (reason !== null) skip(path, reason);
      else if (!entry.isFile()) skip(path, 'not-a-file');
      else walk.names.push(path);
    }
    onFound(walk.names.length);
    await breathe();
  }
  walk.names = await sortNames(walk.names, signal);
  return walk;
}

/** Merge sort that gives way: 100,000 names take the collator half a second, which no other call should wait for. */
async function sortNames(names: string[], signal: AbortSignal): Promise<string[]> {
  let runs: string[][] = [];
  for (let at = 0; at < names.length; at += sortedAtOnce) {
    runs.push(names.slice(at, at + sortedAtOnce).sort(compareNames));
    await breathe();
    signal.throwIfAborted();
  }
  while (runs.length > 1) {
    const merged: string[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const [a, b] = [runs[at]!, runs[at + 1]];
      merged.push(b === undefined ? a : await merge(a, b));
      signal.throwIfAborted();
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge(a: readonly string[], b: readonly string[]): Promise<string[]> {
  const merged: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    merged.push(compareNames(a[i]!, b[j]!) <= 0 ? a[i++]! : b[j++]!);
    if (merged.length % sortedAtOnce === 0) await breathe();
  }
  while (i < a.length) merged.push(a[i++]!);
  while (j < b.length) merged.push(b[j++]!);
  return merged;
}
