import { fieldFor } from './field-for';

it.each([
  ['image/jpeg', 'photo'],
  ['image/png', 'photo'],
  ['image/gif', 'document'],
  ['image/svg+xml', 'document'],
  ['video/mp4', 'video'],
  ['application/pdf', 'document'],
  ['', 'document'],
])('fieldFor(%s) is %s', (type, field) => {
  expect(fieldFor(type)).toBe(field);
});
