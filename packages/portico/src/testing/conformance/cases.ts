import type { ConformanceCase } from './case.ts';
import { again } from './cases/again.ts';
import { answers } from './cases/answers.ts';
import { bases } from './cases/bases.ts';
import { bodies } from './cases/bodies.ts';
import { connections } from './cases/connections.ts';
import { doors } from './cases/doors.ts';
import { endpoints } from './cases/endpoints.ts';
import { forgery } from './cases/forgery.ts';
import { forms } from './cases/forms.ts';
import { methods } from './cases/methods.ts';
import { pages } from './cases/pages.ts';
import { paths } from './cases/paths.ts';
import { proxies } from './cases/proxies.ts';
import { sockets } from './cases/sockets.ts';
import { uploads } from './cases/uploads.ts';

/** All that is true of every host. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...doors,
  ...forms,
  ...again,
  ...pages,
  ...answers,
  ...bodies,
  ...uploads,
  ...methods,
  ...forgery,
  ...paths,
  ...proxies,
  ...bases,
  ...endpoints,
  ...connections,
  ...sockets,
];
