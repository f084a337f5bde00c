import { sequence } from 'astro:middleware';
import { gate } from './gate.ts';
import { persistResults } from './persist-results.ts';
import { user } from './user.ts';

export const onRequest = sequence(user, gate, persistResults);
