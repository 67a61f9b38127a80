import type { Day } from '#shared/domain/time.ts';
import { perHour } from '#shared/metrics/effective-pay.metric.ts';
import { type HolisticFacts, holisticPay, monthsBetween } from '#shared/metrics/holistic-pay.metric.ts';
import { workingDayOf } from '#shared/rules/working-day.rules.ts';
import type { Handlers } from '#electron/core/ports.ts';
import { certificatesInForce, firstWork } from '#electron/repositories/figures.repository.ts';
import { accountOf, type FiguresDeps } from './figures.service.ts';

/** What work would have paid if all of it counted, under weights its owner sets. */
export function createHolisticService(deps: FiguresDeps): Handlers<'figures.holistic'> {
  return {
    'figures.holistic': ({ from, to, weights, since: said }) => {
      const { totals, pieces, promised, received } = accountOf(deps, from, to);
      const since = said ?? firstDay(deps);
      const facts: HolisticFacts = {
        // Nobody said of some hours how they are paid; they count as those that are.
        paidMs: totals.paid + totals.unstated,
        unpaidMs: totals.unpaid,
        months: since === null ? 0 : monthsBetween(since, to),
        certificates: certificatesInForce(deps.db.read, to).length,
        pieces,
      };
      const pay = holisticPay(facts, weights);
      return { facts, since, ...pay, perHour: perHour([pay.total], totals.worked)[0] ?? null, promised, received };
    },
  };
}

/** The working day of the first work there is. */
function firstDay({ db, clock, settings }: FiguresDeps): Day | null {
  const first = firstWork(db.read);
  return first === null ? null : workingDayOf(first.at, clock.zone(), settings(db.read).dayStartHour);
}
