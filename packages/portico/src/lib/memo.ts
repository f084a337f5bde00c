/** Remembers what `make` made for two objects, as long as both live. */
export function memo<A extends object, B extends object, Made>(
  make: (a: A, b: B) => Made,
): (a: A, b: B) => Made {
  const byFirst = new WeakMap<A, WeakMap<B, Made>>();
  return (a, b) => {
    let bySecond = byFirst.get(a);
    if (!bySecond) byFirst.set(a, (bySecond = new WeakMap()));
    let made = bySecond.get(b);
    if (made === undefined) bySecond.set(b, (made = make(a, b)));
    return made;
  };
}
