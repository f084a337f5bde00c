import type { ConformanceHost } from 'portico/testing';
import { astroBuiltHost, astroDevHost } from './fixtures/astro.ts';
import { express } from './fixtures/express.ts';
import { fastify } from './fixtures/fastify.ts';
import { fetchHost } from './fixtures/fetch.ts';
import { h3 } from './fixtures/h3.ts';
import { hono } from './fixtures/hono.ts';
import { node } from './fixtures/node.ts';
import { reactRouter } from './fixtures/react-router.ts';

// The suite runs against these, one a line: the columns of the tables.

/** In the process of the tests. */
export const HOSTS: readonly ConformanceHost[] = [
  node, //
  express,
  fastify,
  h3,
];

/** Behind @hono/node-server, which puts a Request and a Response of its own in the place of the process' global ones. */
export const HONO_SERVER_HOSTS: readonly ConformanceHost[] = [
  hono, //
  fetchHost,
  reactRouter,
];

/** Those that start a dev server, or build a project first. */
export const ASTRO_HOSTS: readonly ConformanceHost[] = [
  astroDevHost, //
  astroBuiltHost,
];
