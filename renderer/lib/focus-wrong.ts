import { useEffect, useRef, type RefObject } from 'react';

/**
 * Puts the cursor where a form was found wrong: into the first field that says so.
 *
 * @param tries counted up by the form each time it was not taken; the fields must say by then what is wrong with them
 */
export function useFocusWrong(tries: number): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (tries === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong] input')?.focus();
  }, [tries]);
  return form;
}
