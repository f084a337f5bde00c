import { defineAction } from 'portico';
import type { Services } from '../../services.ts';
import { describeDevice } from '../../sessions/describe-device.ts';
import type { Device } from '../../sessions/device.ts';
import { listOwnSessions, type OwnSession } from '../../sessions/own-sessions.ts';
import { SESSION } from '../../sessions/session-keys.ts';
import { currentUser } from '../../users/current-user.ts';

/** `GET users/get-sessions`: where the user is signed in, last used first. `id` is for `users/revoke-session`. */
export const getSessions = (services: Services) =>
  defineAction({
    method: 'GET',
    access: 'user',
    async handler(_input, ctx) {
      const sessions = await listOwnSessions(ctx, services, currentUser(ctx));
      return { sessions: sessions.map(sessionView) };
    },
  });

function sessionView({ session, current }: OwnSession) {
  const { data } = session;
  const device = data[SESSION.device] as Device | undefined;
  const signedInAt = data[SESSION.signedInAt];
  const userAgent = device?.userAgent ?? null;
  return {
    id: session.uid,
    current,
    label: describeDevice(userAgent),
    userAgent,
    ip: device?.ip ?? null,
    createdAt: iso(typeof signedInAt === 'number' ? signedInAt : session.createdAt),
    lastSeenAt: iso(session.lastSeenAt),
    expiresAt: iso(session.expiresAt),
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
