import type { z } from 'zod';
import { projectPack, type ProjectPack } from '../contract/projects.contract.ts';

/** Packs are a few kilobytes of rules; what is larger than this is something else. */
export const maxPackBytes = 8 * 1024 * 1024;

/** Why a file is no pack: where in it (`line 3`, `guidelines.0.rules`) and what is wrong there. */
export interface PackProblem {
  place: string;
  problem: string;
}

export type PackParsed = { pack: ProjectPack } | { failed: PackProblem };

/** The text of a pack: JSON, indented, so that whoever gets it can read it before taking it in. */
export function packText(pack: ProjectPack): string {
  return `${JSON.stringify(pack, null, 2)}\n`;
}

/** Reads what may be anything: text that is not JSON, JSON that is no pack. */
export function parsePack(text: string): PackParsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(lineOf(text, error), 'not-json');
  }
  const parsed = projectPack.safeParse(value);
  if (!parsed.success) return { failed: firstIssue(parsed.error) };
  const broken = brokenText(parsed.data, []);
  return broken === null ? { pack: parsed.data } : fail(broken.join('.'), 'not-unicode');
}

const fail = (place: string, problem: string): PackParsed => ({ failed: { place, problem } });

/** Engines tell the place of a syntax error in words only, and not all of them. */
function lineOf(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const line = /line (\d+)/.exec(message)?.[1];
  if (line !== undefined) return `line ${line}`;
  const position = /position (\d+)/.exec(message)?.[1];
  return position === undefined ? 'file' : `line ${text.slice(0, Number(position)).split('\n').length}`;
}

function firstIssue(error: z.ZodError): PackProblem {
  const issue = error.issues[0];
  const path = issue?.path.map(String) ?? [];
  if (issue?.code === 'unrecognized_keys')
    return { place: [...path, issue.keys[0]].join('.').slice(0, 500), problem: 'unknown-key' };
  return { place: path.join('.').slice(0, 500) || 'file', problem: issue?.message ?? 'invalid' };
}

/** Where a string holds half a character, which no ledger could hash; null when none does. */
function brokenText(value: unknown, path: string[]): string[] | null {
  if (typeof value === 'string') return value.isWellFormed() ? null : path;
  if (value === null || typeof value !== 'object') return null;
  for (const [key, item] of Object.entries(value)) {
    const broken = brokenText(item, [...path, key]);
    if (broken !== null) return broken;
  }
  return null;
}
