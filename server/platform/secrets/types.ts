/** The values of a secret, the newest first; then the one before it, while that one is not ended. */
export type Values = readonly [string, ...string[]];

/** What a keeper tells of a secret. Never its value. */
export type Kept = {
  name: string;
  /** Since when it has its value, where the keeper knows. */
  since: Date | undefined;
  state: 'kept' | 'destroyed';
  /** The value before it can be read still. */
  hasFormer: boolean;
};

/** Keeps secrets outside the program, each by a name such as `sealing/links`. Every failure is a Problem without a secret in it. */
export type Keeper = {
  readonly kind: 'files' | 'systemd' | 'vault';
  /** What it is and where, for operators. */
  readonly place: string;
  /** False where it only hands over what others put there. */
  readonly takes: boolean;
  /** Undefined where no secret of that name ever was. Throws `secrets/destroyed` where it is no more. */
  read(name: string): Promise<Values | undefined>;
  /** Keeps a new secret. False where one of that name is there: nothing is ever overwritten. One that was destroyed is no hindrance. */
  add(name: string, value: string): Promise<boolean>;
  /** Gives a secret a new value. The one before can be read until `endFormer`. */
  change(name: string, value: string): Promise<void>;
  /** Destroys all values but the newest. */
  endFormer(name: string): Promise<void>;
  /** Destroys all values. That there was one stays known. */
  destroy(name: string): Promise<void>;
  list(): Promise<Kept[]>;
  /** Throws a Problem unless secrets can be had now. */
  check(): Promise<void>;
  /** Asks no more by itself. */
  close(): void;
};
