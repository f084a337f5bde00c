interface Tool {
  readonly name: string;
  readonly path: string;
}

/** Pages that help to develop. In production there are none. */
export const tools: readonly Tool[] =
  process.env.NODE_ENV === 'development' ? [{ name: 'Explorer', path: '/_portico' }] : [];
