import { DatabaseSync } from 'node:sqlite';

const COLOURS = ['red', 'green', 'blue', 'grey', 'gold'];
const MINUTE = 60_000;
const TAGS = 1_000;
/** In one of so many entries each; the first is the most common one. */
const WORDS = Array.from({ length: 5_000 }, (_, at) => `word${String(at).padStart(4, '0')}`);

/** A generator of numbers from 0 to 1 that gives the same ones each time. */
function randomness(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/**
 * Fills a migrated site with so many entries, in one transaction, as its store writes them: half of them posts with ten fields, one
 * in a hundred a tag, the rest news; one in twenty is not live.
 */
export function fillContent(file: string, total: number, now: number): void {
  const db = new DatabaseSync(file);
  const random = randomness(4711);
  const below = (limit: number): number => Math.floor(random() * limit);
  // As words are in a language: a few in nearly every text, most in hardly any.
  const word = (): string => WORDS[Math.floor(WORDS.length * random() ** 3)] ?? 'word';
  const text = (length: number): string => Array.from({ length }, word).join(' ');

  db.exec('pragma synchronous = off; begin');
  db.prepare(
    `insert into users (uid, email, email_key, status, verified, approved, suspended, admin, password_reset_required,
      credentials_version, invalid_login_count, fields, created_at, updated_at)
     values ('bench', 'bench@example.com', 'bench@example.com', 'active', 1, 1, 0, 0, 0, 0, 0, '{}', 0, 0)
     on conflict do nothing`,
  ).run();
  const user = Number(db.prepare("select id from users where uid = 'bench'").get()?.['id']);
  const entry = db.prepare(
    `insert into entries (uid, section, type, draft, enabled, post_at, expires_at, parent_id, level, sort_key, creator_id,
      version, last_revision, created_at, updated_at, deleted_at)
     values (?, ?, ?, ?, ?, ?, ?, null, 1, null, ?, 1, 0, ?, ?, null)`,
  );
  const onSite = db.prepare(
    `insert into entry_sites (entry_id, site, section, type, stage, enabled, title, slug, slug_claim, uri, uri_claim,
      post_at, expires_at, created_at, updated_at, fields)
     values (?, 'default', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const author = db.prepare('insert into entry_authors (entry_id, user_id, position) values (?, ?, 0)');
  const reference = db.prepare(
    "insert into entry_references (entry_id, site, field, position, target) values (?, 'default', ?, ?, ?)",
  );
  const words = db.prepare('insert into entry_search (rowid, title, body) values (?, ?, ?)');
  const tags: number[] = [];

  for (let at = 0; at < total; at++) {
    const [section, type] =
      at < Math.min(TAGS, total / 100)
        ? ['tags', 'tag']
        : at % 2 === 0
          ? ['posts', 'post']
          : ['news', 'short'];
    const isPost = section === 'posts';
    const title = `${text(4)} ${at}`;
    const slug = `${title.replaceAll(' ', '-')}`;
    const [enabled, postAt, expiresAt] = [
      at % 40 === 3 ? 0 : 1,
      at % 60 === 5 ? now + at * MINUTE : now - below(1_000_000) * MINUTE,
      at % 10 === 7 ? now + MINUTE * 1_000_000 : null,
    ];
    const uri = section === 'tags' ? null : `${section}/${slug}`;
    const body = section === 'tags' ? '' : text(60);
    const colours = COLOURS.filter(() => random() < 0.3);
    const tagged = [...new Set([below(tags.length), below(tags.length)])].flatMap(
      (index) => tags[index] ?? [],
    );
    const fields = isPost
      ? {
          body,
          summary: text(10),
          rating: below(1000) / 10,
          price: below(100_000) / 100,
          featured: random() < 0.1,
          happens: new Date(now + (below(2_000_000) - 1_000_000) * MINUTE).toISOString(),
          colour: COLOURS[below(COLOURS.length)] ?? 'red',
          colours,
          tags: tagged,
          related: [],
        }
      : section === 'tags'
        ? {}
        : { body };
    const id = Number(
      entry.run(`bench-${at}`, section, type, 0, enabled, postAt, expiresAt, user, now, now).lastInsertRowid,
    );
    const stage = enabled === 1 ? 'listed' : 'disabled';
    const row = Number(
      onSite.run(
        ...[id, section, type, stage, enabled, title, slug, `${section}/${slug}`, uri, uri],
        ...[postAt, expiresAt, now - at, now - at, JSON.stringify(fields)],
      ).lastInsertRowid,
    );
    words.run(row, title, body);
    if (section === 'tags') tags.push(id);
    else author.run(id, user);
    if (isPost) {
      tagged.forEach((tag, position) => reference.run(id, 'tags', position, `entry:${tag}`));
      colours.forEach((colour, position) => reference.run(id, 'colours', position, `choice:${colour}`));
    }
  }
  db.exec('commit');
  db.close();
}
