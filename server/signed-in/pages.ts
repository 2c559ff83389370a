/** Pages and files for whoever did not sign in: the way in, what OpenICS is, and what pages are made of. */
const open = [
  /^\/sign-in(?:\/|$)/,
  /^\/about(?:\.data)?$/,
  /^\/design(?:\.data)?$/,
  /^\/keys(?:\.data)?$/,
  /^\/assets\//,
  /^\/[^/]+\.(?:css|js|svg|png|ico|txt|webmanifest|woff2)$/,
];

/** True for a page that needs no sign-in. It may still hold nothing of a person: what pages show, they ask for. */
export const isOpenPage = (path: string): boolean => open.some((pattern) => pattern.test(path));

/** Where somebody who did not sign in is led, and where they go on afterwards. */
export const signInPage = (url: string): string => `/sign-in?to=${encodeURIComponent(url)}`;

/** Where somebody who holds several roles chooses one, and goes on afterwards. */
export const rolePage = (url: string): string => `/sign-in/role?to=${encodeURIComponent(url)}`;
