/** Holds work back until a test lets it go on, so that a test can look at what happens meanwhile. */
export class Gate {
  #open = true;
  #waiting: Array<() => void> = [];
  #watchers: Array<() => void> = [];

  /** From now on whoever passes waits. */
  close(): void {
    this.#open = false;
  }

  /** Lets everybody who waits go on, and those who come. */
  open(): void {
    this.#open = true;
    for (const resume of this.#waiting.splice(0)) resume();
  }

  /** Resolves at once where the gate is open, else when it opens. */
  pass(): Promise<void> {
    if (this.#open) return Promise.resolve();
    const passed = new Promise<void>((resume) => this.#waiting.push(resume));
    for (const seen of this.#watchers.splice(0)) seen();
    return passed;
  }

  /** Resolves when so many wait. */
  async reached(count = 1): Promise<void> {
    while (this.#waiting.length < count) await new Promise<void>((seen) => this.#watchers.push(seen));
  }
}
