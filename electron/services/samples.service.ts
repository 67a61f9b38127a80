import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/contract/errors.ts';
import type { GuidelineId, ProjectId } from '#shared/domain/ids.ts';
import type { AttributeSpec, LabelSet } from '#shared/domain/label-set.ts';
import { type TextItem, textItem } from '#shared/domain/text.ts';
import { money } from '#shared/domain/money.ts';
import { accuracyBar, checkableRules } from '#shared/domain/project.ts';
import type { Day, Instant } from '#shared/domain/time.ts';
import { labelColor } from '#shared/rules/label-colors.rules.ts';
import { projectNameKey } from '#shared/rules/projects.rules.ts';
import { payTermsBody } from '#shared/rules/pay-terms.rules.ts';
import { canonicalJson } from '#shared/proofs/canonical.ts';
import { titleOf } from '#shared/text/text-title.ts';
import type { AnyEntryDraft, Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { walkFolder } from '#electron/media/folder-walk.ts';
import { findProjectNamed } from '#electron/repositories/projects.repository.ts';
import { insertTasks, setQueueLength } from '#electron/repositories/tasks.repository.ts';
import { insertTextItem } from '#electron/repositories/texts.repository.ts';

export interface SamplesDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  /** The program's own folder, with `resources/samples` below it. */
  appRoot: string;
  /** The working day under way. */
  today(): Day;
}

const texts = z.strictObject({
  name: z.string(),
  termsNote: z.string(),
  measuredBy: z.string(),
  guidelineText: z.string(),
  channel: z.string(),
});

const inBoth = <S extends z.ZodType>(schema: S) => z.strictObject({ 'zh-CN': schema, en: schema });

/** A choice that is asked of every object of a class; `initial`: the place of the usual answer. */
const question = z.strictObject({
  name: z.string(),
  title: inBoth(z.string()),
  values: inBoth(z.array(z.string())),
  initial: z.int().nullable(),
});

/** Words of the rules for texts that are in a language of their own, put in the place of those of `rules.text`. */
const textRulesIn = checkableRules.shape.text.unwrap();

/** `resources/samples/<modality>/sample.json`: what a sample project is made of beside its pictures or recordings. */
const sampleFile = z.strictObject({
  labels: z.array(
    z.strictObject({
      key: z.string(),
      name: inBoth(z.string()),
      attributes: z.array(question).optional(),
      noTranscript: z.literal(true).optional(),
    }),
  ),
  texts: inBoth(texts),
  rate: inBoth(money),
  bar: accuracyBar.omit({ measuredBy: true }),
  guidelineVersion: z.string(),
  rules: checkableRules,
  tokens: inBoth(checkableRules.shape.tokens.unwrap()).optional(),
  textRules: inBoth(textRulesIn).optional(),
  items: inBoth(z.array(textItem.omit({ version: true, extra: true }))).optional(),
});

type Sample = z.infer<typeof sampleFile>;
type Language = keyof Sample['texts'];

/** The sample projects: something to try everything with before there is work. */
export function createSamplesService(deps: SamplesDeps): Handlers<'projects.createSample'> {
  const { db, ledger, ids } = deps;
  return {
    'projects.createSample': async ({ language, modality }, { signal }) => {
      const { root, names: found, sample } = await readSample(deps.appRoot, modality, signal);
      const items = (sample.items?.[language] ?? []).map((item): TextItem => ({ ...item, version: 1, extra: {} }));
      const names = modality === 'text' ? items.map(({ name }) => name) : found;
      const projectId = ids.uuid() as ProjectId;
      db.transaction((tx) => {
        const drafts = draftsOf(sample, language, {
          modality,
          projectId,
          guidelineId: ids.uuid() as GuidelineId,
          name: freeName(tx, sample.texts[language].name),
          at: new Date(deps.clock.now()).toISOString(),
          day: deps.today(),
          files: names.length,
        });
        ledger.append(tx, drafts, { group: false });
        const titles = modality === 'text' ? { titles: items.map(titleOf) } : {};
        const taken = insertTasks(tx, ids, { projectId, root, names, ...titles, start: 0, kind: null });
        for (const [place, item] of items.entries()) {
          const json = canonicalJson(item);
          insertTextItem(tx, taken[place]!, { json, hash: createHash('sha256').update(json).digest('hex') });
        }
        setQueueLength(tx, projectId, names.length);
      });
      return { projectId };
    },
  };
}

async function readSample(appRoot: string, modality: 'image' | 'audio' | 'text', signal: AbortSignal) {
  const folder = join(appRoot, 'resources', 'samples', modality);
  try {
    const root = await realpath(folder);
    const sample = sampleFile.parse(JSON.parse(await readFile(join(root, 'sample.json'), 'utf8')));
    const { names } = modality === 'text' ? { names: [] } : await walkFolder(root, signal, undefined, modality);
    return { root, names, sample };
  } catch (error) {
    signal.throwIfAborted();
    const problem = (error as NodeJS.ErrnoException).code ?? 'damaged';
    throw new AppError('files/unreadable', { path: folder, problem });
  }
}

/** The name, with a number behind it when there is a project of that name already. */
function freeName(db: ReadDb, name: string): string {
  for (let n = 1; ; n++) {
    const free = n === 1 ? name : `${name} ${n}`;
    if (findProjectNamed(db, projectNameKey(free), null) === undefined) return free;
  }
}

interface Made {
  modality: 'image' | 'audio' | 'text';
  projectId: ProjectId;
  guidelineId: GuidelineId;
  name: string;
  at: Instant;
  day: Day;
  files: number;
}

function labelsOf(sample: Sample, language: Language): LabelSet {
  return sample.labels.map(({ key, name, attributes, noTranscript }, place) => ({
    key,
    name: name[language],
    color: labelColor(place),
    ...(attributes !== undefined && { attributes: attributes.map((asked) => choiceOf(asked, language)) }),
    ...(noTranscript !== undefined && { noTranscript }),
  }));
}

function choiceOf({ name, title, values, initial }: z.infer<typeof question>, language: Language): AttributeSpec {
  const answers = values[language];
  return {
    name,
    title: title[language],
    input: 'select',
    values: answers,
    initial: initial === null ? null : (answers[initial] ?? null),
    required: true,
    mutable: true,
  };
}

/** The entries of a new project as its owner would have written them. */
function draftsOf(sample: Sample, language: Language, made: Made): AnyEntryDraft[] {
  const { projectId, guidelineId, at, day } = made;
  const text = sample.texts[language];
  const stated = { occurredStart: at, occurredEnd: null, source: 'stated', subjects: [projectId] } as const;
  const tokens = sample.tokens?.[language];
  const textRules = sample.textRules?.[language];
  return [
    {
      ...stated,
      kind: 'project.created',
      body: {
        name: made.name,
        client: null,
        intermediary: null,
        modality: made.modality,
        labels: labelsOf(sample, language),
        archived: false,
      },
    },
    {
      ...stated,
      kind: 'terms.set',
      body: payTermsBody(projectId, {
        effectiveFrom: day,
        taskKind: null,
        rate: { per: 'piece', amount: sample.rate[language] },
        bonuses: [],
        returnPenalty: null,
        promisedPayment: null,
        note: text.termsNote,
      }),
    },
    {
      ...stated,
      kind: 'bar.set',
      body: { project: projectId, effective_from: day, bar: { ...sample.bar, measuredBy: text.measuredBy } },
    },
    {
      ...stated,
      kind: 'guideline.received',
      body: {
        project: projectId,
        version: sample.guidelineVersion,
        text: text.guidelineText,
        effective_from: day,
        channel: text.channel,
        announced_by: null,
        rules: {
          ...sample.rules,
          ...(tokens !== undefined && { tokens }),
          ...(textRules !== undefined && { text: textRules }),
        },
        attachments: [],
      },
      subjects: [guidelineId, projectId],
    },
    {
      ...stated,
      kind: 'media.imported',
      body: { project: projectId, folder_name: 'samples', taken: made.files, skipped: 0 },
      source: 'measured',
    },
  ];
}
