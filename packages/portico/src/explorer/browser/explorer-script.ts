import { callPanel } from './call-panel.ts';
import { liveRequests } from './live-requests.ts';
import { search } from './search.ts';

// Some loaders wrap functions in a helper that keeps their names; in a browser there is none.
const NAME_HELPER = 'const __name = (made) => made;';

/** The explorer's one script file: its parts by their own source, so that nothing has to be built or read from disk. */
export const EXPLORER_SCRIPT: string = [
  NAME_HELPER,
  ...[search, callPanel, liveRequests].map((part) => `(${String(part)})();`),
].join('\n');
