import type { AnyReply } from '#electron/core/core-port.ts';
import type { Topic } from '#shared/contract/topics.ts';

/** What became of an attempt that must not reach the core: a refusal, or none at all where the host just hangs up. */
export type Outcome = AnyReply | 'no answer';

/** Someone or something that must be turned away. */
export interface Attempt {
  what: string;
  /** The code it is refused with, or `no answer`. */
  refused: string;
  make(name: string, input: unknown): Promise<Outcome>;
}

/** A running host, reached as its own users reach it. */
export interface Subject {
  call(name: string, input: unknown): Promise<AnyReply>;
  /** Hears change notices from when it resolves until the returned function is called. */
  watch(listener: (topics: readonly Topic[]) => void): Promise<() => void>;
  /** Callers that are not the host's own user, each with a call that would do something. */
  strangers: readonly Attempt[];
  /** What is no call at all: name and input are not looked at. */
  malformed: readonly Attempt[];
  /** How many calls at once are fair: a process each is dearer than a message. */
  burst: number;
  close(): Promise<void>;
}

/** A way to start a host on a data folder of its own. */
export interface SubjectKind {
  name: string;
  /** Whether there is a change feed to listen to. */
  feed: boolean;
  open(dataDir: string): Promise<Subject>;
}
