import assert from 'node:assert/strict';
import { test } from 'node:test';
import { narrativeFault } from './narrative.ts';

function div(inside: string): string {
  return `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>`;
}

test('plain narrative is safe', () => {
  for (const inside of [
    '<p>Seen today &amp; well</p>',
    '<table border="1"><tr><td>x<br/></td></tr></table>',
    '<img src="#p1" alt="x"/>',
    '<!-- note -->x',
  ]) {
    assert.equal(narrativeFault(div(inside)), undefined, inside);
  }
});

test('scripts, event handlers, forms and frames are refused', () => {
  const unsafe = [
    '<script>alert(1)</script>',
    '<p onclick="alert(1)">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<iframe src="http://example.org"></iframe>',
    '<form><input/></form>',
    '<object data="x"></object>',
    '<style>p{}</style>x',
    '<svg xmlns="http://www.w3.org/2000/svg"><p>x</p></svg>',
  ];
  for (const inside of unsafe) assert.notEqual(narrativeFault(div(inside)), undefined, inside);
});

test('narrative that is empty, broken or outside one div is refused', () => {
  for (const text of [
    div(''),
    div('<p>x'),
    div('<p>x</b>'),
    '<p>x</p>',
    '<div>x</div>',
    `${div('x')}${div('y')}`,
    div('a & b'),
    div('a < b'),
  ]) {
    assert.notEqual(narrativeFault(text), undefined, text);
  }
});
