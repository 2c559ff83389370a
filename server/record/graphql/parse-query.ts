import { Lexer, parse, Source, TokenKind, type DocumentNode } from 'graphql';

const limits = { maxLexicalTokens: 20_000, maxSourceLength: 1_000_000 };
const emptyArguments = /\(\s*\)/;

/**
 * Parses a GraphQL document. An empty list of arguments, `PatientConnection()`, is allowed, as in the examples of HL7
 * FHIR R4, graphql.html, though GraphQL itself does not allow it. Throws a GraphQLError.
 */
export function parseQuery(text: string): DocumentNode {
  const isLong = text.length > limits.maxSourceLength;
  return parse(!isLong && emptyArguments.test(text) ? withoutEmptyArguments(text) : text, limits);
}

/** Blanks `()` where it is not inside a string or comment; everything keeps its place. */
function withoutEmptyArguments(text: string): string {
  const lexer = new Lexer(new Source(text));
  let blanked = '';
  let done = 0;
  for (let count = 0; lexer.token.kind !== TokenKind.EOF && count <= limits.maxLexicalTokens; count += 1) {
    const token = lexer.advance();
    const next = lexer.lookahead();
    if (token.kind !== TokenKind.PAREN_L || next.kind !== TokenKind.PAREN_R) continue;
    blanked += text.slice(done, token.start) + ' '.repeat(next.end - token.start);
    done = next.end;
  }
  return blanked + text.slice(done);
}
