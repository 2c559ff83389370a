/** What an import tells about itself while it runs. */
export type ProgressView = {
  found(files: number, bytes: number, resumed: boolean): void;
  bytes(n: number): void;
  stored(n: number): void;
  note(text: string): void;
  end(): void;
};

type Output = { isTTY?: boolean; columns?: number; write(text: string): unknown };

const redrawMs = 200;
const lineMs = 5_000;
const count = new Intl.NumberFormat('en-GB');

/** A bar with rate and time left on a terminal, else a plain line now and then. */
export function openProgress(output: Output, now: () => number = () => performance.now()): ProgressView {
  const isTerminal = output.isTTY === true;
  const began = now();
  let allBytes = 0;
  let bytes = 0;
  let stored = 0;
  let drawn = now();
  let hasBar = false;

  const clear = (): void => {
    if (hasBar) output.write('\r\u001b[2K');
    hasBar = false;
  };
  const draw = (): void => {
    const time = now();
    if (time - drawn < (isTerminal ? redrawMs : lineMs)) return;
    drawn = time;
    const text = progressText({ bytes, allBytes, stored, elapsedMs: time - began });
    if (!isTerminal) output.write(`${text}\n`);
    else {
      clear();
      output.write(`${bar(bytes / Math.max(1, allBytes))} ${text}`.slice(0, (output.columns ?? 80) - 1));
      hasBar = true;
    }
  };
  return {
    found(files, size, resumed) {
      allBytes = size;
      const going = resumed ? 'Going on with an import that was cut off: ' : '';
      output.write(`${going}${count.format(files)} ${files === 1 ? 'file' : 'files'}, ${sizeText(size)}\n`);
    },
    bytes(n) {
      bytes += n;
      draw();
    },
    stored(n) {
      stored += n;
      draw();
    },
    note(text) {
      clear();
      output.write(`${text}\n`);
    },
    end: clear,
  };
}

/** `1,234,567 resources, 18,000 a second, 43% read, about 2 min left`. */
export function progressText(state: {
  bytes: number;
  allBytes: number;
  stored: number;
  elapsedMs: number;
}): string {
  const seconds = Math.max(0.001, state.elapsedMs / 1000);
  const share = Math.min(1, state.bytes / Math.max(1, state.allBytes));
  const rate = Math.round(state.stored / seconds);
  const left = share > 0.01 ? `, about ${timeText((seconds / share) * (1 - share))} left` : '';
  return `${count.format(state.stored)} resources, ${count.format(rate)} a second, ${Math.floor(share * 100)}% read${left}`;
}

const barWidth = 20;
const bar = (share: number): string => {
  const full = Math.min(barWidth, Math.round(share * barWidth));
  return `[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}]`;
};

function timeText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

function sizeText(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
