import { maskedHeaders, maskedQuery } from './masking.js';

describe('masking', () => {
  it.each([
    ['x-rapidapi-key', '0123456789abcdef', '••••cdef'],
    ['x-rapidapi-key', 'short-key', '••••'],
    ['authorization', 'Api-Key 123e4567-e89b-12d3-a456-426614174000', 'Api-Key ••••4000'],
    ['authorization', 'bare-token-without-scheme', '••••heme'],
    ['cookie', 'session=0123456789', '••••6789'],
    ['x-rapidapi-host', 'api.p.rapidapi.com', 'api.p.rapidapi.com'],
  ])('of the header %s: %s → %s', (name, value, masked) => {
    expect(maskedHeaders({ [name]: value })).toEqual({ [name]: masked });
  });

  it('of the query hides keys under both of their names', () => {
    const query = { apikey: '0123456789abcdef', api: ['0123', '456789'], url: 'https://a.example/0123456789abcdef' };
    expect(maskedQuery(query)).toEqual({ apikey: '••••cdef', api: '••••', url: query.url });
  });
});
