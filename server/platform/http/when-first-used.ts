import type { FastifyServerOptions } from 'fastify';

type Compiler = Parameters<NonNullable<NonNullable<FastifyServerOptions['ajv']>['onCreate']>>[0];

/** Has what judges a request made when the first request of its kind comes: hundreds of them would hold up each start. */
export function compileWhenFirstUsed(compiler: Compiler): void {
  const compile = compiler.compile.bind(compiler);
  const later = (schema: object) => {
    let made: ReturnType<typeof compile> | undefined;
    const judge = Object.assign(
      (data: unknown) => {
        made ??= compile(schema);
        const isFit = made(data);
        judge.errors = made.errors;
        return isFit;
      },
      { schema, errors: undefined as unknown },
    );
    return judge;
  };
  compiler.compile = later as unknown as typeof compiler.compile;
}
