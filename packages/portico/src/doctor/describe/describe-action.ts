import type { App } from '../../request/app-state.ts';
import { controllerSpelling } from '../../define/action-name.ts';
import type { MountedAction } from '../../define/tree.ts';
import { actionExpression } from './action-expression.ts';
import { describeFields, typeOf } from './describe-fields.ts';
import { describeOutput } from './describe-output.ts';
import type { ActionDescription, DoorDescription } from './description.ts';

/** Everything that can be known of an action from its definition. */
export function describeAction(app: App, mounted: MountedAction): ActionDescription {
  const { definition } = mounted.action;
  const { access = 'public', plan } = definition;
  return {
    name: mounted.name,
    description: definition.description,
    accept: definition.accept,
    methods: definition.methods,
    access: typeof access === 'function' ? 'function' : access,
    doors: doorsOf(app, mounted),
    csrf: definition.csrf ? 'own' : app.settings.csrf,
    limits: definition.limits.map(({ points, seconds, by }) => ({
      points,
      seconds,
      by: by === 'ip' ? by : 'key',
    })),
    once: definition.once,
    destructive: definition.destructive === true,
    input: typeOf(plan),
    fields: describeFields(plan),
    output: describeOutput(definition.output),
    errors: Object.entries(definition.errors).map(([code, { status, message }]) => ({
      code,
      status,
      message,
    })),
    body: { ...app.settings.body, ...definition.body },
    redirect: definition.redirect,
  };
}

function doorsOf({ settings, routes, pluginRoutes }: App, mounted: MountedAction): DoorDescription[] {
  const { name, action } = mounted;
  const { accept, methods } = action.definition;
  const { base, actionTrigger } = settings;
  const doors: DoorDescription[] = methods.map((method) => ({ door: 'rpc', method, target: action.path }));
  if (methods.includes('POST') && accept !== 'json') {
    doors.push({ door: 'page', method: 'POST', target: `${base}/any/page${String(action)}` });
  }
  if (actionTrigger !== false) {
    const target = `${base}/${actionTrigger}/${controllerSpelling(name)}`;
    doors.push(...methods.map((method) => ({ door: 'path', method, target }) as const));
  }
  for (const route of [...routes, ...pluginRoutes]) {
    if (route.mounted !== mounted) continue;
    doors.push({ door: 'route', method: route.method, target: `${base}/${route.segments.join('/')}` });
  }
  doors.push({ door: 'server', method: 'call', target: `portico.call(${actionExpression(name)}, input)` });
  return doors;
}
