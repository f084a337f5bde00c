import type { Plan } from '../plan.ts';
import { dateDecoder } from './date.ts';
import type { Decoder } from './decoder.ts';
import { listDecoder, mapDecoder } from './list.ts';
import { objectDecoder, recordDecoder } from './object.ts';
import { scalarDecoder } from './scalar.ts';
import { unionDecoder } from './union.ts';

const decoders = new WeakMap<Plan, Decoder>();

/** The decoder of a plan, made on first need: plans may hold themselves. */
export function decoderOf(plan: Plan): Decoder {
  let decoder = decoders.get(plan);
  if (decoder === undefined) {
    decoder = newDecoder(plan);
    decoders.set(plan, decoder);
  }
  return decoder;
}

function newDecoder(plan: Plan): Decoder {
  switch (plan.kind) {
    case 'object':
      return objectDecoder(plan, decoderOf);
    case 'record':
      return recordDecoder(plan, decoderOf);
    case 'array':
    case 'set':
    case 'tuple':
      return listDecoder(plan, decoderOf);
    case 'map':
      return mapDecoder(plan, decoderOf);
    case 'union':
      return unionDecoder(plan, decoderOf);
    case 'date':
      return dateDecoder(plan);
    default:
      return scalarDecoder(plan);
  }
}
