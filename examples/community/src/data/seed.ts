import { addComment } from './comments.ts';
import type { Database } from './database.ts';
import { setLike } from './likes.ts';
import { addMember } from './members.ts';
import { addPost } from './posts.ts';
import { addProduct } from './products.ts';
import { MEMBERS, POSTS, PRODUCTS } from './seed-content.ts';

/** What a new database begins with, so that the first visitor finds a site in use. */
export function seed(db: Database): void {
  for (const member of MEMBERS) addMember(db, member);
  for (const { likedBy, comments, ...post } of POSTS) {
    const { id } = addPost(db, post);
    for (const memberId of likedBy) setLike(db, id, memberId, true);
    for (const [createdAt, authorId, body] of comments)
      addComment(db, { postId: id, authorId, body, createdAt });
  }
  for (const product of PRODUCTS) addProduct(db, product);
}
