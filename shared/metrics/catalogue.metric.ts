/** What a figure is counted in. */
export type FigureUnit = 'time' | 'money' | 'money-per-hour' | 'count';

/** A figure as the catalogue describes it; its name and formula in words are `figures.<id>.name` and `figures.<id>.formula`. */
export interface CatalogueEntry {
  unit: FigureUnit;
  /** The function it comes from. */
  computed: string;
  /** Kinds of entries it is computed from. */
  source: readonly string[];
  /** What it does where there is nothing, too much or something odd. */
  edges: string;
}

const time = ['time.spent'];
const work = ['submission.sealed', 'work.elsewhere'];

/** Every figure of the pages Today and Week / Month, described once. */
export const catalogue = {
  presence: {
    unit: 'time',
    computed: 'period-account',
    source: time,
    edges: 'Union of the presence lane; nobody clocked in reads 0.',
  },
  active: {
    unit: 'time',
    computed: 'period-account',
    source: time,
    edges: 'Union of activities without breaks; waiting beside an activity adds nothing.',
  },
  worked: {
    unit: 'time',
    computed: 'period-account',
    source: time,
    edges:
      'Union of activity and waiting, without breaks and waiting for payment; imported time fills only what is open.',
  },
  paid: {
    unit: 'time',
    computed: 'period-account',
    source: time,
    edges: 'A moment is paid by time if any stretch of it is, else by piece; paid + unpaid + unstated is worked.',
  },
  annotating: { unit: 'time', computed: 'period-account', source: time, edges: 'Union within the kind.' },
  unpaid: {
    unit: 'time',
    computed: 'period-account',
    source: time,
    edges: 'Known to bring nothing. By kind, a moment of two kinds counts in both, so kinds may add up to more.',
  },
  unstated: {
    unit: 'time',
    computed: 'period-account',
    source: time,
    edges: 'Nobody said how it is paid: terms were never told. It is in neither paid nor unpaid.',
  },
  waiting: { unit: 'time', computed: 'period-account', source: time, edges: 'By reason, a union within each.' },
  pieces: {
    unit: 'count',
    computed: 'promised-pay',
    source: work,
    edges: 'A task counts on the day of its first sealing, however often it came back.',
  },
  promised: {
    unit: 'money',
    computed: 'promised-pay',
    source: [...work, ...time, 'terms.set'],
    edges: 'Work without terms in force adds nothing and is counted beside it; currencies are never added together.',
  },
  received: {
    unit: 'money',
    computed: 'pay_record',
    source: ['pay.received'],
    edges: 'On the last day of the period it was paid for, else on the day it came.',
  },
  'per-hour-worked': {
    unit: 'money-per-hour',
    computed: 'effective-pay',
    source: [...work, ...time, 'terms.set'],
    edges: 'Nothing when no hour was worked.',
  },
  'per-hour-paid': {
    unit: 'money-per-hour',
    computed: 'effective-pay',
    source: [...work, ...time, 'terms.set'],
    edges: 'Nothing when no hour was paid.',
  },
  'per-hour-annotating': {
    unit: 'money-per-hour',
    computed: 'effective-pay',
    source: [...work, ...time, 'terms.set'],
    edges: 'Nothing when no hour was spent annotating.',
  },
  'received-per-hour': {
    unit: 'money-per-hour',
    computed: 'effective-pay',
    source: ['pay.received', ...time],
    edges: 'Nothing when no hour was worked.',
  },
  'unpaid-worth': {
    unit: 'money',
    computed: 'unpaid-worth',
    source: [...work, ...time, 'terms.set'],
    edges: 'Nothing when no time was paid: there is no rate to go by.',
  },
  precision: {
    unit: 'time',
    computed: 'precision-labour',
    source: [...time, 'return.received'],
    edges: 'No returns: no cost of a round. Work is taken to be accepted after the last round known.',
  },
  'what-if': {
    unit: 'money',
    computed: 'what-if-bar',
    source: [...work, ...time, 'terms.set', 'return.received'],
    edges: 'Exact comparison; kept and lost add up to the promised pay.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type FigureId = keyof typeof catalogue;
export const figureIds = Object.keys(catalogue) as [FigureId, ...FigureId[]];
