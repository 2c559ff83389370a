import type { Child, Shape } from '../formats/index.ts';
import type { Json } from '../types.ts';
import { isObject, type JsonObject } from './trees.ts';

/** Where an element stands, or would stand: a property of an object, with its twin for primitives. */
export type Slot = { object: JsonObject; child: Child; shape: Shape };

/** One repetition of an element. A primitive may have a value, a twin (id, extensions), or both. */
export type Item = { value: Json; twin: JsonObject | null };

/** The repetitions in a slot, in order; at most one for an element that does not repeat. */
export function itemsOf({ object, child }: Slot): Item[] {
  const values = object[child.name];
  const twins = child.kind === 'primitive' ? object[`_${child.name}`] : undefined;
  if (!child.isArray) return values === undefined && twins === undefined ? [] : [itemOf(values, twins)];
  const valueList = Array.isArray(values) ? values : [];
  const twinList = Array.isArray(twins) ? twins : [];
  const length = Math.max(valueList.length, twinList.length);
  return Array.from({ length }, (_none, index) => itemOf(valueList[index], twinList[index]));
}

/** Puts repetitions into a slot; values and twins stay in step, and what holds nothing is left out. */
export function setItems({ object, child }: Slot, items: Item[]): void {
  put(
    object,
    child,
    child.name,
    items.map(({ value }) => value),
  );
  if (child.kind === 'primitive')
    put(
      object,
      child,
      `_${child.name}`,
      items.map(({ twin }) => twin),
    );
}

function itemOf(value: Json | undefined, twin: Json | undefined): Item {
  return { value: value ?? null, twin: isObject(twin) ? twin : null };
}

function put(object: JsonObject, child: Child, name: string, list: Json[]): void {
  if (list.every((item) => item === null)) delete object[name];
  else object[name] = child.isArray ? list : (list[0] as Json);
}
