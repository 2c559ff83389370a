/** A place in a file, as a JSON pointer, and what is wrong there. */
export type Fault = { at: string; text: string };
