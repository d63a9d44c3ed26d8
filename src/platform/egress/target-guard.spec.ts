import { type Lookup, TargetGuard } from './target-guard.js';

const answering =
  (...addresses: string[]): Lookup =>
  async () =>
    addresses.map((address) => ({ address }));
const notFound: Lookup = async () => {
  throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
};

const guard = (lookup: Lookup, allowedPrivateHosts: string[] = []): TargetGuard =>
  new TargetGuard({ lookup, allowedPrivateHosts });

describe('TargetGuard', () => {
  it('goes to where a public name is', async () => {
    expect(await guard(answering('8.8.8.8')).target('dns.example', 443)).toEqual({
      kind: 'allowed',
      address: '8.8.8.8',
    });
  });

  it('refuses a name by its address', async () => {
    expect(await guard(answering('10.0.0.7')).target('inside.example', 80)).toEqual({
      kind: 'refused',
      address: '10.0.0.7',
      reason: 'private',
    });
  });

  it('refuses a name with a private address among public ones', async () => {
    expect(await guard(answering('8.8.8.8', '::1')).target('both.example', 80)).toMatchObject({ reason: 'loopback' });
  });

  it('asks no resolver about addresses, in any spelling', async () => {
    const lookup = vi.fn(answering('8.8.8.8'));
    expect(await guard(lookup).target('0x7f000001', 80)).toMatchObject({ kind: 'refused', address: '127.0.0.1' });
    expect(lookup).not.toHaveBeenCalled();
  });

  it.each([
    ['as written', ['inside.example:80']],
    ['as resolved', ['10.0.0.7:80']],
  ])('lets exceptions through %s', async (_how, exceptions) => {
    expect(await guard(answering('10.0.0.7'), exceptions).target('inside.example', 80)).toMatchObject({
      kind: 'allowed',
    });
    expect(await guard(answering('10.0.0.7'), exceptions).target('inside.example', 81)).toMatchObject({
      kind: 'refused',
    });
  });

  it('takes IPv4 where it can choose, and the family of the source address where it cannot', async () => {
    const both = guard(answering('2606:4700::1', '8.8.8.8'));
    expect(await both.target('both.example', 80)).toMatchObject({ address: '8.8.8.8' });
    expect(await both.target('both.example', 80, 6)).toMatchObject({ address: '2606:4700::1' });
    expect(await guard(answering('8.8.8.8')).target('four.example', 80, 6)).toEqual({
      kind: 'unresolved',
      code: 'EADDRNOTAVAIL',
    });
  });

  it('says when there is no such name', async () => {
    expect(await guard(notFound).target('no.example', 80)).toEqual({ kind: 'unresolved', code: 'ENOTFOUND' });
    expect(await guard(answering()).target('no.example', 80)).toMatchObject({ kind: 'unresolved' });
  });
});
