export { openSignedIn, type SignedIn, type SignInWish } from './open.ts';
