import { describeConformance } from './describe-conformance.ts';
import { ASTRO_HOSTS } from './hosts.ts';

// The same suite as in conformance.test.ts. Apart, because a project has to be built first.

describeConformance(ASTRO_HOSTS, 60_000);
