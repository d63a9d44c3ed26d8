import { escapeHtml, fill, plainText } from './fill.js';

describe('fill', () => {
  it('puts variables in, escaped for HTML', () => {
    expect(fill('<b>{title}</b> · {count}', { title: 'A < B & "C"', count: 3 })).toBe('<b>A &lt; B &amp; "C"</b> · 3');
  });

  it('leaves a forgotten variable visible and does not fill what a variable brought along', () => {
    expect(fill('{a} {b}', { a: '{b}' })).toBe('{b} {b}');
  });
});

describe('plainText', () => {
  it('is what people read', () => {
    expect(plainText('<b>Tom &amp; <i>Jerry</i></b> &lt;3')).toBe('Tom & Jerry <3');
    expect(plainText(escapeHtml('&lt; <b>'))).toBe('&lt; <b>');
  });
});
