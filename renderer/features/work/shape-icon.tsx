import {
  IconBrush,
  IconLine,
  IconOval,
  IconPoint,
  IconPolygon,
  IconRectangle,
  IconSquareRotated,
  IconTag,
  IconTextRecognition,
  IconWaveSine,
  type Icon,
} from '@tabler/icons-react';
import type { Geometry } from '#shared/domain/annotation.ts';
import { useText } from '#renderer/i18n/i18n.ts';

const icons: { readonly [Type in Geometry['type']]: Icon } = {
  box: IconRectangle,
  'rotated-box': IconSquareRotated,
  polygon: IconPolygon,
  polyline: IconLine,
  point: IconPoint,
  ellipse: IconOval,
  mask: IconBrush,
  tag: IconTag,
  span: IconWaveSine,
  passage: IconTextRecognition,
};

/** What kind of shape something is, small. */
export function ShapeIcon({ type }: { type: Geometry['type'] }) {
  const t = useText();
  const Shown = icons[type];
  return <Shown size={13} stroke={1.6} role="img" aria-label={t(`work.shapes.${type}`)} />;
}
