/** The one list of pages. */
import { index, route, type RouteConfig } from '@react-router/dev/routes';

export default [
  index('pages/home.tsx'),
  route('about', 'pages/about.tsx'),
  route('people', 'pages/people.tsx'),
  route('people/:personId', 'pages/person/frame.tsx', [
    index('pages/person/summary.tsx'),
    route('timeline', 'pages/person/timeline.tsx'),
    route('results', 'pages/person/results.tsx'),
    route('results/:code', 'pages/person/result.tsx'),
    route('documents', 'pages/person/documents.tsx'),
    route('documents/:type/:resource/:index', 'pages/person/document.tsx'),
    route('problems', 'pages/person/problems.tsx'),
    route('medicines', 'pages/person/medicines.tsx'),
    route('allergies', 'pages/person/allergies.tsx'),
    route('contents', 'pages/person/contents.tsx'),
    route('entries/:type/:resource', 'pages/person/as-recorded.tsx'),
    route(':list', 'pages/person/list.tsx'),
  ]),
  route('imports', 'pages/imports/imports.tsx'),
  route('imports/quarantine', 'pages/imports/quarantine.tsx'),
  route('imports/quarantine/:itemId', 'pages/imports/quarantined.tsx'),
  route('identity', 'pages/identity/queue.tsx'),
  route('identity/cases/:caseId', 'pages/identity/case.tsx'),
  route('identity/people/:personId', 'pages/identity/person.tsx'),
  route('system', 'pages/system/system.tsx'),
  route('system/partners', 'pages/system/partners.tsx'),
  route('system/partners/:partnerId', 'pages/system/partner.tsx'),
  route('*', 'pages/missing.tsx'),
] satisfies RouteConfig;
