/** Beginnings of one day, one after the other in each array. */
export class Labels {
  state = new Int32Array(0);
  spent = new Float64Array(0);
  charges = new Float64Array(0);
  /** Spent so far and the least to come, with limits charged. */
  value = new Float64Array(0);
  sums = new Float64Array(0);
  choice = new Uint8Array(0);
  from = new Int32Array(0);
  size = 0;

  fit(size: number, sums: number): void {
    if (this.state.length < size) {
      this.state = new Int32Array(size);
      this.spent = new Float64Array(size);
      this.charges = new Float64Array(size);
      this.value = new Float64Array(size);
      this.choice = new Uint8Array(size);
      this.from = new Int32Array(size);
    }
    if (this.sums.length < size * sums) this.sums = new Float64Array(size * sums);
  }

  copy(at: number, other: Labels, index: number, sums: number): void {
    this.state[at] = other.state[index] as number;
    this.spent[at] = other.spent[index] as number;
    this.charges[at] = other.charges[index] as number;
    this.value[at] = other.value[index] as number;
    this.choice[at] = other.choice[index] as number;
    this.from[at] = other.from[index] as number;
    for (let sum = 0; sum < sums; sum++)
      this.sums[at * sums + sum] = other.sums[index * sums + sum] as number;
  }
}

/** Arrays that the beams of one thread use in turn. */
export class BeamSpace {
  readonly labels = new Labels();
  readonly next = new Labels();
  values = new Float64Array(0);
  /** Places of labels by the hash of what they are; 0 where there is none. */
  table = new Int32Array(0);
  froms = new Int32Array(0);
  choices = new Uint8Array(0);

  fit(width: number, kinds: number, sums: number, days: number): void {
    const most = width * kinds;
    this.labels.fit(width, sums);
    this.next.fit(most, sums);
    if (this.values.length < most) this.values = new Float64Array(most);
    let slots = 64;
    while (slots < 2 * most) slots *= 2;
    if (this.table.length < slots) this.table = new Int32Array(slots);
    if (this.froms.length < width * days) {
      this.froms = new Int32Array(width * days);
      this.choices = new Uint8Array(width * days);
    }
  }
}
