/**
 * Sorts 32-bit keys, equal ones as they came, in three passes of 11 bits. `order[k]` is where the key at place k stood; `sorted` are
 * the keys in order, so that they are read one after another.
 */
export function sortByKey(key: Uint32Array): { order: Int32Array; sorted: Uint32Array } {
  const count = key.length;
  let order = new Int32Array(count);
  let sorted = Uint32Array.from(key);
  let otherOrder = new Int32Array(count);
  let otherSorted = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  for (const shift of [0, 11, 22]) {
    const places = placesOf(sorted, shift);
    for (let i = 0; i < count; i++) {
      const value = sorted[i]!;
      const digit = (value >>> shift) & 2047;
      const place = places[digit]!;
      places[digit] = place + 1;
      otherSorted[place] = value;
      otherOrder[place] = order[i]!;
    }
    [order, otherOrder] = [otherOrder, order];
    [sorted, otherSorted] = [otherSorted, sorted];
  }
  return { order, sorted };
}

/** Where the first key with each digit belongs. */
function placesOf(keys: Uint32Array, shift: number): Int32Array {
  const places = new Int32Array(2049);
  for (let i = 0; i < keys.length; i++) {
    const digit = ((keys[i]! >>> shift) & 2047) + 1;
    places[digit] = places[digit]! + 1;
  }
  for (let digit = 1; digit <= 2048; digit++) places[digit] = places[digit]! + places[digit - 1]!;
  return places;
}
