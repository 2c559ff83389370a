/** The tests that must also pass where the record's tables are spread over machines. */
export const citusTests = [
  'server/people/**/*.test.ts',
  'server/platform/backup/**/*.test.ts',
  'server/record/{definitions,import,operations,rest,search,store,view}/**/*.test.ts',
  'test/{citus,schema}.test.ts',
];

/** Every other test, where `citusTests` run as well. */
export const exceptCitus = [
  'server/**/*.test.ts',
  'test/!(citus).test.ts',
  'test/*/**/*.test.ts',
  'web/**/*.test.ts',
];
