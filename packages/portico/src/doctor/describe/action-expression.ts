import { decodeSegment } from '../../define/action-name.ts';

/** An action in code: `portico.actions.users.saveUser`, `portico.actions['odd key']`. */
export function actionExpression(name: string): string {
  const keys = name.split('.').map(decodeSegment);
  return keys.reduce(
    (code, key) =>
      /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)
        ? `${code}.${key}`
        : `${code}[${JSON.stringify(key)}]`,
    'portico.actions',
  );
}
