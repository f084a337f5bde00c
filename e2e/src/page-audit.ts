import type { Page } from 'playwright-core';

/**
 * What keeps people out of a page, a line each, as far as the document and its computed styles tell: names and labels, ids,
 * headings, contrast (WCAG 2.2, 1.4.3: 4.5, large text 3), width.
 */
export async function auditPage(tab: Page): Promise<string[]> {
  // Runs in the browser, so it can use nothing of this module.
  return tab.evaluate(() => {
    const faults: string[] = [];
    const describe = (element: Element): string => {
      const text = element.textContent?.trim().replace(/\s+/g, ' ').slice(0, 40) ?? '';
      return `<${element.tagName.toLowerCase()} class="${element.className}"> "${text}"`;
    };

    if (!document.documentElement.lang) faults.push('the page has no lang');
    if (!document.title.trim()) faults.push('the page has no title');
    const headings = document.querySelectorAll('h1').length;
    if (headings !== 1) faults.push(`the page has ${headings} h1`);
    if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways');

    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at)))
      faults.push(`two elements have the id ${id}`);
    for (const name of ['aria-describedby', 'aria-labelledby']) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        for (const id of element.getAttribute(name)?.split(/\s+/) ?? []) {
          // Where errors are to be shown may come with them.
          if (!document.getElementById(id) && element.hasAttribute('aria-invalid'))
            faults.push(`${name} names no element: ${id}`);
        }
      }
    }
    for (const input of document.querySelectorAll<HTMLInputElement>('input, select, textarea')) {
      if (input.type === 'hidden') continue;
      const label = [...(input.labels ?? [])].map((element) => element.textContent?.trim()).join('');
      if (!label && !input.ariaLabel) faults.push(`no label: ${input.name}`);
    }
    for (const element of document.querySelectorAll('button, a[href]')) {
      const isOutOfReach = element.closest('[aria-hidden=true]') && element.getAttribute('tabindex') === '-1';
      const name = [
        element.textContent,
        element.ariaLabel,
        ...[...element.querySelectorAll('img')].map((image) => image.alt),
      ];
      if (!isOutOfReach && !name.join('').trim()) faults.push(`no name: ${element.outerHTML.slice(0, 80)}`);
    }
    for (const image of document.images) if (!image.hasAttribute('alt')) faults.push(`no alt: ${image.src}`);

    const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (color: string): number[] => {
      if (!paint) throw new Error('This browser has no canvas.');
      paint.clearRect(0, 0, 1, 1);
      paint.fillStyle = color;
      paint.fillRect(0, 0, 1, 1);
      return [...paint.getImageData(0, 0, 1, 1).data];
    };
    const over = ([r = 0, g = 0, b = 0, a = 0]: number[], [r2 = 0, g2 = 0, b2 = 0]: number[]): number[] => {
      const mix = (top: number, below: number): number => (top * a + below * (255 - a)) / 255;
      return [mix(r, r2), mix(g, g2), mix(b, b2), 255];
    };
    const backgroundOf = (element: Element | null): number[] => {
      if (!element) return rgba('canvas');
      const own = rgba(getComputedStyle(element).backgroundColor);
      return own[3] === 255 ? own : over(own, backgroundOf(element.parentElement));
    };
    const luminance = (color: number[]): number => {
      const [r = 0, g = 0, b = 0] = color.map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = new Set<Element>();
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!element || seen.has(element) || !walker.currentNode.textContent?.trim()) continue;
      seen.add(element);
      if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
      if (element.closest('script, style, :disabled, svg')) continue;
      const style = getComputedStyle(element);
      const background = backgroundOf(element);
      const [light = 0, dark = 0] = [
        luminance(over(rgba(style.color), background)),
        luminance(background),
      ].sort((a, b) => b - a);
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const contrast = (light + 0.05) / (dark + 0.05);
      if (contrast < (isLarge ? 3 : 4.5))
        faults.push(`contrast ${contrast.toFixed(2)}: ${describe(element)}`);
    }
    return faults;
  });
}

/**
 * Walks a page by the Tab key; what gets the focus without a sign of it, a line each. A sign is an outline or a shadow that
 * the element does not have otherwise.
 */
export async function auditFocus(tab: Page, steps: number): Promise<string[]> {
  const faults: string[] = [];
  for (let step = 0; step < steps; step++) {
    await tab.keyboard.press('Tab');
    const fault = await tab.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return undefined;
      const sign = (): string => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return `${outlineStyle === 'none' || outlineWidth === '0px' ? '' : outlineWidth} ${boxShadow}`;
      };
      const focused = sign();
      element.blur();
      const blurred = sign();
      element.focus({ focusVisible: true } as FocusOptions);
      return focused === blurred ? `${element.outerHTML.slice(0, 100)}: ${focused}` : undefined;
    });
    if (fault !== undefined) faults.push(fault);
  }
  return faults;
}
