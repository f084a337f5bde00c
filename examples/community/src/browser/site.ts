import { addressCountry } from './address-country.ts';
import { enhanceForms } from './forms.ts';
import { instantSearch } from './instant-search.ts';
import { likeButtons } from './like-button.ts';

// Everything works without this file. With it, forms are sent without leaving the page.
likeButtons();
instantSearch();
addressCountry();
enhanceForms();
