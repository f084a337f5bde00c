// Served as it is (src/assets.ts). Every form works without this file; with it, forms are sent without leaving the page, and
// fields are checked as soon as they are left.
import { enhance, live } from 'portico/client';

enhance(document, { live });
