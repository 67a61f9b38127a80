/** The families of letters that an element is written in, for what is drawn on a canvas: those of the window's language come first. */
export function windowFont(element: Element = document.documentElement): string {
  const families = getComputedStyle(element).getPropertyValue('--cl-font');
  return families.replaceAll(/\s+/g, ' ').trim() || 'sans-serif';
}
