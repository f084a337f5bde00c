import type { Database } from './database.ts';
import { newId } from './ids.ts';

export interface Variant {
  readonly glaze: string;
  readonly cents: number;
  readonly stock: number;
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly maker: string;
  readonly createdAt: string;
}

export interface ListedProduct extends Product {
  /** Of the cheapest variant in stock; of the cheapest at all where none is. */
  readonly cents: number;
  readonly stock: number;
}

export function listProducts({ sql }: Database): ListedProduct[] {
  return sql.all`
    SELECT products.id, products.name, description, members.name AS maker, created_at AS createdAt,
      coalesce(min(CASE WHEN stock > 0 THEN cents END), min(cents)) AS cents, sum(stock) AS stock
    FROM products JOIN members ON members.id = maker_id JOIN variants ON product_id = products.id
    GROUP BY products.id ORDER BY created_at DESC, products.id LIMIT 60` as unknown as ListedProduct[];
}

export function findProduct({ sql }: Database, id: string): (Product & { variants: Variant[] }) | undefined {
  const product = sql.get`
    SELECT products.id, products.name, description, members.name AS maker, created_at AS createdAt
    FROM products JOIN members ON members.id = maker_id WHERE products.id = ${id}` as Product | undefined;
  if (!product) return undefined;
  const variants = sql.all`
    SELECT glaze, cents, stock FROM variants WHERE product_id = ${id} ORDER BY position` as unknown as Variant[];
  return { ...product, variants };
}

export interface NewProduct {
  readonly name: string;
  readonly description: string;
  readonly makerId: string;
  readonly variants: readonly Variant[];
  readonly createdAt?: string;
}

/** Call it within `db.transaction`: a product and its variants are one thing. */
export function addProduct({ sql }: Database, product: NewProduct): { id: string } {
  const id = newId();
  const createdAt = product.createdAt ?? new Date().toISOString();
  sql.run`
    INSERT INTO products (id, name, description, maker_id, created_at)
    VALUES (${id}, ${product.name}, ${product.description}, ${product.makerId}, ${createdAt})`;
  product.variants.forEach(({ glaze, cents, stock }, position) => {
    sql.run`
      INSERT INTO variants (product_id, position, glaze, cents, stock)
      VALUES (${id}, ${position}, ${glaze}, ${cents}, ${stock})`;
  });
  return { id };
}
