import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One source file and the files of the project it imports, both as paths from the root with forward slashes. */
export type SourceFile = { file: string; imports: string[]; lines: number; dynamic: boolean };

const folders = ['server', 'web', 'test', 'bench', 'scripts'];

const staticImport = /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm;
const bareImport = /^\s*import\s*['"]([^'"]+)['"]/gm;
const literalImport = /\bimport\s*\(\s*['"]([^'"]+)['"]/g;
const anyDynamicImport = /\bimport\s*\((?!\s*['"][^'"]+['"]\s*[,)])/;

/** Reads the imports of every TypeScript file under a root, with regular expressions: no parser of TypeScript 7 exists for us. */
export function readSources(root: string): SourceFile[] {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }));
  return files
    .map((file) => file.split(path.sep).join('/'))
    .sort()
    .map((file) => readSource(root, file));
}

function readSource(root: string, file: string): SourceFile {
  const text = readFileSync(path.join(root, file), 'utf8');
  const code = withoutComments(text);
  const found = [staticImport, bareImport, literalImport].flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => match[1] ?? ''),
  );
  const imports = found
    .filter((name) => name.startsWith('.'))
    .map((name) => path.posix.join(path.posix.dirname(file), name));
  return {
    file,
    imports: [...new Set(imports)],
    lines: text.split('\n').length - 1,
    dynamic: anyDynamicImport.test(code),
  };
}

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
