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
