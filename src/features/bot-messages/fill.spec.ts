import { fill } from './fill.js';

describe('fill', () => {
  it('puts variables in, escaped for HTML', () => {
    expect(fill('<b>{title}</b> · {count}', { title: 'A < B & "C"', count: 3 })).toBe('<b>A &lt; B &amp; "C"</b> · 3');
  });

  it('leaves a forgotten variable visible and does not fill what a variable brought along', () => {
    expect(fill('{a} {b}', { a: '{b}' })).toBe('{b} {b}');
  });
});
