import type { App } from '../request/app-state.ts';
import type { PorticoContext } from '../define/context.ts';
import type { Definition } from '../define/action.ts';
import { fieldErrors } from '../schema/issues.ts';
import { validate } from '../schema/validate.ts';
import { ActionError, ActionInputError } from '../wire/error.ts';
import { confirmLink } from './confirm-link.ts';
import { mayCall } from './may-call.ts';
import type { McpSettings } from './options.ts';
import type { CallToolResult, Tool } from './tools.ts';
import { errorResult, successResult, textResult } from './tool-result.ts';

/** Runs a tool as its action runs at any door, with the request's own user; or has a human asked. Never rejects. */
export async function callTool(
  app: App,
  settings: McpSettings,
  ctx: PorticoContext,
  tool: Tool,
  given: unknown,
): Promise<CallToolResult> {
  const { definition } = tool.action;
  const sent = tool.wrapped ? (given as { readonly input?: unknown } | undefined)?.input : (given ?? {});
  const input = toolInput(definition, sent);
  if (tool.asksHuman) return askHuman(app, settings, ctx, tool, sent, input);
  const result = await ctx.call(tool.action, input as never);
  if (result.error) return errorResult(result.error);
  const data: unknown = result.data;
  if (data instanceof Response) {
    await data.body?.cancel();
    return errorResult(
      new ActionError({
        code: 'NOT_IMPLEMENTED',
        message: `The action ${tool.name} answers with a Response (a download, a page), which a tool cannot hand on.`,
      }),
    );
  }
  return successResult(tool, data, result.redirect);
}

/** What JSON cannot carry is restored, as at the rpc door. */
function toolInput(definition: Definition, sent: unknown): unknown {
  if (definition.plan.kind === 'formdata') {
    const form = new FormData();
    for (const [name, value] of Object.entries((sent ?? {}) as Record<string, unknown>))
      for (const one of [value].flat())
        form.append(name, typeof one === 'string' ? one : JSON.stringify(one));
    return form;
  }
  return definition.restore ? definition.restore(sent) : sent;
}

/** The same refusals as a call would meet, as far as nothing has to run for them; then a link instead of the deed. */
async function askHuman(
  app: App,
  settings: McpSettings,
  ctx: PorticoContext,
  tool: Tool,
  sent: unknown,
  input: unknown,
): Promise<CallToolResult> {
  if (!(await mayCall(app, ctx, tool))) {
    return errorResult(
      ctx.user === null
        ? new ActionError({ code: 'UNAUTHORIZED', message: 'Sign in to do this.' })
        : new ActionError({ code: 'FORBIDDEN', message: 'You are not allowed to do this.' }),
    );
  }
  const { definition } = tool.action;
  if (definition.input) {
    const checked = await validate(definition.input, input);
    if (!checked.ok)
      return errorResult(new ActionInputError({ issues: checked.issues, ...fieldErrors(checked.issues) }));
  }
  const link = confirmLink(settings, ctx, tool, sent);
  if (typeof link !== 'string') return errorResult(link.error);
  return textResult(
    `Nothing has been done yet: this needs the consent of a human. Ask the user to open ${link} within 15 minutes, to check ` +
      'what will be done, and to confirm it there.',
    { confirmationRequired: true, url: link },
  );
}
