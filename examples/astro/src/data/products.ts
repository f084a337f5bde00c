export interface Product {
  readonly id: string;
  readonly name: string;
  readonly price: number;
}

const products: Product[] = [
  { id: 'telescope', name: 'Telescope', price: 240 },
  { id: 'star-map', name: 'Star map', price: 12 },
];

export async function persistToDatabase(input: Omit<Product, 'id'>): Promise<Product> {
  const product = { id: `p${products.length + 1}`, ...input };
  products.push(product);
  return product;
}

export const productOf = (id: string): Product | undefined => products.find((product) => product.id === id);

export const findProducts = (query: string): Product[] =>
  products.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
