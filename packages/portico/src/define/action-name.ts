import { kebabCase } from '../lib/kebab.ts';
import { PAGE_PARAM, RPC_SEGMENT } from '../wire/names.ts';
import type { ActionObject } from './action.ts';

interface Place {
  readonly name: string;
  readonly base: string;
}

// An action does not know its place in a tree; `createPortico` tells. Weak, so that a tree dropped by hot reload can go.
const places = new WeakMap<ActionObject, Place>();

/** A key of the tree as one segment of a name: percent-encoded, with the dot that separates segments encoded too. */
export function encodeSegment(key: string): string {
  return encodeURIComponent(key).replaceAll('.', '%2E');
}

/** Gives an action its name. The same action may be mounted by several apps; the last one decides what it stringifies to. */
export function nameAction(action: ActionObject, name: string, base: string): void {
  places.set(action, { name, base });
}

/** The canonical name of an action that is mounted. Throws where it is not. */
export function actionName(action: ActionObject): string {
  return placeOf(action).name;
}

export function actionPath(action: ActionObject): string {
  const { name, base } = placeOf(action);
  return `${base}/${RPC_SEGMENT}/${name}`;
}

export function actionQuery(action: ActionObject): string {
  return `?${PAGE_PARAM}=${encodeURIComponent(placeOf(action).name)}`;
}

function placeOf(action: ActionObject): Place {
  const place = places.get(action);
  if (!place) {
    throw new Error(
      'This action has no name yet: it gets one when createPortico({ actions }) runs with a tree that holds it.',
    );
  }
  return place;
}

/** The key that `encodeSegment` encoded. */
export function decodeSegment(segment: string): string {
  return decodeURIComponent(segment);
}

/** A name as the controller doors spell it: `users.saveUser` is `users/save-user`, each segment percent-encoded. */
export function controllerSpelling(name: string): string {
  const segments = name.split('.').map((segment) => encodeSegment(kebabCase(decodeSegment(segment))));
  return segments.join('/');
}
