import { GraphQLError } from 'graphql';
import { Problem } from '../../platform/errors.ts';
import { baseDefinitions } from '../formats/index.ts';
import { checkOperation } from './check.ts';
import { readOperation } from './document.ts';
import { Executor } from './executor.ts';
import { fromSyntaxError, GraphQlFailure, toError } from './failure.ts';
import type { Scope } from './fields.ts';
import { defaultLimits, type GraphQlRequest, type GraphQlResult } from './types.ts';

/**
 * Answers a FHIR GraphQL query, over one resource (`focus`) or the whole record. Gives the HTTP status and the body:
 * `data`, or `errors` with an OperationOutcome each. What goes beyond the limits is refused, never answered in part.
 * Source: HL7 FHIR R4, graphql.html.
 */
export async function executeGraphQl(request: GraphQlRequest): Promise<GraphQlResult> {
  const definitions = request.definitions ?? baseDefinitions();
  const limits = { ...defaultLimits, ...request.limits };
  const { focus, source, baseUrls = [] } = request;
  const scope: Scope =
    focus === undefined ? { kind: 'system' } : { kind: 'shape', shape: focus.resourceType, isRoot: true };
  try {
    const operation = readOperation(request.document, request.operationName, request.variables ?? {});
    checkOperation(operation, scope, definitions, limits);
    const executor = new Executor({ operation, definitions, limits, source, baseUrls });
    return { status: 200, body: { data: await executor.run(scope, focus) } };
  } catch (error) {
    if (error instanceof GraphQLError)
      return { status: 400, body: { data: null, errors: [fromSyntaxError(error)] } };
    if (error instanceof GraphQlFailure)
      return { status: error.status, body: { data: null, errors: [toError(error)] } };
    if (error instanceof Problem && error.status < 500) {
      const code = error.status === 404 ? 'not-found' : 'processing';
      const failure = new GraphQlFailure(code, error.status, error.message);
      return { status: error.status, body: { data: null, errors: [toError(failure)] } };
    }
    throw error;
  }
}
