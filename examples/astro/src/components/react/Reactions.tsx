import { actions } from 'portico:actions';
import { withState } from 'portico/react';
import { useActionState } from 'react';

type State = Awaited<ReturnType<typeof actions.reactToPost>> | undefined;

/** With JavaScript a fetch, without it a form post: `initial` is then what `getActionResult` found. */
export function Reactions({ postId, initial }: { postId: string; initial?: State }) {
  const [state, action, pending] = useActionState(withState(actions.reactToPost), initial);
  return (
    <form action={action}>
      <input type="hidden" name="postId" value={postId} />
      <div className="row">
        {['👍', '🎉', '🚀'].map((reaction) => (
          <button key={reaction} name="reaction" value={reaction} disabled={pending}>
            {reaction}
          </button>
        ))}
      </div>
      {state?.error && <p className="error">{state.error.message}</p>}
      {state?.data && (
        <p className="success">
          {state.data.reaction} makes {state.data.count}.
        </p>
      )}
    </form>
  );
}
