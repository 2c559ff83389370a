import { isTree, type Tree } from '../run.ts';

/** A question, group or display line of a Questionnaire, as its answers need it. */
export type FormItem = {
  linkId: string;
  type: string;
  required: boolean;
  repeats: boolean;
  raw: Tree;
  items: FormItem[];
};

/** Reads the items of a Questionnaire, or of one of its items. */
export function formItems(parent: Tree): FormItem[] {
  return list(parent['item']).map((raw) => ({
    linkId: String(raw['linkId']),
    type: String(raw['type']),
    required: raw['required'] === true,
    repeats: raw['repeats'] === true,
    raw,
    items: formItems(raw),
  }));
}

export function list(value: unknown): Tree[] {
  return Array.isArray(value) ? value.filter(isTree) : [];
}

/** The extensions of an item with one of these urls. */
export function extensions(item: FormItem, ...urls: string[]): Tree[] {
  return list(item.raw['extension']).filter((one) => urls.includes(String(one['url'])));
}

/** The value of the first extension with one of these urls. */
export function extensionValue(item: FormItem, ...urls: string[]): unknown {
  const [found] = extensions(item, ...urls);
  return found && valueOf(found);
}

/** The `value[x]` of an element. */
export function valueOf(tree: Tree): unknown {
  const key = valueKey(tree);
  return key === undefined ? undefined : tree[key];
}

export function valueKey(tree: Tree): string | undefined {
  return Object.keys(tree).find((key) => key.startsWith('value'));
}
