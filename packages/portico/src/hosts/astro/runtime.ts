export { hostApp } from './hosted-app.ts';
export { after, createBefore } from './middleware.ts';
export { useSessionDriver } from './session-driver.ts';
