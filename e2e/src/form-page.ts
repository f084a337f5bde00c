import type { Locator, Page, Response } from 'playwright-core';

/** A field by its label, with what assistive technology is told of its errors. */
export class FieldView {
  readonly input: Locator;

  constructor(scope: Page | Locator, label: string) {
    this.input = scope.getByLabel(label, { exact: true });
  }

  /** The text that `aria-describedby` leads to; `''` where it leads nowhere. */
  async errors(): Promise<string> {
    return this.input.evaluate((element) => {
      const ids = element.getAttribute('aria-describedby')?.split(' ') ?? [];
      return ids
        .map((id) => document.getElementById(id)?.textContent?.trim() ?? `no element ${id}`)
        .join(' ');
    });
  }

  async isInvalid(): Promise<boolean> {
    return (await this.input.getAttribute('aria-invalid')) === 'true';
  }

  async isFocused(): Promise<boolean> {
    return this.input.evaluate((element) => element === document.activeElement);
  }
}

export function field(scope: Page | Locator, label: string): FieldView {
  return new FieldView(scope, label);
}

/** Presses a button and gives the answer that the browser shows in the end. */
export async function press(tab: Page, name: string, scope: Page | Locator = tab): Promise<Response> {
  const [answer] = await Promise.all([
    tab.waitForNavigation(),
    scope.getByRole('button', { name, exact: true }).click(),
  ]);
  if (!answer) throw new Error(`"${name}" led to no answer.`);
  return answer;
}

/** Goes where a link leads, and waits until it has. */
export async function follow(
  tab: Page,
  link: { readonly name: string | RegExp; readonly exact?: boolean },
  scope: Page | Locator = tab,
): Promise<void> {
  await Promise.all([tab.waitForNavigation(), scope.getByRole('link', link).click()]);
}

export async function flashes(tab: Page): Promise<string[]> {
  return tab.locator('.flash').allTextContents();
}
