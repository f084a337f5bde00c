/** Whether awaiting is needed. Awaiting what is no promise costs a turn of the event loop, on every call. */
export function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
