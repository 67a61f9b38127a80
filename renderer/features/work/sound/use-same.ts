import { useRef } from 'react';

/** The value from before as long as the new one says the same: whoever draws it has nothing to do. */
export function useSame<T>(value: T, same: (one: T, other: T) => boolean): T {
  const before = useRef(value);
  if (before.current !== value && !same(before.current, value)) before.current = value;
  return before.current;
}
