import { describeConformance } from './describe-conformance.ts';
import { HONO_SERVER_HOSTS } from './hosts.ts';

// The same suite as in conformance.test.ts. Apart, because their server changes globals that others' servers rely on.

describeConformance(HONO_SERVER_HOSTS);
