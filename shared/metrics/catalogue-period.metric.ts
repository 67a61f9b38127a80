import { type CatalogueEntry, timeSource as time, workSource as work } from './catalogue-entry.metric.ts';

const totals = (...names: string[]) => ({
  'figures.period': names.map((name) => `totals.${name}`),
  'time.day': names.map((name) => `totals.${name}`),
});
const period = (...paths: string[]) => ({ 'figures.period': paths });
const holistic = (...paths: string[]) => ({ 'figures.holistic': paths });

/** Figures of days, weeks and months: those `figures.entries` opens. */
export const periodFigures = {
  presence: { unit: 'time', computed: 'period-account', source: time, served: totals('presence') },
  active: {
    unit: 'time',
    computed: 'period-account',
    source: time,
    served: { 'figures.period': ['totals.active', 'totals.byActivity'], 'time.day': ['totals.byActivity'] },
  },
  worked: {
    unit: 'time',
    computed: 'period-account',
    source: time,
    served: {
      'statements.get': ['labour.worked'],
      ...totals('worked'),
      'figures.period': ['totals.worked', 'totals.shares', 'projects.worked'],
    },
  },
  paid: {
    unit: 'time',
    computed: 'period-account',
    source: time,
    served: {
      'statements.get': ['labour.paid'],
      'figures.period': ['totals.paid', 'totals.paidByTime', 'totals.paidByPiece'],
      'time.day': ['totals.paidByTime', 'totals.paidByPiece'],
    },
  },
  annotating: {
    unit: 'time',
    computed: 'period-account',
    source: time,
    served: period('totals.annotating', 'projects.annotating'),
  },
  unpaid: {
    unit: 'time',
    computed: 'period-account',
    source: time,
    served: {
      'statements.get': ['labour.unpaid', 'labour.unpaidByKind'],
      'figures.period': ['totals.unpaid', 'totals.unpaidByKind', 'projects.unpaid'],
      'time.day': ['totals.unpaid', 'totals.unpaidByKind'],
    },
  },
  unstated: {
    unit: 'time',
    computed: 'period-account',
    source: time,
    served: {
      'statements.get': ['labour.unstated'],
      'figures.period': ['totals.unstated', 'projects.unstated'],
      'time.day': ['totals.unstated'],
    },
  },
  waiting: {
    unit: 'time',
    computed: 'period-account',
    source: time,
    served: { ...totals('byWaiting'), 'statements.get': ['labour.waiting'] },
  },
  pieces: {
    unit: 'count',
    computed: 'promised-pay',
    source: work,
    served: {
      'figures.period': ['pieces', 'piecesWithoutTerms', 'projects.returned'],
      'time.day': ['pieces', 'piecesWithoutTerms'],
    },
  },
  promised: {
    unit: 'money',
    computed: 'promised-pay',
    source: [...work, ...time, 'terms.set'],
    served: { 'figures.period': ['promised'], 'figures.holistic': ['promised'], 'time.day': ['promised'] },
  },
  received: {
    unit: 'money',
    computed: 'pay_record',
    source: ['pay.received'],
    served: { 'figures.period': ['received'], 'figures.holistic': ['received'] },
  },
  'per-hour-worked': {
    unit: 'money-per-hour',
    computed: 'effective-pay',
    source: [...work, ...time, 'terms.set'],
    served: period('perHour.worked', 'projects.perHourWorked'),
  },
  'per-hour-paid': {
    unit: 'money-per-hour',
    computed: 'effective-pay',
    source: [...work, ...time, 'terms.set'],
    served: period('perHour.paid'),
  },
  'per-hour-annotating': {
    unit: 'money-per-hour',
    computed: 'effective-pay',
    source: [...work, ...time, 'terms.set'],
    served: period('perHour.annotating'),
  },
  'received-per-hour-worked': {
    unit: 'money-per-hour',
    computed: 'effective-pay',
    source: ['pay.received', ...time],
    served: period('receivedPerHour.worked'),
  },
  'received-per-hour-paid': {
    unit: 'money-per-hour',
    computed: 'effective-pay',
    source: ['pay.received', ...time],
    served: period('receivedPerHour.paid'),
  },
  'received-per-hour-annotating': {
    unit: 'money-per-hour',
    computed: 'effective-pay',
    source: ['pay.received', ...time],
    served: period('receivedPerHour.annotating'),
  },
  'unpaid-worth': {
    unit: 'money',
    computed: 'unpaid-worth',
    source: [...work, ...time, 'terms.set'],
    served: period('unpaidWorth', 'unpaidWorthByKind'),
  },
  precision: {
    unit: 'time',
    computed: 'precision-labour',
    source: [...time, 'return.received'],
    served: {
      ...period('totals.revising', 'precision.revisingMs', 'precision.returns', 'precision.perReturnMs'),
      'statements.get': ['labour.revising', 'labour.rounds'],
    },
  },
  'what-if': {
    unit: 'money',
    computed: 'what-if-bar',
    source: [...work, ...time, 'terms.set', 'return.received', 'accuracy.reported'],
    served: period('whatIf.kept', 'whatIf.lost', 'whatIf.days', 'whatIf.daysBelow'),
  },
  holistic: {
    unit: 'money',
    computed: 'holistic-pay',
    source: [...time, ...work, 'training.held'],
    served: holistic('total', 'perHour'),
  },
  'holistic-time': {
    unit: 'money',
    computed: 'holistic-pay',
    source: time,
    served: holistic('time', 'facts.paidMs', 'facts.unpaidMs'),
  },
  'holistic-expertise': {
    unit: 'money',
    computed: 'holistic-pay',
    source: [...time, ...work, 'training.held'],
    served: holistic('expertise', 'facts.months', 'facts.certificates'),
  },
  'holistic-productivity': {
    unit: 'money',
    computed: 'holistic-pay',
    source: work,
    served: holistic('productivity', 'facts.pieces'),
  },
} as const satisfies Record<string, CatalogueEntry>;
