import type { Page } from '@playwright/test';
import type { Input } from '#shared/contract/contract.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import { callOperation } from '#test/e2e/support/call-operation.ts';

type Language = 'en' | 'zh-CN';

/** Words of an invented month. Nobody's. */
const words = {
  'zh-CN': {
    driving: '夜间驾驶',
    speech: '方言语音',
    batch: (day: number) => `03${String(day).padStart(2, '0')} 批次`,
    reasons: ['左侧没贴合，差 4 像素', '漏标一辆三轮车', '遮挡比例不对', '还是没贴合', '骑行者和自行车要分开标'],
    recallReason: '抽检不合格，整包重发',
    trainings: ['岗前培训', '新版遮挡规则'],
    note: '上半月',
    deduction: '返修扣款',
    claim: '上半月少发的部分',
    madeTo: '项目经理',
    rule: '规则 4.2',
  },
  en: {
    driving: 'Night driving',
    speech: 'Dialect speech',
    batch: (day: number) => `Batch 03${String(day).padStart(2, '0')}`,
    reasons: [
      'Left side is 4 px off',
      'A tricycle was missed',
      'Wrong share of occlusion',
      'Still not fitting',
      'Rider and bicycle are two objects',
    ],
    recallReason: 'Failed the sample check, handed out again',
    trainings: ['Initial training', 'New rules on occlusion'],
    note: 'First half of the month',
    deduction: 'Deduction for returns',
    claim: 'What was missing for the first half',
    madeTo: 'project manager',
    rule: 'Rule 4.2',
  },
} as const;

/** An amount in the money of the language's sample project; a dollar is taken for eight yuan, so that both read like a wage. */
const moneyOf = (language: Language) => (amount: number) =>
  language === 'en'
    ? { minor: Math.round(amount * 12.5), currency: 'USD' }
    : { minor: Math.round(amount * 100), currency: 'CNY' };
const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute).toISOString();

/** Working days before the 27th, Sundays off. */
const days = Array.from({ length: 25 }, (_, place) => place + 2).filter((day) => new Date(2026, 2, day).getDay() !== 0);

/** The moment the pictures are taken: Friday the 27th of March 2026, at the end of a working day. */
export const pictureMoment = new Date(2026, 2, 27, 17, 30).getTime();

interface Month {
  page: Page;
  say: (typeof words)[Language];
  cash: ReturnType<typeof moneyOf>;
  driving: ProjectId;
  speech: ProjectId;
}

async function makeProjects({ page, say, cash }: Omit<Month, 'driving' | 'speech'>): Promise<Month> {
  const make = async (name: string, rate: Input<'projects.setTerms'>['terms']['rate']) => {
    const given = { name, client: null, intermediary: null, modality: 'elsewhere' as const, labels: [] };
    const { projectId } = await callOperation(page, 'projects.create', given);
    const terms = { effectiveFrom: '2026-02-01', rate, note: null } as Input<'projects.setTerms'>['terms'];
    await callOperation(page, 'projects.setTerms', { projectId, terms });
    const bar = { operator: 'at-least' as const, percent: '95', measuredBy: null };
    await callOperation(page, 'projects.setBar', { projectId, effectiveFrom: '2026-02-01', bar });
    return projectId;
  };
  return {
    ...{ page, say, cash },
    speech: await make(say.speech, { per: 'hour', amount: cash(24) }),
    driving: await make(say.driving, { per: 'piece', amount: cash(0.8) }),
  };
}

/** One day's time and pieces; every third with a wait of another kind, some with revising. Answers the batch. */
async function workDay({ page, say, driving, speech }: Month, day: number, index: number): Promise<TaskId> {
  const wait = (['tasks', 'rules', 'feedback'] as const)[index % 3] ?? 'tasks';
  const revises = index % 4 === 2;
  const spans: readonly (readonly [Input<'time.log'>['lane'], string, number, number, string, ProjectId | null])[] = [
    ['presence', 'present', 9, 18.5, 'unpaid', null],
    ['activity', 'annotating', 9, 11.5 - (index % 3) / 4, 'by-piece', driving],
    ['waiting', wait, 11.5 - (index % 3) / 4, 12, 'unpaid', driving],
    ['activity', 'break', 12, 13, 'unpaid', null],
    ['activity', 'annotating', 13, 15 + (index % 2) / 2, 'by-time', speech],
    ['activity', revises ? 'revising' : 'annotating', 15.5, 16.5, revises ? 'unpaid' : 'by-piece', driving],
    ['activity', 'annotating', 16.5, 18.25, 'by-piece', driving],
  ];
  for (const [lane, what, from, to, paid, projectId] of spans) {
    const [start, end] = [from, to].map((hour) => at(day, Math.floor(hour), (hour % 1) * 60));
    const span = { lane, what, start, end, paid, projectId, taskId: null, tag: null };
    await callOperation(page, 'time.log', span as Input<'time.log'>);
  }
  const { taskId } = await callOperation(page, 'elsewhere.log', {
    ...{ projectId: driving, name: say.batch(day), count: 150 + ((index * 37) % 70), timeMs: null, attachments: [] },
    ...{ note: null, doneAt: at(day, 18, 20) },
  });
  await callOperation(page, 'accuracy.report', {
    ...{ projectId: driving, stage: 'inspector', forDay: `2026-03-${String(day).padStart(2, '0')}` },
    ...{ releasedOn: `2026-03-${String(day + 1).padStart(2, '0')}`, percent: String(93.5 + ((index * 7) % 11) / 2.5) },
    ...{ correct: null, total: null, note: null, heardAt: at(day, 18, 30) },
  });
  return taskId;
}

async function bringBack({ page, say }: Month, id: TaskId, day: number, index: number): Promise<void> {
  const stage = (['reviewer', 'inspector', 'reviewer', 'machine'] as const)[index % 4] ?? 'reviewer';
  for (let round = 1; round <= 1 + (index % 3); round += 1) {
    await callOperation(page, 'returns.open', {
      subject: { type: 'elsewhere', id },
      ...{ stage, round, reason: say.reasons[(index + round) % say.reasons.length] ?? '' },
      ...{ ruleCited: index % 2 === 0 ? say.rule : null, guidelineId: null, objects: [], itemised: index % 2 === 0 },
      ...{ check: 'sample', reviewer: null, deadline: null, deduction: null, attachments: [] },
      view: round > 1 ? 'disagree' : 'agree',
      receivedAt: at(day, 18, 21 + round),
    });
  }
}

async function train({ page, say, driving }: Month): Promise<void> {
  const base = {
    ...{ mandatory: true, paid: false, fee: null, travelCost: null, travelMs: null, certificate: null, note: null },
    projectId: driving,
  };
  await callOperation(page, 'training.record', {
    ...base,
    ...{ topic: say.trainings[0], retraining: false, needed: true, calledAt: at(1, 10) },
    sessions: [2, 3].map((day) => ({ start: at(day, 9), end: at(day, 18) })),
  });
  await callOperation(page, 'training.record', {
    ...base,
    ...{ topic: say.trainings[1], retraining: false, needed: null, calledAt: at(13, 18, 15) },
    sessions: [{ start: at(13, 18, 30), end: at(13, 20) }],
  });
}

async function pay({ page, say, cash, driving, speech }: Month): Promise<void> {
  const half = { periodFrom: '2026-03-01', periodTo: '2026-03-15', attachments: [] };
  await callOperation(page, 'pay.announce', {
    ...half,
    ...{ projectId: driving, amount: cash(1280), promisedOn: '2026-03-20', note: say.note, happenedAt: at(16, 18, 35) },
  });
  await callOperation(page, 'pay.receive', {
    ...half,
    ...{ projectId: driving, amount: cash(1024), channel: null, note: say.note, happenedAt: at(23, 18, 40) },
  });
  await callOperation(page, 'pay.receive', {
    ...half,
    ...{ projectId: speech, amount: cash(528), channel: null, note: say.note, happenedAt: at(23, 18, 41) },
  });
  await callOperation(page, 'pay.deduct', {
    ...{ projectId: driving, amount: cash(60), attachments: [], reason: say.deduction, work: null, returned: null },
    happenedAt: at(23, 18, 42),
  });
  await callOperation(page, 'claims.open', {
    ...{ projectId: driving, amount: cash(196), attachments: [], whatFor: say.claim, madeTo: say.madeTo },
    openedAt: at(24, 18, 32),
  });
}

/** A month as it may have been for one person: two projects, waits, returns, a recall, trainings, pay that came short. */
export async function fillTheMonth(page: Page, language: Language): Promise<void> {
  const say = words[language];
  const month = await makeProjects({ page, say, cash: moneyOf(language) });
  const batches: TaskId[] = [];
  for (const [index, day] of days.entries()) {
    // The first two days were training, all of them.
    if (day < 4) continue;
    const batch = await workDay(month, day, index);
    batches.push(batch);
    if (index % 3 === 1) await bringBack(month, batch, day, index);
  }
  await train(month);
  await callOperation(page, 'recalls.receive', {
    ...{ projectId: month.driving, level: 'task', segmentId: null, pieces: 36, stage: 'overseer', statedLoss: null },
    ...{ works: [{ type: 'elsewhere', id: batches[4]! }], reason: say.recallReason, ruleCited: null, attachments: [] },
    receivedAt: at(18, 18, 50),
  });
  await pay(month);
}
