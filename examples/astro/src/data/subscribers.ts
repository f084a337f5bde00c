export const subscribers = new Set<string>();
