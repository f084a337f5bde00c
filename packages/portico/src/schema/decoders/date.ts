import type { FieldNode, FormValue } from '../field-tree.ts';
import { parseDate } from '../parse-date.ts';
import type { DatePlan } from '../plan.ts';
import type { Decoder } from './decoder.ts';
import { rawValue } from './raw.ts';
import { emptyText, missing } from './text.ts';

/** A date from one text, or from fields of its own: `when[date]`, `when[time]` and `when[timezone]`. */
export function dateDecoder(plan: DatePlan): Decoder {
  const empty = emptyText(plan);
  const whenAbsent = missing(plan);
  const one = (value: FormValue): unknown => {
    if (typeof value !== 'string') return value;
    return value === '' ? empty : (parseDate(value) ?? value);
  };
  return {
    many: false,
    absent: () => whenAbsent,
    one,
    node(node) {
      if (node.children === undefined) {
        const value = rawValue(node);
        return typeof value === 'string' ? one(value) : value;
      }
      const date = textAt(node, 'date');
      const time = textAt(node, 'time');
      const datetime = textAt(node, 'datetime');
      if (date === '' && time === '' && datetime === '') return empty;
      const text = datetime === '' ? `${date}T${time === '' ? '00:00' : time}` : datetime;
      return parseDate(text, textAt(node, 'timezone') || 'UTC') ?? rawValue(node);
    },
  };
}

function textAt(node: FieldNode, key: string): string {
  const value = node.children?.get(key)?.values.at(-1);
  return typeof value === 'string' ? value.trim() : '';
}
