import { createAgent, type Agent } from '../../../portico/test/support/agent.ts';

/** What a visitor sees after what he did: the answer itself, redirects not followed. */
export interface Seen {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

/** A visitor without JavaScript, who fills in forms that he sees. */
export class Visitor {
  readonly #agent: Agent;

  constructor(origin: string) {
    this.#agent = createAgent(origin);
  }

  async open(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Seen> {
    return seen(await this.#agent.get(path, { headers }));
  }

  /** Sends the form of a page whose button says so, with its hidden fields. */
  async send(path: string, button: string, fields: Readonly<Record<string, string>> = {}): Promise<Seen> {
    const { text } = await this.open(path);
    const form = text.match(/<form[^]*?<\/form>/g)?.find((each) => each.includes(`>${button}</button>`));
    if (!form) throw new Error(`${path} has no form with a button "${button}":\n${text}`);
    const body = new URLSearchParams(fields);
    for (const [input] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
      body.set(attribute(input, 'name'), attribute(input, 'value'));
    }
    const action = new URL(attribute(form, 'action'), new URL(path, 'http://page'));
    return seen(await this.#agent.post(action.pathname + action.search, body));
  }
}

async function seen(answer: Response): Promise<Seen> {
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
}

function attribute(markup: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(markup)?.[1] ?? '';
  return value.replaceAll('&amp;', '&');
}
