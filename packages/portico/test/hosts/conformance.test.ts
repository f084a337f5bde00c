import { describeConformance } from './describe-conformance.ts';
import { HOSTS } from './hosts.ts';

// DESIGN.md 7: "One shared host test-suite runs against every one of them over a real socket."

describeConformance(HOSTS);
