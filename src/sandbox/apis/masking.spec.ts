import { maskedFields, maskedHeaders } from './masking.js';

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
    expect(maskedFields(query)).toEqual({ apikey: '••••cdef', api: '••••', url: query.url });
  });

  it('of forms and answers hides what authorisation servers get and give', () => {
    const secret = '0123456789abcdef';
    const names = ['code', 'code_verifier', 'client_secret', 'access_token', 'refresh_token', 'id_token', 'token'];
    const fields = Object.fromEntries(names.map((name) => [name, secret]));
    expect(maskedFields({ ...fields, token_type: 'Bearer' })).toEqual({
      ...Object.fromEntries(names.map((name) => [name, '••••cdef'])),
      token_type: 'Bearer',
    });
  });

  it('leaves texts, lists and codes of errors as they are', () => {
    for (const body of ['<html>', null, [1], { code: 4711, message: 'no' }]) expect(maskedFields(body)).toEqual(body);
  });
});
