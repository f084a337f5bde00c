/** @jsxImportSource preact */
import { actions } from 'portico:actions';
import { useState } from 'preact/hooks';

export function LikeButton({ postId, likes }: { postId: string; likes: number }) {
  const [showLogin, setShowLogin] = useState(false);
  const [count, setCount] = useState(likes);
  return (
    <div class="row">
      <button
        onClick={async () => {
          const { data, error } = await actions.likePost({ postId });
          if (error?.code === 'UNAUTHORIZED') setShowLogin(true);
          // Early return for unexpected errors
          else if (error) return;
          else setCount(data);
        }}
      >
        Like ({count})
      </button>
      {showLogin && <a href="/signin">Log in to like a post.</a>}
    </div>
  );
}
