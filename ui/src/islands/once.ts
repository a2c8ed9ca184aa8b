const seen = new WeakMap<Element, Set<string>>();

/** The elements of `root` that match and that this island has not met before. */
export function once<E extends Element>(root: ParentNode, island: string, selector: string): E[] {
  const found = [...root.querySelectorAll<E>(selector)];
  if (root instanceof Element && root.matches(selector)) found.unshift(root as Element as E);
  return found.filter((element) => {
    const islands = seen.get(element) ?? new Set<string>();
    if (islands.has(island)) return false;
    seen.set(element, islands.add(island));
    return true;
  });
}
