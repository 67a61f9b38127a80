import type { AnnotationCodec } from '../codec.ts';
import { readCoco } from './coco-read.codec.ts';
import { cocoChoices, writeCoco } from './coco-write.codec.ts';

/**
 * COCO JSON (object detection and segmentation). `bbox` is [x, y, width, height] in pixels from the top left corner, 0-based continuous
 * edges: as ours, so numbers pass unchanged in both directions. Ids of categories, images and annotations are kept and written back
 * where they are unique; key points are kept but not shown. `area` is the shoelace area of outlines, painted pixels of masks.
 *
 * A row with a `score` is a machine's proposal. Turned boxes are read as CVAT writes them (`attributes.rotation` beside the unturned
 * box), and as this program does: their corners as outline, the angle beside it.
 */
export const cocoCodec: AnnotationCodec = {
  format: 'coco',
  modality: 'image',
  layout: 'file',
  ending: 'json',
  holds: {
    shapes: ['box', 'rotated-box', 'polygon', 'mask'],
    attributes: true,
    proposals: true,
    emptyItems: true,
    sizes: true,
  },
  choices: cocoChoices,
  likeness: (path, head) => {
    if (!/\.json$/i.test(path) || !/^\uFEFF?\s*\{/.test(head)) return 0;
    const named = ['images', 'annotations', 'categories'].filter((key) => head.includes(`"${key}"`));
    // A long first list may leave no room for the others.
    return named.length === 3 ? 1 : named.includes('images') && head.includes('"file_name"') ? 0.8 : named.length / 4;
  },
  parse: readCoco,
  write: writeCoco,
};
