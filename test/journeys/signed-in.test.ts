/** The journeys of whoever signs in, over one server: each part stands in a file of its own. */
import { openBrowser } from '../support/browser.ts';
import { describeFrame } from './signed-in/frame.ts';
import { describeSigningIn } from './signed-in/sign-in.ts';
import { describeVisitEnds } from './signed-in/visit-ends.ts';
import { serveSignIn } from './signing-in.ts';

let ahead = 0;
const base = await serveSignIn(() => new Date(Date.now() + ahead));
const browser = await openBrowser();

describeSigningIn(browser, base);
describeFrame(browser, base);
describeVisitEnds(browser, base, (ms) => void (ahead += ms));
