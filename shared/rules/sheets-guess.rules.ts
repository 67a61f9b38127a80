import type { ColumnUse, RowKind, SheetField, SheetMapping } from '../domain/sheet-mapping.ts';
import type { ColumnReadings } from './sheets-columns.rules.ts';

/** Exports whose columns are known by name. */
export type KnownShape =
  'amt-batch' | 'crowdflower' | 'mturk-suite' | 'toggl' | 'watson' | 'activitywatch' | 'timeclock';

interface Shape {
  id: KnownShape;
  /** Columns by which it is recognised; all must be there. */
  has: readonly string[];
  becomes: readonly RowKind[];
  me?: string;
  project?: string;
  fields: Partial<Record<SheetField, ColumnUse>>;
  zone?: string;
  currency?: string;
  statuses?: SheetMapping['statuses'];
}

const amtDate = (column: string): ColumnUse => ({ column, date: 'amt' });

/** Recognised in this order. A date whose format the platform did not fix has none here: it is looked for in the column. */
const shapes: readonly Shape[] = [
  {
    id: 'amt-batch',
    has: ['AssignmentId', 'WorkerId', 'AcceptTime', 'SubmitTime'],
    becomes: ['work', 'pay-announced', 'recall'],
    me: 'WorkerId',
    currency: 'USD',
    fields: {
      name: { column: 'AssignmentId' },
      start: amtDate('AcceptTime'),
      done: amtDate('SubmitTime'),
      duration: { column: 'WorkTimeInSeconds', unit: 's', number: 'point' },
      note: { column: 'Title' },
      amount: { column: 'Reward', number: 'point' },
      returnedAt: amtDate('RejectionTime'),
      reason: { column: 'RequesterFeedback' },
      status: { column: 'AssignmentStatus' },
    },
    statuses: [
      { value: 'Approved', means: 'accepted' },
      { value: 'Rejected', means: 'rejected' },
    ],
  },
  {
    id: 'crowdflower',
    has: ['_worker_id', '_started_at', '_created_at'],
    becomes: ['work'],
    me: '_worker_id',
    zone: 'UTC',
    fields: { name: { column: '_id' }, start: { column: '_started_at' }, done: { column: '_created_at' } },
  },
  {
    id: 'mturk-suite',
    has: ['hit_id', 'requester_id', 'state', 'date'],
    becomes: ['work', 'pay-announced'],
    zone: 'America/Los_Angeles',
    currency: 'USD',
    fields: {
      name: { column: 'hit_id' },
      done: { column: 'date', date: 'ymd' },
      note: { column: 'title' },
      amount: { column: 'reward.amount_in_dollars', number: 'point' },
      status: { column: 'state' },
    },
    statuses: [
      { value: 'Paid', means: 'accepted' },
      { value: 'Approved', means: 'accepted' },
      { value: 'Rejected', means: 'rejected' },
      { value: 'Returned', means: 'leave-out' },
      { value: 'Abandoned', means: 'leave-out' },
      { value: 'Accepted', means: 'leave-out' },
    ],
  },
  {
    id: 'toggl',
    has: ['Start date', 'Start time', 'Duration', 'Description'],
    becomes: ['time'],
    me: 'Email',
    project: 'Project',
    fields: {
      day: { column: 'Start date' },
      start: { column: 'Start time', date: 'clock' },
      duration: { column: 'Duration', unit: 'h:mm' },
      tag: { column: 'Description' },
    },
  },
  {
    id: 'watson',
    has: ['watson.start', 'watson.stop', 'watson.project'],
    becomes: ['time'],
    fields: {
      start: { column: 'watson.start', date: 'unix-s' },
      end: { column: 'watson.stop', date: 'unix-s' },
      tag: { column: 'watson.project' },
    },
  },
  {
    id: 'activitywatch',
    has: ['timestamp', 'duration'],
    becomes: ['time'],
    fields: {
      start: { column: 'timestamp', date: 'ymd' },
      duration: { column: 'duration', unit: 's', number: 'point' },
      tag: { column: 'data.app' },
      status: { column: 'data.status' },
    },
    statuses: [{ value: 'afk', means: 'leave-out' }],
  },
  {
    id: 'timeclock',
    has: ['timeclock.in', 'timeclock.out', 'timeclock.account'],
    becomes: ['time'],
    fields: {
      start: { column: 'timeclock.in', date: 'ymd' },
      end: { column: 'timeclock.out', date: 'ymd' },
      tag: { column: 'timeclock.account' },
    },
  },
];

/** Words of headers, in the order they are tried: the first field that fits takes the column. */
const words: readonly [SheetField | 'me' | 'project', RegExp][] = [
  ['me', /用户名|姓名|账号|帐号|工号|标注员|作业员|user|worker|annotator|nick|^name$|^id$/i],
  ['percent', /准确率|正确率|合格率|通过率|accuracy|approval rate/i],
  ['correct', /正确数|合格数|通过数|correct/i],
  ['released', /发布日|公布|release/i],
  ['returnedAt', /返修时间|退回时间|打回/i],
  ['reason', /原因|理由|reason|feedback/i],
  ['rule', /规则|条款|rule/i],
  ['status', /状态|结果|status|state/i],
  ['paidOn', /到账|发放日|支付日|paid on|payment date/i],
  ['amount', /金额|工资|薪|报酬|应发|实发|amount|pay|salary|reward|earning/i],
  ['start', /开始|上班|start|begin|clock.?in/i],
  ['end', /结束|下班|^end|finish|clock.?out/i],
  ['duration', /时长|工时|用时|小时|耗时|hours|duration|minutes|seconds|work ?time/i],
  ['day', /日期|^日$|date|^day$/i],
  ['total', /总数|抽检数|total|checked/i],
  ['count', /数量|标注数|标注量|完成数|完成量|产量|件数|张数|count|annotations|pieces|quantity|tasks/i],
  ['round', /轮次|round/i],
  ['project', /项目|project/i],
  ['name', /任务|题号|编号|task|item|batch/i],
  ['note', /备注|说明|note|remark|comment/i],
];

const unitWords = [
  ['h', /小时|hours?|\bh\b|\(h\)|（h）/i],
  ['min', /分钟|minutes?|\bmin\b/i],
  ['s', /秒|seconds?|\bs\b|inseconds/i],
] as const;

export interface Guess {
  shape: KnownShape | null;
  mapping: Pick<SheetMapping, 'zone' | 'becomes' | 'fields' | 'statuses' | 'currency' | 'time' | 'workName' | 'stage'>;
  /** The column that may say whose row it is. */
  ownerColumn: string | null;
  /** The column that may say of which project a row is. */
  projectColumn: string | null;
}

interface Columns {
  names: readonly string[];
  readings: readonly ColumnReadings[];
}

/** Which export it is by its columns; null for a table of nobody's making in particular. */
export function knownShape(names: readonly string[]): KnownShape | null {
  return shapes.find(({ has }) => has.every((name) => names.includes(name)))?.id ?? null;
}

/**
 * A first mapping to look over. What a column is for may be guessed, since it is shown and can be changed; how an ambiguous
 * column is written is not: its format is left out, and the mapping has a gap until its owner says.
 */
export function guessMapping(columns: Columns, zone: string, workName: string): Guess {
  const shape = shapes.find(({ id }) => id === knownShape(columns.names));
  return shape ? ofShape(shape, columns, zone) : ofHeaders(columns, zone, workName);
}

const time: SheetMapping['time'] = { lane: 'activity', what: 'annotating', paid: 'by-piece' };

function ofShape(shape: Shape, columns: Columns, zone: string): Guess {
  const fields: SheetMapping['fields'] = {};
  for (const [name, use] of Object.entries(shape.fields)) {
    const at = columns.names.indexOf(use.column);
    if (at < 0) continue;
    fields[name as SheetField] =
      use.date || use.unit ? use : columnUseFor(name as SheetField, use.column, columns.readings[at]!, use);
  }
  const paid = fields.amount !== undefined && (shape.id !== 'amt-batch' || fields.status !== undefined);
  const recalled = fields.status !== undefined && shape.becomes.includes('recall');
  const becomes = shape.becomes.filter((kind) => (kind !== 'pay-announced' || paid) && (kind !== 'recall' || recalled));
  return {
    shape: shape.id,
    ownerColumn: shape.me !== undefined && columns.names.includes(shape.me) ? shape.me : null,
    projectColumn: shape.project !== undefined && columns.names.includes(shape.project) ? shape.project : null,
    mapping: {
      zone: shape.zone ?? zone,
      becomes,
      fields,
      statuses: fields.status ? (shape.statuses ?? []) : [],
      currency: shape.currency ?? null,
      time: becomes.includes('time') ? time : null,
      workName: null,
      stage: null,
    },
  };
}

function ofHeaders(columns: Columns, zone: string, workName: string): Guess {
  const fields: SheetMapping['fields'] = {};
  let ownerColumn: string | null = null;
  let projectColumn: string | null = null;
  columns.names.forEach((name, at) => {
    const readings = columns.readings[at]!;
    const found = words.find(
      ([field, pattern]) => pattern.test(name) && (field !== 'me' || ownerColumn === null) && fits(field, readings),
    );
    if (!found) return;
    if (found[0] === 'me') ownerColumn = name;
    else if (found[0] === 'project') projectColumn ??= name;
    else fields[found[0]] ??= columnUseFor(found[0], name, readings, { column: name });
  });
  const becomes: RowKind[] = [];
  if (fields.percent || (fields.correct && fields.total)) becomes.push('accuracy');
  if (fields.amount) becomes.push(fields.paidOn ? 'pay-received' : 'pay-announced');
  if (fields.start && (fields.end || fields.duration) && !fields.count) becomes.push('time');
  else if (fields.count || fields.duration || becomes.length === 0) becomes.push('work');
  return {
    shape: null,
    ownerColumn,
    projectColumn,
    mapping: {
      zone,
      becomes,
      fields,
      statuses: [],
      currency: null,
      time: becomes.includes('time') ? time : null,
      workName: fields.name ? null : workName,
      stage: null,
    },
  };
}

/** Whether a column's cells can be what its header promises. */
function fits(field: SheetField | 'me' | 'project', readings: ColumnReadings): boolean {
  if (field === 'me') return readings.dates.length === 0;
  if (['day', 'start', 'end', 'paidOn', 'returnedAt', 'released'].includes(field)) return readings.dates.length > 0;
  if (['percent', 'correct', 'total', 'count', 'amount', 'round'].includes(field)) return readings.numbers.length > 0;
  return true;
}

/** How a column is written, as far as its cells leave no doubt. */
export function columnUseFor(field: SheetField, column: string, readings: ColumnReadings, given: ColumnUse): ColumnUse {
  const use: ColumnUse = { ...given, column };
  const [date] = readings.dates;
  const [number] = readings.numbers;
  if (isDateField(field)) {
    // Two digits leave the century to be guessed, and often the order too: that is asked, however well one order fits.
    if (use.date === undefined && readings.dates.length === 1 && date && !date.endsWith('-2')) use.date = date;
    return use;
  }
  if (field === 'duration') {
    const [unit] = readings.units;
    const said = unitWords.find(([, pattern]) => pattern.test(column))?.[0];
    if (readings.units.length === 1 && unit) use.unit ??= unit;
    else if (readings.units.length === 0 && said) use.unit ??= said;
    if (readings.numbers.length === 1 && number) use.number ??= number;
    return use;
  }
  if (!isNumberField(field)) return use;
  if (readings.numbers.length === 1 && number) use.number ??= number;
  if (field === 'percent' && (readings.percentSigns || !readings.belowOne)) use.scale ??= 'percent';
  return use;
}

export function isDateField(field: SheetField): boolean {
  return ['start', 'end', 'day', 'done', 'paidOn', 'from', 'to', 'promisedOn', 'released', 'returnedAt'].includes(
    field,
  );
}

export function isNumberField(field: SheetField): boolean {
  return ['count', 'amount', 'percent', 'correct', 'total', 'round'].includes(field);
}
