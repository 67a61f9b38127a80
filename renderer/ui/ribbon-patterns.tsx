import type { Lane } from '#shared/domain/time.ts';

/** Colours that people with any colour vision can tell apart on light and dark, each with a pattern of its own beside it. */
const looks = {
  annotating: { color: 'var(--cl-accent)', pattern: null },
  revising: { color: '#b5790f', pattern: 'rising' },
  training: { color: '#5b7fb8', pattern: 'dots' },
  meeting: { color: '#8a6aa8', pattern: 'upright' },
  appealing: { color: '#b0543c', pattern: 'falling' },
  'testing-assistant': { color: '#6b8a3a', pattern: 'crossed' },
  'keeping-records': { color: '#7d766d', pattern: 'level' },
} as const;

const strokes = {
  rising: 'M0 6 6 0M-1.5 1.5 1.5-1.5M4.5 7.5 7.5 4.5',
  falling: 'M0 0 6 6M-1.5 4.5 1.5 7.5M4.5-1.5 7.5 1.5',
  upright: 'M3 0V6',
  level: 'M0 3H6',
  crossed: 'M0 6 6 0M0 0 6 6',
  dots: 'M3 3h.01',
} as const;

/** The patterns of the ribbon, by kind of activity. */
export function RibbonPatterns() {
  return (
    <defs>
      {Object.entries(looks).map(([what, { color, pattern }]) => (
        <pattern key={what} id={`day-${what}`} width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" fill={color} />
          {pattern && (
            <path
              d={strokes[pattern]}
              fill="none"
              stroke="rgb(255 255 255 / 55%)"
              strokeWidth={pattern === 'dots' ? 2.2 : 1.1}
              strokeLinecap={pattern === 'dots' ? 'round' : 'butt'}
            />
          )}
        </pattern>
      ))}
      <pattern id="day-waiting" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" fill="var(--cl-amber-soft)" />
        <path d="M0 5 5 0M-1 1 1-1M4 6 6 4" stroke="var(--cl-amber)" strokeWidth="1.3" />
      </pattern>
    </defs>
  );
}

/** The fill of a stretch. */
export function patternOf(lane: Lane, what: string): string {
  if (lane === 'presence') return 'var(--cl-control-line)';
  if (lane === 'waiting') return 'url(#day-waiting)';
  if (what === 'break') return 'transparent';
  return `url(#day-${what})`;
}

/** The plain colour of an activity, for its dot. */
export function colorOf(what: string): string {
  return Object.hasOwn(looks, what) ? looks[what as keyof typeof looks].color : 'transparent';
}
