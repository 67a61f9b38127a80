import type { PayTerms } from '#shared/domain/project.ts';
import { orNull } from '#renderer/lib/typed-text.ts';
import { readMoney, typeMoney, type TypedMoney } from '#renderer/ui/money-field.tsx';

export interface TypedBonus {
  key: number;
  name: string;
  amount: TypedMoney;
  per: PayTerms['bonuses'][number]['per'];
  condition: string;
}

/** What terms say beside the rate, as typed. */
export interface TermsExtras {
  taskKind: string;
  bonuses: readonly TypedBonus[];
  penalty: { on: boolean; free: string; first: string; later: string; how: 'additive' | 'compounding' };
  promise: { after: '' | 'month' | 'project'; days: string };
}

/** The extras of the terms before, to be changed. The kind of task is not taken over: it says what the terms are for. */
export function typeExtras(last: PayTerms | undefined): TermsExtras {
  const { returnPenalty, promisedPayment } = last ?? { returnPenalty: null, promisedPayment: null };
  return {
    taskKind: '',
    bonuses: (last?.bonuses ?? []).map(({ name, amount, per, condition }, key) => ({
      key,
      name,
      amount: typeMoney(amount),
      per,
      condition,
    })),
    penalty: {
      on: returnPenalty !== null,
      free: String(returnPenalty?.free ?? 1),
      first: String(returnPenalty?.firstPercent ?? 20),
      later: String(returnPenalty?.laterPercent ?? 10),
      how: returnPenalty?.how ?? 'additive',
    },
    promise: { after: promisedPayment?.after ?? '', days: String(promisedPayment?.days ?? 15) },
  };
}

/** A whole number from nought to `most`; null for what is none. */
export function readWhole(typed: string, most: number): number | null {
  const plain = typed.normalize('NFKC').trim();
  return /^\d{1,6}$/.test(plain) && Number(plain) <= most ? Number(plain) : null;
}

type Read = Pick<PayTerms, 'taskKind' | 'bonuses' | 'returnPenalty' | 'promisedPayment'>;

/** What was typed as terms carry it; null when something of it does not fit. */
export function readExtras({ taskKind, bonuses, penalty, promise }: TermsExtras): Read | null {
  const read: Read = { taskKind: orNull(taskKind), bonuses: [], returnPenalty: null, promisedPayment: null };
  for (const { name, amount, per, condition } of bonuses) {
    const money = readMoney(amount);
    if (name.trim() === '' || money === null || money === 'wrong') return null;
    read.bonuses.push({ name: name.trim(), amount: money, per, condition: condition.trim() });
  }
  if (penalty.on) {
    const [free, firstPercent, laterPercent] = [
      readWhole(penalty.free, 100),
      readWhole(penalty.first, 100),
      readWhole(penalty.later, 100),
    ];
    if (free === null || firstPercent === null || laterPercent === null) return null;
    read.returnPenalty = { free, firstPercent, laterPercent, how: penalty.how };
  }
  if (promise.after !== '') {
    const days = readWhole(promise.days, 3650);
    if (days === null) return null;
    read.promisedPayment = { after: promise.after, days };
  }
  return read;
}
