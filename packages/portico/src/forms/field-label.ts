import { kebabCase } from '../lib/kebab.ts';
import type { Plan } from '../schema/plan.ts';

/** What a field is called for people: the schema's title, else its key as words (`firstName` is "First name"). */
export function fieldLabel(key: string, plan: Plan): string {
  if (plan.title !== undefined) return plan.title;
  const words = kebabCase(key)
    .replace(/[-_\s]+/g, ' ')
    .trim();
  return words === '' ? key : words.charAt(0).toUpperCase() + words.slice(1);
}
