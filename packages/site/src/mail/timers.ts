/** A timer that tests can drive by hand. */
export interface Timers {
  /** Runs `callback` after `ms` milliseconds. Calling what it returns prevents that. */
  after(ms: number, callback: () => void): () => void;
}

/** Timers of the process. They do not keep it alive. */
export const systemTimers: Timers = {
  after(ms, callback) {
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  },
};
