import {
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLFloat,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  DirectiveLocation,
  specifiedDirectives,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLOutputType,
} from 'graphql';
import type { Definitions } from '../definitions/index.ts';
import { shapeOf, type Child } from '../formats/index.ts';
import { graphQlName } from './fields.ts';

type Fields = Record<string, GraphQLFieldConfig<unknown, unknown>>;

const known = new WeakMap<Definitions, Map<string, GraphQLSchema>>();

/** The GraphQL schema of a query at system level (`Query`) or on one resource (`Patient`). Made when first asked for, then kept. */
export function schemaFor(definitions: Definitions, queryType: string): GraphQLSchema {
  let byType = known.get(definitions);
  if (byType === undefined) known.set(definitions, (byType = new Map()));
  let schema = byType.get(queryType);
  if (schema === undefined) byType.set(queryType, (schema = new SchemaBuilder(definitions).build(queryType)));
  return schema;
}

class SchemaBuilder {
  readonly #definitions: Definitions;
  readonly #objects = new Map<string, GraphQLObjectType>();
  readonly #scalars = new Map<string, GraphQLScalarType>([
    ['boolean', GraphQLBoolean],
    ['integer', GraphQLInt],
    ['string', GraphQLString],
  ]);
  readonly #resource: GraphQLInterfaceType;
  /** Types with a search parameter that refers to a type, by the type referred to. */
  readonly #referrers = new Map<string, string[]>();

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
    this.#resource = new GraphQLInterfaceType({
      name: 'Resource',
      fields: () => ({ resourceType: { type: GraphQLString }, ...this.#childFields('Resource') }),
    });
    for (const type of definitions.resourceTypes) {
      const targets = definitions.searchParameters(type).flatMap((parameter) => parameter.targets);
      for (const target of new Set(targets))
        this.#referrers.set(target, [...(this.#referrers.get(target) ?? []), type]);
    }
  }

  build(queryType: string): GraphQLSchema {
    return new GraphQLSchema({
      query: queryType === 'Query' ? this.#query() : this.#object(queryType),
      types: this.#definitions.resourceTypes.map((type) => this.#object(type)),
      directives: [...specifiedDirectives, ...flatteningDirectives],
    });
  }

  #query(): GraphQLObjectType {
    const fields: Fields = {};
    for (const type of this.#definitions.resourceTypes) {
      fields[type] = {
        type: this.#object(type),
        args: { id: { type: new GraphQLNonNull(this.#scalar('id')) } },
      };
      fields[`${type}List`] = {
        type: new GraphQLList(this.#object(type)),
        args: this.#searchArguments(type),
      };
      fields[`${type}Connection`] = {
        type: this.#connection(type),
        args: { ...this.#searchArguments(type), _cursor: { type: GraphQLString } },
      };
    }
    return new GraphQLObjectType({ name: 'Query', fields });
  }

  #object(shape: string): GraphQLObjectType {
    return this.#made(graphQlName(shape), (name) => {
      const isResource = this.#definitions.isResourceType(shape);
      const fields = (): Fields => ({
        ...(isResource ? { resourceType: { type: GraphQLString } } : {}),
        ...this.#childFields(shape),
        ...(shape === 'Reference' ? { resource: this.#target() } : {}),
        ...(isResource ? this.#reverseFields(shape) : {}),
      });
      return new GraphQLObjectType({ name, fields, interfaces: isResource ? [this.#resource] : [] });
    });
  }

  #childFields(shape: string): Fields {
    const fields: Fields = {};
    for (const child of shapeOf(this.#definitions, shape).values()) {
      const type = this.#typeOf(child);
      fields[child.name] = {
        type: child.isArray ? new GraphQLList(type) : type,
        args: this.#listArguments(child),
      };
      if (child.kind !== 'primitive' || child.xmlAttribute) continue;
      const twin = this.#object('Element');
      fields[`_${child.name}`] = { type: child.isArray ? new GraphQLList(twin) : twin };
    }
    return fields;
  }

  #typeOf(child: Child): GraphQLOutputType {
    if (child.kind === 'complex') return this.#object(child.shape);
    return child.kind === 'resource' ? this.#resource : this.#scalar(child.type);
  }

  #target(): GraphQLFieldConfig<unknown, unknown> {
    return {
      type: this.#resource,
      args: { optional: { type: GraphQLBoolean }, type: { type: this.#scalar('code') } },
    };
  }

  #listArguments(child: Child): GraphQLFieldConfigArgumentMap {
    if (child.kind !== 'complex') return {};
    const args: GraphQLFieldConfigArgumentMap = {
      fhirpath: { type: GraphQLString },
      _offset: { type: GraphQLInt },
      _count: { type: GraphQLInt },
    };
    for (const inner of shapeOf(this.#definitions, child.shape).values()) {
      if (inner.kind === 'primitive') args[inner.name] = { type: new GraphQLList(this.#scalar(inner.type)) };
    }
    return args;
  }

  #reverseFields(shape: string): Fields {
    const fields: Fields = {};
    const description =
      'What refers to this resource. Takes the search parameters of the type too, as at system level.';
    const args = {
      _reference: { type: new GraphQLNonNull(this.#scalar('code')) },
      _count: { type: GraphQLInt },
      _sort: { type: GraphQLString },
    };
    for (const type of this.#referrers.get(shape) ?? []) {
      fields[`${type}List`] = { type: new GraphQLList(this.#object(type)), args, description };
      fields[`${type}Connection`] = { type: this.#connection(type), args, description };
    }
    return fields;
  }

  #searchArguments(type: string): GraphQLFieldConfigArgumentMap {
    const args: GraphQLFieldConfigArgumentMap = {
      fhirpath: { type: GraphQLString },
      _count: { type: GraphQLInt },
      _sort: { type: GraphQLString },
      _total: { type: GraphQLString },
      _filter: { type: GraphQLString },
    };
    for (const { code } of this.#definitions.searchParameters(type)) {
      args[code.replaceAll('-', '_')] = { type: new GraphQLList(this.#scalar('search')) };
    }
    return args;
  }

  #connection(type: string): GraphQLObjectType {
    return this.#made(`${type}Connection`, (name) => {
      const cursors = Object.fromEntries(
        ['first', 'previous', 'next', 'last'].map((key) => [key, { type: GraphQLString }]),
      );
      const counts = Object.fromEntries(
        ['count', 'offset', 'pagesize'].map((key) => [key, { type: GraphQLInt }]),
      );
      return new GraphQLObjectType({
        name,
        fields: () => ({ ...counts, ...cursors, edges: { type: new GraphQLList(this.#edge(type)) } }),
      });
    });
  }

  #edge(type: string): GraphQLObjectType {
    return this.#made(`${type}Edge`, (name) => {
      const fields = () => ({
        mode: { type: GraphQLString },
        score: { type: GraphQLFloat },
        resource: { type: this.#object(type) },
      });
      return new GraphQLObjectType({ name, fields });
    });
  }

  #made(name: string, make: (name: string) => GraphQLObjectType): GraphQLObjectType {
    let object = this.#objects.get(name);
    if (object === undefined) this.#objects.set(name, (object = make(name)));
    return object;
  }

  #scalar(name: string): GraphQLScalarType {
    let scalar = this.#scalars.get(name);
    if (scalar === undefined) this.#scalars.set(name, (scalar = new GraphQLScalarType({ name })));
    return scalar;
  }
}

const flatteningDirectives = [
  ...['flatten', 'first', 'singleton'].map(
    (name) => new GraphQLDirective({ name, locations: [DirectiveLocation.FIELD] }),
  ),
  new GraphQLDirective({
    name: 'slice',
    locations: [DirectiveLocation.FIELD],
    args: { path: { type: GraphQLString }, fhirpath: { type: GraphQLString } },
  }),
];
