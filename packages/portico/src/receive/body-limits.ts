import type { Settings } from '../context/settings.ts';
import type { BodyOptions, Definition } from '../define/action.ts';
import { memo } from '../lib/memo.ts';
import { fileCapacity } from '../schema/file-capacity.ts';

export type BodyLimits = Required<BodyOptions> & { readonly uploadDir?: string };

/** What an action's body may hold: its own limits over the app's, and no more files than its schema has room for. */
export const bodyLimitsOf: (settings: Settings, definition: Definition) => BodyLimits = memo(
  ({ body, uploadDir }: Settings, definition: Definition) => {
    const own = { ...body, ...definition.body };
    const maxFiles = Math.min(own.maxFiles, fileCapacity(definition.plan));
    return { ...own, maxFiles, ...(uploadDir !== undefined && { uploadDir }) };
  },
);
