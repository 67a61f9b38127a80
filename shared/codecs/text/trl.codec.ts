import type { Json } from '../../domain/json.ts';
import type { Candidate, TextAnswer, TextItem, Turn } from '../../domain/text.ts';
import type { TextMapping } from '../../domain/text-mapping.ts';
import {
  createTextLossCounter,
  type TextCodec,
  type TextLossCounter,
  type TextRead,
  type TextReadContext,
  type TextSealed,
} from './text-codec.ts';
import { isObject, rowsOf } from './text-rows.codec.ts';
import { itemOf, RowError, valueAt } from './row-mapping.codec.ts';
import {
  candidateText,
  candidateTurns,
  countFields,
  countUnheld,
  isAnswered,
  jsonLine,
  promptText,
  verdictOf,
} from './written-rows.codec.ts';

type Choices = Readonly<Record<string, string>>;
type Columns = Record<string, Json>;

/** `standard`: texts; `conversational`: lists of turns. Columns of the row as it came are kept or dropped. */
const choices = [
  { name: 'form', answers: ['standard', 'conversational'] },
  { name: 'columns', answers: ['drop', 'keep'] },
] as const;

const turnsJson = (turns: readonly Turn[]): Json => turns.map(({ role, content }) => ({ role, content }));

const promptColumn = (item: TextItem, { form }: Choices, loss: TextLossCounter): Json =>
  form !== 'standard' ? turnsJson(item.prompt) : promptText(item, loss);

/** A row with the columns it came with, where these are to be kept. */
function withColumns(row: TextSealed, own: Columns, given: Choices, loss: TextLossCounter): Columns {
  if (given['columns'] === 'keep') return { ...row.item.extra, ...own };
  countFields(row, own, loss);
  return own;
}

/** Reads rows by a mapping and says what was answered in them. */
async function* readMapped(
  file: Parameters<TextCodec['read']>[0],
  understand: (value: Columns, number: number) => { item: TextItem; answer: TextAnswer },
): AsyncGenerator<TextRead> {
  let number = 0;
  for await (const row of rowsOf(file)) {
    number += 1;
    if ('why' in row) {
      yield { failed: row };
      continue;
    }
    try {
      yield { row: { where: row.where, ...understand(row.value, number) } };
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      yield { failed: { where: row.where, why: error.why } };
    }
  }
}

const plain: Pick<TextMapping, 'name' | 'models' | 'machine' | 'images'> = {
  ...{ name: 'id', models: [], machine: null, images: null },
};

/** Whether a file's first row has exactly such columns among its own. */
const hasColumns = (head: string, names: readonly string[]): boolean =>
  names.every((name) =>
    new RegExp(`"${name}"\\s*:`).test(head.slice(0, head.indexOf('\n') < 0 ? undefined : head.indexOf('\n'))),
  );

/**
 * TRL preferences: `prompt`, `chosen`, `rejected`, each a text or a list of turns. Rows where neither is better go to the side file
 * `ties.jsonl` with what was said of them; how much better is `margin` (1 to 3), which reward modelling reads, where it is chosen.
 */
export const trlPreferenceCodec: TextCodec = {
  format: 'trl-preference',
  ending: 'jsonl',
  choices: [
    { name: 'form', answers: ['standard', 'conversational', 'implicit'] },
    choices[1],
    { name: 'margin', answers: ['no', 'yes'] },
    { name: 'ranked', answers: ['drop', 'pairs'] },
  ],
  likeness: (_path, head) => (hasColumns(head, ['chosen', 'rejected']) ? 0.9 : 0),
  read: (file, _context: TextReadContext) =>
    readMapped(file, (value, number) => {
      const prompt = 'prompt' in value ? ['prompt'] : [];
      const item = itemOf(value, { ...plain, kind: 'compare', prompt, candidates: ['chosen', 'rejected'] }, number);
      return {
        item: prompt.length > 0 ? item : withSharedPrompt(item),
        answer: { shown: ['a', 'b'], preferences: { overall: -strengthOf(value) } },
      };
    }),
  async *write(rows, given) {
    const loss = createTextLossCounter();
    let count = 0;
    for await (const row of rows) {
      if (!isAnswered(row, loss)) continue;
      if (row.item.kind === 'rank' && given['ranked'] === 'pairs' && !row.answer.refused) {
        for (const pair of rankedPairs(row, given, loss)) {
          count += 1;
          yield { path: '', text: jsonLine(pair) };
        }
        continue;
      }
      const written = preferenceRow(row, given, loss);
      if (written === null) continue;
      countUnheld(row, ['candidates'], loss);
      if ('side' in written) yield { path: 'ties.jsonl', text: jsonLine(written.side) };
      else {
        count += 1;
        yield { path: '', text: jsonLine(written.row) };
      }
    }
    return { rows: count, loss: loss.list() };
  },
};

/** What both answers begin with is what was asked, as TRL's `extract_prompt` has it: turns of conversations, characters of texts. */
function withSharedPrompt(item: TextItem): TextItem {
  const [first, second] = item.candidates.map(({ content }) => content);
  if (typeof first === 'string' && typeof second === 'string') return withSharedBeginning(item, first, second);
  const [a, b] = item.candidates.map(({ content }) => (typeof content === 'string' ? [] : content));
  if (!a || !b) return item;
  const most = Math.min(a.length, b.length) - 1;
  let shared = 0;
  while (shared < most && a[shared]!.role === b[shared]!.role && a[shared]!.content === b[shared]!.content) shared += 1;
  if (shared === 0) return item;
  const cut = item.candidates.map((each) => ({ ...each, content: (each.content as Turn[]).slice(shared) }));
  return { ...item, prompt: a.slice(0, shared), candidates: cut };
}

/** A space before the place where two texts part belongs to the answers, and each keeps a character at least. */
function withSharedBeginning(item: TextItem, a: string, b: string): TextItem {
  const most = Math.min(a.length, b.length) - 1;
  let shared = 0;
  while (shared < most && a[shared] === b[shared]) shared += 1;
  // Never between the halves of a character.
  if (/[\uD800-\uDBFF]/.test(a[shared - 1] ?? '')) shared -= 1;
  if (a[shared - 1] === ' ') shared -= 1;
  if (shared <= 0) return item;
  const cut = item.candidates.map((each) => ({ ...each, content: (each.content as string).slice(shared) }));
  return { ...item, prompt: [{ role: 'user', content: a.slice(0, shared) }], candidates: cut };
}

/** Whether a row came as two texts that both hold the question; it goes back so. */
function cameJoined({ extra, prompt, candidates }: TextItem): boolean {
  const texts = candidates.every(({ content }) => typeof content === 'string');
  return texts && prompt.length <= 1 && typeof extra['chosen'] === 'string' && !Object.hasOwn(extra, 'prompt');
}

/** Every pair of a ranking, n (n - 1) / 2 of them, with how many places lie between the two; tied answers make none. */
function* rankedPairs(row: TextSealed, given: Choices, loss: TextLossCounter): Generator<Columns> {
  const { item, answer } = row;
  const places = answer.ranking ?? [];
  const known = places.map((ids) => ids.map((id) => item.candidates.find((each) => each.id === id)));
  countUnheld(row, ['candidates', 'ranking'], loss);
  if (places.length === 0) loss.add('unanswered');
  for (const tied of places) loss.add('tie', (tied.length * (tied.length - 1)) / 2);
  for (const [above, betters] of known.entries()) {
    for (const [below, worses] of known.entries()) {
      if (below <= above) continue;
      for (const better of betters) {
        for (const worse of worses) {
          if (!better || !worse) continue;
          const own = { ...pairColumns(item, better, worse, given, loss), rank_gap: below - above };
          yield withColumns(row, own, given, loss);
        }
      }
    }
  }
}

function pairColumns(
  item: TextItem,
  better: Candidate,
  worse: Candidate,
  given: Choices,
  loss: TextLossCounter,
): Columns {
  const joined = given['form'] === 'implicit' && cameJoined(item);
  const column = (candidate: Candidate): Json =>
    joined
      ? `${item.prompt[0]?.content ?? ''}${candidateText(candidate, loss)}`
      : given['form'] === 'standard'
        ? candidateText(candidate, loss)
        : turnsJson([...(given['form'] === 'implicit' ? item.prompt : []), ...candidateTurns(candidate)]);
  return {
    ...(given['form'] !== 'implicit' && { prompt: promptColumn(item, given, loss) }),
    ...{ chosen: column(better), rejected: column(worse) },
  };
}

function strengthOf(value: Columns): 1 | 2 | 3 {
  const margin = valueAt(value, 'margin');
  return margin === 2 || margin === 3 ? margin : 1;
}

function preferenceRow(
  row: TextSealed,
  given: Choices,
  loss: TextLossCounter,
): { row: Columns } | { side: Columns } | null {
  const { item, answer } = row;
  if (answer.refused) return leaveOut('refused', loss);
  if (item.kind === 'rank') return leaveOut('ranked-apart', loss);
  if (item.kind !== 'compare') return leaveOut('other-kind', loss);
  const verdict = verdictOf(item, answer);
  if (verdict === null) return leaveOut('unanswered', loss);
  if (verdict === 'tie' || verdict === 'both-bad') {
    loss.add(verdict);
    const prompt = promptColumn(item, given, loss);
    const column = (candidate: Candidate): Json =>
      given['form'] === 'standard' ? candidateText(candidate, loss) : turnsJson(candidateTurns(candidate));
    return { side: withColumns(row, { prompt, responses: item.candidates.map(column), verdict }, given, loss) };
  }
  const margin = given['margin'] === 'yes' ? { margin: verdict.strength } : {};
  if (given['margin'] !== 'yes' && verdict.strength > 1) loss.add('strength');
  return {
    row: withColumns(row, { ...pairColumns(item, verdict.better, verdict.worse, given, loss), ...margin }, given, loss),
  };
}

function leaveOut(what: Parameters<TextLossCounter['add']>[0], loss: TextLossCounter): null {
  loss.add(what);
  return null;
}

/** TRL unpaired preferences: `prompt`, `completion`, `label` (whether it is good), from answers rated yes or no by one criterion. */
export const trlUnpairedCodec: TextCodec = {
  format: 'trl-unpaired',
  ending: 'jsonl',
  choices,
  likeness: (_path, head) => (hasColumns(head, ['completion', 'label']) ? 0.9 : 0),
  read: (file) =>
    readMapped(file, (value, number) => ({
      item: itemOf(value, { ...plain, kind: 'rate', prompt: ['prompt'], candidates: ['completion'] }, number),
      answer: typeof value['label'] === 'boolean' ? { ratings: { a: { good: value['label'] } } } : {},
    })),
  async *write(rows, given) {
    const loss = createTextLossCounter();
    let count = 0;
    for await (const row of rows) {
      if (!isAnswered(row, loss)) continue;
      const { item, answer } = row;
      if (item.kind !== 'rate' || answer.refused) {
        loss.add(answer.refused ? 'refused' : 'other-kind');
        continue;
      }
      countUnheld(row, ['ratings', 'candidates'], loss);
      for (const candidate of item.candidates) {
        const ratings = Object.values(answer.ratings?.[candidate.id] ?? {});
        const label = ratings.find((each) => typeof each === 'boolean');
        loss.add('ratings', ratings.length - Number(label !== undefined));
        if (label === undefined) continue;
        const completion: Json =
          given['form'] === 'conversational' ? turnsJson(candidateTurns(candidate)) : candidateText(candidate, loss);
        count += 1;
        const own = { prompt: promptColumn(item, given, loss), completion, label };
        yield { path: '', text: jsonLine(withColumns(row, own, given, loss)) };
      }
    }
    return { rows: count, loss: loss.list() };
  },
};

/** Prompts and what was written to them: `prompt` and `response`, or TRL's `completion`. */
export const promptResponseCodec: TextCodec = {
  format: 'prompt-response',
  ending: 'jsonl',
  choices: [...choices, { name: 'name', answers: ['response', 'completion'] }],
  likeness: (_path, head) =>
    hasColumns(head, ['prompt', 'response']) ||
    (hasColumns(head, ['prompt', 'completion']) && !hasColumns(head, ['label']))
      ? 0.8
      : 0,
  read: (file) =>
    readMapped(file, (value, number) => {
      const written = value['response'] ?? value['completion'];
      const turns = Array.isArray(written) ? written : [];
      const last = turns.at(-1);
      const text = typeof written === 'string' ? written : isObject(last) ? last['content'] : undefined;
      return {
        item: itemOf(value, { ...plain, kind: 'write', prompt: ['prompt'], candidates: [] }, number),
        answer: typeof text === 'string' ? { text } : {},
      };
    }),
  async *write(rows, given) {
    const loss = createTextLossCounter();
    let count = 0;
    for await (const row of rows) {
      if (!isAnswered(row, loss)) continue;
      const { item, answer } = row;
      if (answer.refused || answer.text === undefined) {
        loss.add(answer.refused ? 'refused' : 'other-kind');
        continue;
      }
      countUnheld(row, [], loss);
      const response: Json =
        given['form'] === 'conversational' ? turnsJson([{ role: 'assistant', content: answer.text }]) : answer.text;
      count += 1;
      const own = {
        prompt: promptColumn(item, given, loss),
        [given['name'] === 'completion' ? 'completion' : 'response']: response,
      };
      yield { path: '', text: jsonLine(withColumns(row, own, given, loss)) };
    }
    return { rows: count, loss: loss.list() };
  },
};

/** Conversations: `messages`, a list of turns of role and content, the worker's answer or their own conversation at its end. */
export const messagesCodec: TextCodec = {
  format: 'messages',
  ending: 'jsonl',
  choices: [choices[1]],
  likeness: (_path, head) => (hasColumns(head, ['messages']) ? 0.9 : 0),
  read: (file) =>
    readMapped(file, (value, number) => {
      const item = itemOf(value, { ...plain, kind: 'write', prompt: ['messages'], candidates: [] }, number);
      const last = item.prompt.at(-1);
      if (last?.role !== 'assistant') return { item, answer: {} };
      return { item: { ...item, prompt: item.prompt.slice(0, -1) }, answer: { text: last.content } };
    }),
  async *write(rows, given) {
    const loss = createTextLossCounter();
    let count = 0;
    for await (const row of rows) {
      if (!isAnswered(row, loss)) continue;
      const { item, answer } = row;
      const said: Turn[] =
        answer.turns?.map(({ role, content }) => ({ role, content })) ??
        (answer.text === undefined ? [] : [{ role: 'assistant', content: answer.text }]);
      if (answer.refused || said.length === 0) {
        loss.add(answer.refused ? 'refused' : 'other-kind');
        continue;
      }
      countUnheld(row, [], loss);
      count += 1;
      yield {
        path: '',
        text: jsonLine(withColumns(row, { messages: turnsJson([...item.prompt, ...said]) }, given, loss)),
      };
    }
    return { rows: count, loss: loss.list() };
  },
};
