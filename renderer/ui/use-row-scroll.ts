import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { createScope } from '#renderer/lib/scope.ts';
import {
  isScaled,
  lastPosition,
  positionOf,
  positionShowing,
  rowsAt,
  scrollTopOf,
  type RowsGeometry,
} from './virtual-rows.ts';

/** The scroll position of a virtual table, kept in pixels of the full table whatever the browser can scroll. */
export interface RowScroll {
  rows: RowsGeometry;
  /** Of the scroller, in CSS pixels. */
  width: number;
  drawn: { first: number; last: number; offset: number };
  /** Scrolls as little as needed to show a row. */
  reveal: (index: number) => void;
}

/** Follows the scroller: size, scroll offset, wheel (which moves by rows even where the area is scaled down). */
export function useRowScroll(
  scroller: RefObject<HTMLElement | null>,
  total: number,
  rowHeight: number,
  headHeight: number,
): RowScroll {
  const [viewport, setViewport] = useState(0);
  const [width, setWidth] = useState(0);
  const [position, setPosition] = useState(0);
  const rows = { total, rowHeight, viewport };
  const latest = useRef({ rows, position });
  latest.current = { rows, position };
  /** The offset we set ourselves; the event it causes brings no news. */
  const ours = useRef(0);

  const moveTo = useCallback(
    (wanted: number) => {
      const element = scroller.current;
      const { rows: now } = latest.current;
      if (!element) return;
      const next = Math.min(Math.max(wanted, 0), lastPosition(now));
      latest.current.position = next;
      setPosition(next);
      element.scrollTop = scrollTopOf(next, now);
      ours.current = element.scrollTop;
    },
    [scroller],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const scope = createScope();
    const measure = () => {
      setViewport(Math.max(0, element.clientHeight - headHeight));
      setWidth(element.clientWidth);
    };
    let waiting: (() => void) | null = null;
    const follow = () => {
      waiting = null;
      setPosition(positionOf(element.scrollTop, latest.current.rows));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    scope.add(() => observer.disconnect());
    scope.listen(
      element,
      'scroll',
      () => {
        if (Math.abs(element.scrollTop - ours.current) < 1) return;
        ours.current = element.scrollTop;
        // Not in the event itself: React puts updates of a stream of scroll events before all others, starves those, and
        // gives up after fifty ("maximum update depth").
        if (!waiting) waiting = scope.frame(follow);
      },
      { passive: true },
    );
    scope.listen(
      element,
      'wheel',
      (event) => {
        if (!isScaled(latest.current.rows) || event.ctrlKey) return;
        event.preventDefault();
        const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight : 1;
        moveTo(latest.current.position + event.deltaY * unit);
      },
      { passive: false },
    );
    return () => scope.dispose();
  }, [scroller, headHeight, moveTo, rowHeight]);

  // A list that became shorter leaves no empty space behind.
  const last = lastPosition(rows);
  useEffect(() => {
    if (viewport > 0 && position > last) moveTo(last);
  }, [last, moveTo, position, viewport]);

  const reveal = useCallback(
    (index: number) => {
      const { rows: now, position: at } = latest.current;
      const next = positionShowing(index, at, now);
      if (next !== at) moveTo(next);
    },
    [moveTo],
  );
  return { rows, width, drawn: rowsAt(Math.min(position, last), rows), reveal };
}
