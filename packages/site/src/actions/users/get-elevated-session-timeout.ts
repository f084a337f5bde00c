import { defineAction } from 'portico';
import type { Services } from '../../services.ts';
import { elevatedSeconds } from '../../sessions/elevation.ts';

/**
 * `GET users/get-elevated-session-timeout`: the seconds left in which sensitive actions need no password, as `timeout`. 0: they
 * need it; −1: they never do.
 */
export const getElevatedSessionTimeout = (services: Services) =>
  defineAction({
    method: 'GET',
    access: 'user',
    handler: (_input, ctx) => ({ timeout: elevatedSeconds(ctx, services) }),
  });
