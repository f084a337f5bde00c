import { createProduct } from './create-product.ts';
import { upload } from './gallery/upload.ts';
import { likePost } from './like-post.ts';
import { newsletter } from './newsletter.ts';
import { comment } from './posts/comment.ts';
import { search } from './search.ts';

/** The site's own actions; `@portico/site` adds those for accounts and content. The path of a file is the path of its action: `/actions/posts/comment` is `posts/comment.ts`. */
export const server = {
  newsletter,
  createProduct,
  likePost,
  search,
  posts: { comment },
  gallery: { upload },
};
