import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { ShapeId } from '#shared/domain/annotation.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import { createScope } from '#renderer/lib/scope.ts';
import { guessedHeight, rowAt, topsOf } from './transcript-rows.ts';

/** Measures a row from when it is drawn until the returned function is called. */
export type WatchRow = (row: HTMLElement, id: ShapeId) => () => void;

/** The rows of a list that are each as tall as what stands in them. */
interface TallRows {
  /** Where each row begins, and where the last one ends, CSS pixels. */
  tops: Float64Array;
  /** Rows to draw, the last exclusive. */
  first: number;
  last: number;
  watch: WatchRow;
  /** Scrolls as little as needed to show a row. */
  reveal: (place: number) => void;
}

/** CSS pixels above and below what is seen in which rows are drawn too. */
const beyond = 160;

/**
 * Which rows of a long list are drawn and where. A row is as tall as it was when it was drawn last, one that was never drawn about as tall as
 * its text will be; when that turns out otherwise, what is on screen stays where it is.
 */
export function useTallRows(scroller: RefObject<HTMLElement | null>, segments: readonly Segment[]): TallRows {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const { heights, watch, keepDrawn } = useRowHeights();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const position = useRef(0);
  /** What is at the upper edge: it stays there when rows above it are found to be of other heights. */
  const edge = useRef<{ id: ShapeId; within: number } | null>(null);

  const tops = useMemo(
    () => topsOf(segments.map(({ id, text = '' }) => heights.get(id) ?? guessedHeight(text, size.width))),
    [heights, segments, size.width],
  );
  const latest = useRef({ segments, tops, height: 0 });
  latest.current = { segments, tops, height: size.height };

  const follow = useCallback(() => {
    const now = latest.current;
    const at = position.current;
    const top = rowAt(now.tops, at);
    const id = now.segments[top]?.id;
    edge.current = id === undefined ? null : { id, within: at - now.tops[top]! };
    const first = rowAt(now.tops, at - beyond);
    const last = Math.min(rowAt(now.tops, at + now.height + beyond) + 1, now.segments.length);
    setRange((before) => (before.first === first && before.last === last ? before : { first, last }));
  }, []);

  const moveTo = useCallback(
    (wanted: number) => {
      const { current: element } = scroller;
      if (!element) return;
      element.scrollTop = wanted;
      position.current = element.scrollTop;
      follow();
    },
    [follow, scroller],
  );

  // Other rows, or rows of other heights: what is at the edge goes on to be there.
  useLayoutEffect(() => {
    const { current } = edge;
    const place = current === null ? -1 : segments.findIndex(({ id }) => id === current.id);
    const wanted = place < 0 ? position.current : tops[place]! + current!.within;
    if (Math.abs(wanted - position.current) >= 1) moveTo(wanted);
    else follow();
  }, [follow, moveTo, segments, size.height, tops]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const scope = createScope();
    let width = element.clientWidth;
    const measure = () => {
      if (element.clientWidth !== width) {
        width = element.clientWidth;
        // Lines break elsewhere: only what is drawn is known anew.
        keepDrawn();
      }
      setSize({ width, height: element.clientHeight });
    };
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    scope.add(() => sizes.disconnect());
    let waiting: (() => void) | null = null;
    const scrolled = () => {
      waiting = null;
      position.current = element.scrollTop;
      follow();
    };
    // Not in the event itself: updates of a stream of scroll events would starve all others.
    scope.listen(element, 'scroll', () => void (waiting ??= scope.frame(scrolled)), { passive: true });
    return () => scope.dispose();
  }, [follow, keepDrawn, scroller]);

  const reveal = useCallback(
    (place: number) => {
      const { tops: now, height } = latest.current;
      const [top, bottom] = [now[place], now[place + 1]];
      if (top === undefined || bottom === undefined) return;
      if (top < position.current) moveTo(top);
      else if (bottom > position.current + height) moveTo(Math.min(top, bottom - height));
    },
    [moveTo],
  );
  return { tops, ...range, watch, reveal };
}

/** Rows as tall as they were measured when they were drawn last. */
function useRowHeights() {
  const [heights, setHeights] = useState<ReadonlyMap<ShapeId, number>>(new Map());
  const watched = useRef(new Map<Element, ShapeId>());
  const take = useCallback((id: ShapeId, height: number) => {
    setHeights((before) => (height === 0 || before.get(id) === height ? before : new Map(before).set(id, height)));
  }, []);
  const [observer] = useState(
    () =>
      new ResizeObserver((entries) => {
        for (const { target, borderBoxSize } of entries) {
          const id = watched.current.get(target);
          if (id !== undefined) take(id, borderBoxSize[0]?.blockSize ?? 0);
        }
      }),
  );
  useEffect(() => () => observer.disconnect(), [observer]);
  const watch = useCallback<WatchRow>(
    (row, id) => {
      watched.current.set(row, id);
      observer.observe(row);
      // Before it is painted for the first time, so that it never lies over the one below.
      take(id, row.getBoundingClientRect().height);
      return () => {
        watched.current.delete(row);
        observer.unobserve(row);
      };
    },
    [observer, take],
  );

  /** Forgets the heights of rows that are not drawn. */
  const keepDrawn = useCallback(() => {
    const drawn = new Set(watched.current.values());
    setHeights((before) => new Map([...before].filter(([id]) => drawn.has(id))));
  }, []);
  return { heights, watch, keepDrawn };
}
