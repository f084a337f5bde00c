import { enhance } from 'portico/client';
import { instantSearch } from './instant-search.ts';
import { likeButtons } from './like-button.ts';

// Everything works without this file. With it, forms are sent without leaving the page.
likeButtons();
instantSearch();
enhance(document);
