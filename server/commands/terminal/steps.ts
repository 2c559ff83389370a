/** Says on the terminal what is being done and how long it took. */
export type Steps = {
  /** Runs one step. Its `tell` says something while the step goes on; its end text replaces nothing, it follows. */
  step<T>(text: string, work: (tell: (note: string) => void) => Promise<T>): Promise<T>;
  line(text: string): void;
};

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Makes the teller of steps. */
export function openSteps(write: (text: string) => void = (text) => process.stdout.write(text)): Steps {
  return {
    async step(text, work) {
      const began = performance.now();
      let noted = false;
      write(`  ${text}`);
      try {
        const result = await work((note) => {
          noted = true;
          write(`\n    ${note}`);
        });
        const lead = noted ? '\n    done' : '';
        write(`${lead} ... ${seconds(performance.now() - began)}\n`);
        return result;
      } catch (error) {
        write(' ... failed\n');
        throw error;
      }
    },
    line: (text) => write(`${text}\n`),
  };
}
