import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  emptyRoot,
  Frontier,
  isExtension,
  isIncluded,
  leafHash,
  nodeHash,
  rootOfSome,
  splitOf,
  toHex,
} from './index.ts';

/** The definitions of RFC 9162, word for word and slow: roots and proofs by recursion. */
const rootOf = (leaves: Uint8Array[]): Uint8Array => {
  if (leaves.length === 0) return emptyRoot;
  if (leaves.length === 1) return leaves[0]!;
  const k = splitOf(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
};

const pathOf = (m: number, leaves: Uint8Array[]): Uint8Array[] => {
  if (leaves.length === 1) return [];
  const k = splitOf(leaves.length);
  return m < k
    ? [...pathOf(m, leaves.slice(0, k)), rootOf(leaves.slice(k))]
    : [...pathOf(m - k, leaves.slice(k)), rootOf(leaves.slice(0, k))];
};

const proofOf = (m: number, leaves: Uint8Array[], isWhole = true): Uint8Array[] => {
  if (m === leaves.length) return isWhole ? [] : [rootOf(leaves)];
  const k = splitOf(leaves.length);
  return m <= k
    ? [...proofOf(m, leaves.slice(0, k), isWhole), rootOf(leaves.slice(k))]
    : [...proofOf(m - k, leaves.slice(k), false), rootOf(leaves.slice(0, k))];
};

const someOf = (wanted: number[], from: number, leaves: Uint8Array[]): Uint8Array[] => {
  if (!wanted.some((index) => index >= from && index < from + leaves.length)) return [rootOf(leaves)];
  if (leaves.length === 1) return [];
  const k = splitOf(leaves.length);
  return [...someOf(wanted, from, leaves.slice(0, k)), ...someOf(wanted, from + k, leaves.slice(k))];
};

/** The eight leaves that Certificate Transparency's reference tests use. */
const published = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => leafHash(Buffer.from(hex, 'hex')));

test('roots of the published test tree are as published, at each size', () => {
  // Google, certificate-transparency, cpp/merkletree: roots of the reference tree after 1 to 8 leaves.
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const tree = new Frontier();
  assert.equal(toHex(tree.root()), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  for (const [index, leaf] of published.entries()) {
    tree.append(leaf);
    assert.equal(toHex(tree.root()), roots[index]);
  }
});

const someLeaves = fc
  .array(fc.integer(), { minLength: 1, maxLength: 70 })
  .map((values) => values.map((value, index) => leafHash(Buffer.from(`${index} ${value}`))));

test('a growing tree has the root the standard defines', () => {
  fc.assert(
    fc.property(someLeaves, (leaves) => {
      const tree = new Frontier();
      for (const leaf of leaves) tree.append(leaf);
      assert.equal(toHex(tree.root()), toHex(rootOf(leaves)));
    }),
    { numRuns: 40 },
  );
});

test('a leaf is found included where it is, and nowhere else', () => {
  fc.assert(
    fc.property(someLeaves, fc.nat(), fc.nat(), (leaves, some, other) => {
      const tree = { size: leaves.length, root: rootOf(leaves) };
      const index = some % leaves.length;
      const wrong = other % leaves.length;
      const proof = pathOf(index, leaves);
      assert.ok(isIncluded(leaves[index]!, index, tree, proof));
      assert.ok(wrong === index || !isIncluded(leaves[index]!, wrong, tree, proof));
      assert.ok(!isIncluded(leafHash(Buffer.from('another')), index, tree, proof));
      assert.ok(!isIncluded(leaves[index]!, index, tree, [...proof, tree.root]));
      assert.ok(proof.length === 0 || !isIncluded(leaves[index]!, index, tree, proof.slice(1)));
    }),
    { numRuns: 80 },
  );
});

test('a tree continues its own beginning, and no other', () => {
  fc.assert(
    fc.property(someLeaves, fc.nat(), (leaves, some) => {
      const size = some % (leaves.length + 1);
      const earlier = { size, root: rootOf(leaves.slice(0, size)) };
      const later = { size: leaves.length, root: rootOf(leaves) };
      const proof = size === 0 ? [] : proofOf(size, leaves);
      assert.ok(isExtension(earlier, later, proof));
      const forked = { size, root: leafHash(Buffer.from('another history')) };
      assert.ok(!isExtension(forked, later, proof));
      assert.ok(!isExtension(earlier, later, [...proof, later.root]));
      if (size > 0 && size < leaves.length) assert.ok(!isExtension(earlier, later, proof.slice(1)));
    }),
    { numRuns: 80 },
  );
});

test('some leaves with one shared proof lead to the root', () => {
  fc.assert(
    fc.property(someLeaves, fc.array(fc.nat(), { maxLength: 9 }), (leaves, picks) => {
      const wanted = [...new Set(picks.map((pick) => pick % leaves.length))];
      const proof = someOf(wanted, 0, leaves);
      const given = new Map(wanted.map((index) => [index, leaves[index]!]));
      assert.equal(toHex(rootOfSome(given, leaves.length, proof)), toHex(rootOf(leaves)));
      assert.throws(() => rootOfSome(given, leaves.length, [...proof, emptyRoot]));
      if (proof.length > 0) assert.throws(() => rootOfSome(given, leaves.length, proof.slice(1)));
    }),
    { numRuns: 80 },
  );
});
