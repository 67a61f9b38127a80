import type { OperationName, Reply } from '#shared/contract/contract.ts';
import type { Topic } from '#shared/contract/topics.ts';
import type { MediaProblem } from '#shared/domain/work.ts';

/** A reply before its value is typed by the operation's name: what carriers pass on without looking. */
export type AnyReply = Reply<OperationName>;

/** Most bytes of one call as JSON, whatever carries it: a 24 MiB attachment in base64 with room around it. */
export const longestCall = 40_000_000;

/** Hears which topics a commit changed. */
export type ChangeListener = (topics: readonly Topic[]) => void;

/** A file that may be sent, or why it may not. `mediaType` comes from the bytes, never from the name. */
export type MediaSource = { path: string; mediaType: string; bytes: number } | { problem: MediaProblem };

/** The core wherever it runs (worker, own thread): all a host knows of it. Operations go by name and are not looked into. */
export interface Core {
  /** Never rejects: what went wrong is a reply. */
  call(name: string, input: unknown): Promise<AnyReply>;
  /** Listens until the returned function is called. */
  onChange(listener: ChangeListener): () => void;
  /** The file behind `/media/<taskId>`, or `/media/<taskId>/<number>` for a picture that a task of text speaks of. */
  resolveMedia(taskId: string): Promise<MediaSource>;
  /** The file behind `/blob/<sha256>`. */
  resolveBlob(hash: string): Promise<MediaSource>;
  /** Finishes what is under way and closes the data folder. */
  close(): Promise<void>;
}

/** A refusal that never reached the core. */
export function refusal(
  code: Extract<AnyReply, { ok: false }>['error']['code'],
  details: Extract<AnyReply, { ok: false }>['error']['details'] = {},
): AnyReply {
  return { ok: false, error: { code, details } };
}
