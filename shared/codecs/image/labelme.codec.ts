import type { AnnotationCodec } from '../codec.ts';
import { readLabelme } from './labelme-read.codec.ts';
import { labelmeChoices, writeLabelme } from './labelme-write.codec.ts';

/**
 * labelme JSON: one file a photo, coordinates in pixels, 0-based and continuous as ours. Reads what labelme itself and X-AnyLabeling
 * write; writes what labelme 7.1 takes, or X-AnyLabeling when asked to.
 *
 * Turned boxes are `oriented_rectangle`, masks a PNG of their rectangle, circles ellipses of equal radii; a flag of the photo is a tag,
 * a flag of a shape an attribute that says yes or no. A row with a `score` is a machine's proposal. Group, description and whatever
 * else a file says are kept.
 */
export const labelmeCodec: AnnotationCodec = {
  format: 'labelme',
  modality: 'image',
  layout: 'folder',
  ending: 'json',
  holds: {
    shapes: ['box', 'rotated-box', 'polygon', 'polyline', 'point', 'mask', 'tag'],
    attributes: true,
    proposals: true,
    emptyItems: true,
    sizes: true,
  },
  choices: labelmeChoices,
  likeness: (path, head) => {
    if (!/\.json$/i.test(path) || !/^\uFEFF?\s*\{/.test(head)) return 0;
    const named = ['shapes', 'imagePath', 'imageData', 'shape_type'].filter((key) => head.includes(`"${key}"`));
    return named.includes('shapes') ? named.length / 4 : 0;
  },
  parse: readLabelme,
  write: writeLabelme,
};
