/**
 * What is shown at most. A photo beyond these is refused before anything decodes it: a file of 100 kB can ask for
 * gigabytes of pixels, and the program runs on machines with 4 GB.
 *
 * 300 megapixels are four times the largest photo that the program is tuned for (72 MP) and 1.2 GB of decoded pixels at
 * worst, which a scaled decode never reaches. 65,500 is the side that JPEG itself cannot exceed in common decoders.
 */
export const imageLimits = { maxPixels: 300_000_000, maxSide: 65_500 } as const;
