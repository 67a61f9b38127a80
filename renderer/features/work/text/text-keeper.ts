import type { Output } from '#shared/contract/contract.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { fromBase64 } from '#shared/proofs/base64.ts';
import { textBefore } from '#shared/text/text-fields.ts';
import type { Client } from '#renderer/client/client.ts';
import { createScope } from '#renderer/lib/scope.ts';
import { createTextField, type TextField } from '#renderer/text/text-field.ts';

export type TextFacts = Output<'texts.get'>;

/** The texts of one task, each opened from its log when it is first asked for. */
export interface TaskTexts {
  readonly taskId: TaskId;
  /** As the task was opened; what changes of it since comes through a query. */
  readonly facts: TextFacts;
  /** The text `answer`, `reason` or `turn.N`. */
  field(name: string): TextField;
  /** Those that were asked for or have a log. */
  fields(): readonly TextField[];
  /** Told of every field as it is opened. */
  onField(listener: (field: TextField) => void): () => void;
  flush(): Promise<void>;
}

/** The texts of this window. Those that were left stay until the host has all of them, as journals do. */
export interface TextKeeper {
  open(taskId: TaskId): Promise<TaskTexts>;
  leave(taskId: TaskId): void;
}

const keepers = new WeakMap<Client, TextKeeper>();

/** The keeper of a client; it lives as long as the window. */
export function textKeeperOf(client: Client): TextKeeper {
  const keeper = keepers.get(client) ?? createTextKeeper(client);
  keepers.set(client, keeper);
  return keeper;
}

function createTextKeeper(client: Client): TextKeeper {
  const open = new Map<TaskId, TaskTexts & { dispose(): void }>();
  const onScreen = new Set<TaskId>();
  const scope = createScope();
  const all = () => [...open.values()].flatMap((texts) => texts.fields());
  const hurry = () => all().forEach((field) => field.hurry());

  scope.listen(document, 'visibilitychange', () => {
    if (document.visibilityState === 'hidden') hurry();
  });
  scope.listen(window, 'pagehide', hurry);
  scope.listen(window, 'beforeunload', (event) => {
    hurry();
    // Only when the host is away would closing lose something; then the browser asks.
    if (all().some(({ saved }) => saved === 'waiting')) event.preventDefault();
  });
  client.onLink((link) => {
    if (link === 'up') all().forEach((field) => field.retry());
  });

  return {
    async open(taskId) {
      onScreen.add(taskId);
      const known = open.get(taskId);
      if (known) return known;
      const [facts, { logs }] = await Promise.all([
        client.call('texts.get', { taskId }),
        client.call('texts.readLogs', { taskId }),
      ]);
      const again = open.get(taskId);
      if (again) return again;
      const made = createTaskTexts(client, taskId, facts, new Map(logs.map(({ field, data }) => [field, data])));
      open.set(taskId, made);
      return made;
    },
    leave(taskId) {
      onScreen.delete(taskId);
      const texts = open.get(taskId);
      if (!texts) return;
      const finish = () => {
        if (onScreen.has(taskId) || open.get(taskId) !== texts) return;
        open.delete(taskId);
        texts.dispose();
      };
      // What the host refuses stays in memory; opening the task shows it again.
      texts.flush().then(finish, () => undefined);
    },
  };
}

function createTaskTexts(
  client: Client,
  taskId: TaskId,
  facts: TextFacts,
  stored: ReadonlyMap<string, string>,
): TaskTexts & { dispose(): void } {
  const fields = new Map<string, TextField>();
  const listeners = new Set<(field: TextField) => void>();
  const field = (name: string): TextField => {
    const known = fields.get(name);
    if (known) return known;
    const made = createTextField({
      name,
      before: textBefore(facts.item, name),
      stored: fromBase64(stored.get(name) ?? ''),
      kept: facts.history,
      port: {
        append: (after, data) => client.call('texts.appendLog', { taskId, field: name, after, data }),
        read: async () => {
          const { logs } = await client.call('texts.readLogs', { taskId });
          return logs.find((log) => log.field === name)?.data ?? '';
        },
      },
    });
    fields.set(name, made);
    for (const listener of [...listeners]) listener(made);
    return made;
  };
  for (const name of stored.keys()) field(name);
  return {
    taskId,
    facts,
    field,
    fields: () => [...fields.values()],
    onField(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async flush() {
      await Promise.all([...fields.values()].map((each) => each.flush()));
    },
    dispose() {
      for (const each of fields.values()) each.dispose();
    },
  };
}
