import { Input, Select, TextInput } from '@mantine/core';
import { useId, useMemo } from 'react';
import type { Money } from '#shared/domain/money.ts';
import { currencyDigits } from '#renderer/i18n/format.ts';
import { parseMoney, typedMoney, usualCurrencies } from '#renderer/lib/money-input.ts';
import classes from './form.module.css';

/** An amount under way: what is typed and in which currency. `readMoney` makes Money of it. */
export interface TypedMoney {
  typed: string;
  currency: string;
}

/** Money of what was typed; null when nothing was, `'wrong'` when it is no amount of that currency. */
export function readMoney({ typed, currency }: TypedMoney): Money | null | 'wrong' {
  if (typed.trim() === '') return null;
  return parseMoney(typed, currency, currencyDigits(currency)) ?? 'wrong';
}

/** The start value of a MoneyField that shows an amount. */
export function typeMoney(money: Money): TypedMoney {
  return { typed: typedMoney(money, currencyDigits(money.currency)), currency: money.currency };
}

interface Props {
  label: string;
  currencyLabel: string;
  description?: string;
  value: TypedMoney;
  onChange: (value: TypedMoney) => void;
  error?: string | undefined;
  /** The field a dialog begins at. */
  autofocus?: boolean;
}

/** An amount and its currency, exact to the minor unit. */
export function MoneyField({ label, currencyLabel, description, value, onChange, error, autofocus = false }: Props) {
  const currencies = useMemo(() => {
    const rest = Intl.supportedValuesOf('currency').filter(
      (code) => !(usualCurrencies as readonly string[]).includes(code),
    );
    return [...usualCurrencies, ...rest];
  }, []);
  const id = useId();
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      labelProps={{ htmlFor: id }}
      descriptionProps={{ id: `${id}-description` }}
      errorProps={{ id: `${id}-error` }}
    >
      <div className={classes.money}>
        <TextInput
          id={id}
          data-autofocus={autofocus || undefined}
          inputMode="decimal"
          value={value.typed}
          error={error !== undefined}
          aria-describedby={[description && `${id}-description`, error && `${id}-error`].filter(Boolean).join(' ')}
          onChange={(event) => onChange({ ...value, typed: event.currentTarget.value })}
        />
        <Select
          aria-label={currencyLabel}
          data={currencies}
          searchable
          value={value.currency}
          onChange={(currency) => currency && onChange({ ...value, currency })}
        />
      </div>
    </Input.Wrapper>
  );
}
