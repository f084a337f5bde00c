export interface Post {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  likes: number;
  readonly reactions: string[];
}

export const posts: readonly Post[] = [
  {
    id: 'launch',
    title: 'We have liftoff',
    text: 'The countdown, minute by minute.',
    likes: 3,
    reactions: [],
  },
  { id: 'orbit', title: 'Life in orbit', text: 'Sixteen sunrises a day.', likes: 5, reactions: [] },
];

export const findPost = (id: string): Post | undefined => posts.find((post) => post.id === id);
