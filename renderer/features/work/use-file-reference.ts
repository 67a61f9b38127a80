import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { Sha256Hex } from '#shared/domain/blob.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { ClientError } from '#renderer/client/client-error.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import type { ReferenceChoice } from './use-comparison.ts';

/** A file that was read, by which it can be told from another of its name. */
export interface ReferenceFile {
  readonly path: string;
  readonly name: string;
  readonly hash: Sha256Hex;
}

/** A version that lies in a file: which, and what it says of the photo on screen. */
export interface FileReference {
  readonly path: string;
  readonly setPath: (path: string) => void;
  /** To what the file leaves open. */
  readonly answers: Readonly<Record<string, string>>;
  readonly setAnswers: (answers: Record<string, string>) => void;
  /** Undefined while nothing is chosen, or it is being read. */
  readonly read: Output<'comparisons.readFile'> | undefined;
  readonly reading: boolean;
  readonly error: ClientError | undefined;
  /** What the draft is held against; its shapes are null while there are none. */
  readonly choice: ReferenceChoice;
}

/** The value by which a file is chosen among the references. */
export const fileValue = 'file';

/** Reads a file that the worker names, again for every task: a reviewer's file often tells of many photos. */
export function useFileReference(taskId: TaskId, wanted: boolean): FileReference {
  const [path, choosePath] = useState('');
  const [answers, setAnswers] = useState<Record<string, string>>({});
  // A path that is still being typed is not looked for at every letter.
  const [settled] = useDebouncedValue(path.trim(), 300);
  const asked = wanted && settled !== '' && settled === path.trim();
  const query = useQuery('comparisons.readFile', asked ? { taskId, path: settled, answers } : null);
  const read = asked && !query.previous && !query.error ? query.data : undefined;
  const choice = useMemo(
    (): ReferenceChoice => ({
      reference: { type: 'file', shapes: read?.shapes ?? null },
      value: fileValue,
      ...(read && { file: { path: settled, name: read.name, hash: read.hash } }),
    }),
    [read, settled],
  );
  const setPath = (chosen: string) => {
    choosePath(chosen);
    setAnswers({});
  };
  return {
    path,
    setPath,
    answers,
    setAnswers,
    read,
    reading: query.fetching,
    error: asked ? query.error : undefined,
    choice,
  };
}
