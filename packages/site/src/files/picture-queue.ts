import { ActionError } from 'portico';
import { createWorkQueue, type WorkQueue } from '../lib/work-queue.ts';

// A picture of 50 megapixels takes 200 MB while it is decoded, and threads that password hashing waits for.
const AT_A_TIME = 2;
const WAITING = 20;

/** The line that pictures wait in to be decoded. Who finds no room is answered 503 with the time to come back. */
export function createPictureQueue(): WorkQueue {
  return createWorkQueue({ running: AT_A_TIME, waiting: WAITING, refusal: busy });
}

function busy(): ActionError {
  return new ActionError({
    code: 'SERVICE_UNAVAILABLE',
    message: 'Too many pictures are being worked on right now. Please try again in a moment.',
    headers: { 'Retry-After': '10' },
  });
}
