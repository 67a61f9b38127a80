import type { TableColumn } from '#shared/domain/table.ts';
import type { Format } from '#renderer/i18n/format.ts';

/** A typed value of a table as it is read on the screen; nothing for null. */
export function cellText(
  type: TableColumn['type'],
  value: TableColumn['cells'][number] | undefined,
  format: Format,
): string {
  if (value === null || value === undefined) return '';
  switch (type) {
    case 'text':
      return value as string;
    case 'count':
      return format.number(value as number, 0);
    case 'percent':
      return `${value as string} %`;
    case 'money':
      return format.money(value as Parameters<Format['money']>[0]);
    case 'day':
      return format.date(value as string);
    case 'moment':
      return format.dateTime(value as string);
    case 'duration':
      return format.duration(value as number);
  }
}
