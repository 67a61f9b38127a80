/**
 * What is opened at most. A header of a few bytes can claim years of sound in thousands of channels; the window keeps a level of every ten
 * milliseconds of each channel, some 35 MB a channel for a day.
 */
export const soundLimits = {
  leastRate: 1000,
  mostRate: 768_000,
  mostChannels: 8,
  mostSeconds: 24 * 60 * 60,
} as const;
