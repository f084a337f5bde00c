export interface Comment {
  readonly author: string;
  readonly text: string;
}

export const comments: Comment[] = [];
