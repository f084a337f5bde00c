export {
  createTestClient,
  type ControllerOptions,
  type FormOptions,
  type TestClient,
  type TestClientOptions,
} from './testing/test-client.ts';
export type { Fields } from './testing/form-body.ts';
export type { Visitor } from './testing/browser.ts';
export type { TestAnswer } from './testing/test-answer.ts';
export {
  conformance,
  conformanceApp,
  type ConformancePluginOptions,
  type ConformanceTree,
} from './testing/conformance/app.ts';
export {
  CONFORMANCE_ECHO,
  CONFORMANCE_PAGES,
  conformancePage,
  type ConformancePage,
} from './testing/conformance/pages.ts';
export type {
  ConformanceCapability,
  ConformanceHost,
  ConformanceVariant,
  RunningHost,
} from './testing/conformance/host.ts';
export type { ConformanceCase } from './testing/conformance/case.ts';
export { conformanceCases } from './testing/conformance/cases.ts';
export {
  ConformanceRun,
  runConformance,
  type ConformanceOptions,
  type ConformanceReport,
  type ConformanceResult,
} from './testing/conformance/run.ts';
export { conformanceTable } from './testing/conformance/table.ts';
