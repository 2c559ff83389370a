/** The order that sorts 32-bit keys, equal ones as they came. Three passes of 11 bits. */
export function sortByKey(key: Uint32Array): Int32Array {
  let order = Int32Array.from({ length: key.length }, (_, index) => index);
  let other = new Int32Array(key.length);
  for (const shift of [0, 11, 22]) {
    const counts = new Int32Array(2049);
    for (let i = 0; i < key.length; i++) {
      const digit = ((key[i]! >>> shift) & 2047) + 1;
      counts[digit] = counts[digit]! + 1;
    }
    for (let digit = 1; digit <= 2048; digit++) counts[digit] = counts[digit]! + counts[digit - 1]!;
    for (let i = 0; i < order.length; i++) {
      const entry = order[i]!;
      const digit = (key[entry]! >>> shift) & 2047;
      const place = counts[digit]!;
      counts[digit] = place + 1;
      other[place] = entry;
    }
    [order, other] = [other, order];
  }
  return order;
}
