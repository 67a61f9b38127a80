import { useEffect } from 'react';
import { useRoute } from '#renderer/lib/route.store.ts';
import { dayStore } from './day.store.ts';

/** A question that is open belongs to the moment: another room closes it. */
export function useCloseOnLeave(): void {
  const { room } = useRoute();
  useEffect(() => () => dayStore.setState({ open: null }), [room]);
}
