import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Output } from '#shared/contract/contract.ts';
import { endingOf, skipReasonOf, textEndings } from '#shared/rules/photo-names.rules.ts';

/** Enough to say what a folder holds; who has more is told when it is taken in. */
const namesLookedAt = 20_000;
const foldersLookedInto = 1000;
const endingsTold = 4;

/**
 * Counts what lies in a folder and below it by the names of the files, as a folder import would find it: nothing hidden, no link followed.
 * Gives way to other work between folders.
 *
 * @throws AbortError by `signal`; a system error when the folder itself can't be read (those below it are counted as `closed`)
 */
export async function surveyFolder(
  root: string,
  signal: AbortSignal,
  limit: { names: number; folders: number } = { names: namesLookedAt, folders: foldersLookedInto },
): Promise<Output<'files.survey'>> {
  const found = { photos: 0, recordings: 0, texts: 0, others: 0 };
  const endings = new Map<string, number>();
  let [names, entered, closed] = [0, 0, 0];
  const folders = [root];
  for (let at = folders.shift(); at !== undefined; at = folders.shift()) {
    signal.throwIfAborted();
    const here = at;
    const entries = await readdir(here, { withFileTypes: true }).catch((error: unknown) => {
      if (here === root) throw error;
      closed += 1;
      return [];
    });
    entered += 1;
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      names += 1;
      if (entry.isDirectory()) {
        folders.push(join(here, entry.name));
      } else if (entry.isFile()) {
        const sort = sortOf(entry.name);
        found[sort] += 1;
        const ending = endingOf(entry.name);
        if (sort === 'others' && ending !== '') endings.set(ending, (endings.get(ending) ?? 0) + 1);
      } else found.others += 1;
    }
    if (names >= limit.names || entered >= limit.folders) break;
    await breathe();
  }
  const often = [...endings].sort(([a, of], [b, than]) => than - of || (a < b ? -1 : 1));
  return {
    ...found,
    otherEndings: often.slice(0, endingsTold).map(([ending]) => ending),
    closed,
    cut: folders.length > 0,
  };
}

function sortOf(name: string): 'photos' | 'recordings' | 'texts' | 'others' {
  if (skipReasonOf(name, 'image') === null) return 'photos';
  if (skipReasonOf(name, 'audio') === null) return 'recordings';
  return textEndings.includes(endingOf(name)) ? 'texts' : 'others';
}
