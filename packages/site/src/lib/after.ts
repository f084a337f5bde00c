type Method = (...values: never[]) => Promise<unknown>;

/**
 * The same object, each of whose methods first waits for `ready`: so that whoever comes first opens what all need. A
 * rejection of `ready` is the rejection of the call; it is asked again at the next one.
 */
export function after<T extends object>(ready: () => Promise<void>, target: T): T {
  const entries = Object.entries(target).map(([name, value]): [string, unknown] =>
    typeof value === 'function' ? [name, waiting(ready, value.bind(target) as Method)] : [name, value],
  );
  return Object.fromEntries(entries) as T;
}

function waiting(ready: () => Promise<void>, method: Method): Method {
  return async (...values) => {
    await ready();
    return method(...values);
  };
}
