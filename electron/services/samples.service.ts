import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/contract/errors.ts';
import type { GuidelineId, ProjectId } from '#shared/domain/ids.ts';
import { money } from '#shared/domain/money.ts';
import { accuracyBar, checkableRules } from '#shared/domain/project.ts';
import type { Day, Instant } from '#shared/domain/time.ts';
import { labelColor } from '#shared/rules/label-colors.rules.ts';
import { projectNameKey } from '#shared/rules/projects.rules.ts';
import { payTermsBody } from '#shared/rules/pay-terms.rules.ts';
import type { AnyEntryDraft, Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { walkFolder } from '#electron/media/folder-walk.ts';
import { findProjectNamed } from '#electron/repositories/projects.repository.ts';
import { insertTasks, setQueueLength } from '#electron/repositories/tasks.repository.ts';

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

/** `resources/samples/<modality>/sample.json`: what the sample project is made of beside its pictures. */
const sampleFile = z.strictObject({
  labels: z.array(z.strictObject({ key: z.string(), name: inBoth(z.string()) })),
  texts: inBoth(texts),
  rate: inBoth(money),
  bar: accuracyBar.omit({ measuredBy: true }),
  guidelineVersion: z.string(),
  rules: checkableRules,
});

type Sample = z.infer<typeof sampleFile>;
type Language = keyof Sample['texts'];

/** The sample project: something to try everything with before there is work. */
export function createSamplesService(deps: SamplesDeps): Handlers<'projects.createSample'> {
  const { db, ledger, ids } = deps;
  return {
    'projects.createSample': async ({ language }, { signal }) => {
      const { root, names, sample } = await readSample(join(deps.appRoot, 'resources', 'samples', 'image'), signal);
      const projectId = ids.uuid() as ProjectId;
      db.transaction((tx) => {
        const drafts = draftsOf(sample, language, {
          projectId,
          guidelineId: ids.uuid() as GuidelineId,
          name: freeName(tx, sample.texts[language].name),
          at: new Date(deps.clock.now()).toISOString(),
          day: deps.today(),
          pictures: names.length,
        });
        ledger.append(tx, drafts, { group: false });
        insertTasks(tx, ids, { projectId, root, names, start: 0, kind: null });
        setQueueLength(tx, projectId, names.length);
      });
      return { projectId };
    },
  };
}

async function readSample(folder: string, signal: AbortSignal) {
  try {
    const root = await realpath(folder);
    const sample = sampleFile.parse(JSON.parse(await readFile(join(root, 'sample.json'), 'utf8')));
    const { names } = await walkFolder(root, signal);
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
  projectId: ProjectId;
  guidelineId: GuidelineId;
  name: string;
  at: Instant;
  day: Day;
  pictures: number;
}

/** The entries of a new project as its owner would have written them. */
function draftsOf(sample: Sample, language: Language, made: Made): AnyEntryDraft[] {
  const { projectId, guidelineId, at, day } = made;
  const text = sample.texts[language];
  const stated = { occurredStart: at, occurredEnd: null, source: 'stated', subjects: [projectId] } as const;
  const labels = sample.labels.map(({ key, name }, place) => ({ key, name: name[language], color: labelColor(place) }));
  return [
    {
      ...stated,
      kind: 'project.created',
      body: { name: made.name, client: null, intermediary: null, modality: 'image', labels, archived: false },
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
        rules: sample.rules,
        attachments: [],
      },
      subjects: [guidelineId, projectId],
    },
    {
      ...stated,
      kind: 'media.imported',
      body: { project: projectId, folder_name: 'samples', taken: made.pictures, skipped: 0 },
      source: 'measured',
    },
  ];
}
