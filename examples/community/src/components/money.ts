const EUROS = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' });

export function money(cents: number): string {
  return EUROS.format(cents / 100);
}
