/** The explorer's own pages, in the order of the navigation. What is added to the explorer gets its entry here. */
export const NAV: ReadonlyArray<{ readonly path: string; readonly label: string }> = [
  { path: '', label: 'Actions' },
  { path: '/requests', label: 'Requests' },
  { path: '/doctor', label: 'Doctor' },
];
