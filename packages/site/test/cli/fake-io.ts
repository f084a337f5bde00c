import type { CliIo } from '../../src/cli/cli-io.ts';

export interface FakeIo extends CliIo {
  readonly out: string[];
  readonly err: string[];
  /** What was asked. */
  readonly questions: string[];
}

/** A terminal whose user gives these answers, or a pipe with this input. */
export function createFakeIo(given: { readonly answers?: string[]; readonly input?: string } = {}): FakeIo {
  const out: string[] = [];
  const err: string[] = [];
  const questions: string[] = [];
  const answers = [...(given.answers ?? [])];
  return {
    out,
    err,
    questions,
    isTerminal: given.answers !== undefined,
    print: (line) => void out.push(line),
    printError: (line) => void err.push(line),
    readInput: async () => given.input ?? '',
    async askHidden(question) {
      questions.push(question);
      const answer = answers.shift();
      if (answer === undefined) throw new Error('Cancelled.');
      return answer;
    },
  };
}
