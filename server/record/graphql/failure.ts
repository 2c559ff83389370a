import { getLocation, GraphQLError, type ASTNode } from 'graphql';
import type { GraphQlError } from './types.ts';

export type ResponsePath = { key: string | number; parent: ResponsePath | undefined };

/** A query that is refused or cannot be answered. The message never holds a person's data. */
export class GraphQlFailure extends Error {
  readonly code: string;
  readonly status: number;
  readonly node: ASTNode | undefined;
  readonly path: ResponsePath | undefined;

  constructor(code: string, status: number, message: string, node?: ASTNode, path?: ResponsePath) {
    super(message);
    this.name = 'GraphQlFailure';
    this.code = code;
    this.status = status;
    this.node = node;
    this.path = path;
  }
}

/** The query is wrong in itself. */
export function invalid(message: string, node?: ASTNode, path?: ResponsePath): GraphQlFailure {
  return new GraphQlFailure('invalid', 400, message, node, path);
}

/** The query is right, but asks for too much. */
export function tooCostly(message: string, node?: ASTNode, path?: ResponsePath): GraphQlFailure {
  return new GraphQlFailure('too-costly', 422, message, node, path);
}

/** Something the query needs is not there, or does not fit. */
export function unanswerable(
  code: string,
  message: string,
  node?: ASTNode,
  path?: ResponsePath,
): GraphQlFailure {
  return new GraphQlFailure(code, 422, message, node, path);
}

/** The failure as GraphQL and FHIR tell it. */
export function toError(failure: GraphQlFailure): GraphQlError {
  const { message, code } = failure;
  const { loc } = failure.node ?? {};
  const keys = pathKeys(failure.path);
  return {
    message,
    ...(loc === undefined ? {} : { locations: [getLocation(loc.source, loc.start)] }),
    ...(keys.length === 0 ? {} : { path: keys }),
    extensions: { code, resource: outcome(code, message) },
  };
}

/** A syntax error of the GraphQL parser, without the text it quotes. */
export function fromSyntaxError(error: GraphQLError): GraphQlError {
  const message = 'The query is not GraphQL, or is too long.';
  return {
    message,
    ...(error.locations === undefined
      ? {}
      : { locations: error.locations.map(({ line, column }) => ({ line, column })) }),
    extensions: { code: 'invalid', resource: outcome('invalid', message) },
  };
}

function outcome(code: string, diagnostics: string) {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] };
}

function pathKeys(path: ResponsePath | undefined): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let step = path; step !== undefined; step = step.parent) keys.unshift(step.key);
  return keys;
}
