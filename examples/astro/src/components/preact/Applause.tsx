/** @jsxImportSource preact */
import { actions } from 'portico:actions';
import { useState } from 'preact/hooks';

/** For who is signed in: a refusal is thrown, and this button has nothing to say of it. */
export function Applause({ postId }: { postId: string }) {
  const [likes, setLikes] = useState<number>();
  return (
    <button
      onClick={async () => {
        const updatedLikes = await actions.likePost.orThrow({ postId });
        // ^ type: number
        setLikes(updatedLikes);
      }}
    >
      Applaud{likes !== undefined && ` (${likes})`}
    </button>
  );
}
