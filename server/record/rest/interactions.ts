/** Every kind of request the API knows. */
export type InteractionName =
  | 'capabilities'
  | 'system-history'
  | 'system-search'
  | 'bundle'
  | 'search'
  | 'create'
  | 'conditional-update'
  | 'conditional-patch'
  | 'conditional-delete'
  | 'type-history'
  | 'read'
  | 'vread'
  | 'update'
  | 'patch'
  | 'delete'
  | 'instance-history'
  | 'compartment'
  | 'system-operation'
  | 'type-operation'
  | 'instance-operation';

/** What a path names. */
export type Target = {
  type?: string;
  id?: string;
  version?: string;
  /** The type searched inside a compartment, or `*`. */
  inside?: string;
  operation?: string;
};

export type Shape = {
  /** The path under the base: words, and the parameters of `Target` after a colon. */
  path: string;
  methods: Partial<Record<Method, InteractionName>>;
};

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The paths of the API and what each method does there. HEAD follows GET. Source: FHIR R4 http.html#3.1.0. */
export const shapes: readonly Shape[] = [
  { path: '', methods: { GET: 'system-search', POST: 'bundle' } },
  { path: 'metadata', methods: { GET: 'capabilities' } },
  { path: '_history', methods: { GET: 'system-history' } },
  { path: '_search', methods: { POST: 'system-search' } },
  {
    path: ':operation',
    methods: { GET: 'system-operation', POST: 'system-operation', DELETE: 'system-operation' },
  },
  {
    path: ':type',
    methods: {
      GET: 'search',
      POST: 'create',
      PUT: 'conditional-update',
      PATCH: 'conditional-patch',
      DELETE: 'conditional-delete',
    },
  },
  { path: ':type/_search', methods: { POST: 'search' } },
  { path: ':type/_history', methods: { GET: 'type-history' } },
  { path: ':type/:operation', methods: { GET: 'type-operation', POST: 'type-operation' } },
  { path: ':type/:id', methods: { GET: 'read', PUT: 'update', PATCH: 'patch', DELETE: 'delete' } },
  { path: ':type/:id/_history', methods: { GET: 'instance-history' } },
  { path: ':type/:id/_history/:version', methods: { GET: 'vread' } },
  { path: ':type/:id/:operation', methods: { GET: 'instance-operation', POST: 'instance-operation' } },
  { path: ':type/:id/:inside', methods: { GET: 'compartment' } },
  { path: ':type/:id/:inside/_search', methods: { POST: 'compartment' } },
];

const split = shapes.map((shape) => ({ ...shape, parts: shape.path === '' ? [] : shape.path.split('/') }));

/** Finds what a path names: the shape and its values. Undefined when no path of the API looks like it. */
export function findShape(path: string): { shape: Shape; target: Target } | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  for (const shape of split) {
    if (shape.parts.length !== parts.length) continue;
    const target = valuesOf(shape.parts, parts);
    if (target !== undefined) return { shape, target };
  }
  return undefined;
}

/** The methods a path answers, for an Allow header. */
export function allowed(shape: Shape): string[] {
  const methods = Object.keys(shape.methods);
  return methods.includes('GET') ? ['GET', 'HEAD', ...methods.filter((method) => method !== 'GET')] : methods;
}

function valuesOf(shape: readonly string[], parts: readonly string[]): Target | undefined {
  const target: Target = {};
  for (const [index, word] of shape.entries()) {
    const part = parts[index]!;
    if (!word.startsWith(':')) {
      if (word !== part) return undefined;
      continue;
    }
    const name = word.slice(1) as keyof Target;
    if ((name === 'operation') !== part.startsWith('$')) return undefined;
    if (name === 'type' && !/^[A-Z]/.test(part)) return undefined;
    target[name] = name === 'operation' ? part.slice(1) : part;
  }
  return target;
}
