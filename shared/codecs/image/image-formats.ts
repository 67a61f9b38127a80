/** The formats that pictures' annotations can be exchanged in, in the order in which a person is shown them. */
export const imageFormats = [
  'coco',
  'labelme',
  'voc',
  'yolo',
  'yolo-segment',
  'yolo-obb',
  'cvat',
  'label-studio',
] as const;

export type ImageFormat = (typeof imageFormats)[number];
