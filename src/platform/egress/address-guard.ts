import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Answers questions of the machines of a cloud, and has an address that looks public. */
const METADATA_ADDRESSES = new Set(['168.63.129.16']);
/** All that has ever been given out for the public IPv6 internet. */
const GLOBAL_IPV6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/**
 * The address that a host is when it is not a name, in its normal spelling; null for names. Reads every spelling that
 * resolvers do: `0x7f000001`, `2130706433`, `0177.1`, `[::1]`.
 */
export function literalAddress(host: string): string | null {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(bare) ? ipaddr.parse(bare).toString() : null;
}

/**
 * Why nobody outside may make us connect to this address; null for the public internet. An IPv6 address that carries an
 * IPv4 address is judged by that one.
 * @returns a name of a kind of addresses, e.g. `loopback`, `private`, `linkLocal`, `metadata`
 */
export function addressRefusal(address: string): string | null {
  return refusalOf(ipaddr.parse(address));
}

function refusalOf(address: Address): string | null {
  if (address instanceof ipaddr.IPv4) {
    if (METADATA_ADDRESSES.has(address.toString())) return 'metadata';
    return address.range() === 'unicast' ? null : address.range();
  }
  const carried = carriedAddresses(address);
  if (carried.length > 0) return carried.map(refusalOf).find((refusal) => refusal !== null) ?? null;
  if (address.range() !== 'unicast') return address.range();
  return address.match(GLOBAL_IPV6) ? null : 'reserved';
}

/** The IPv4 addresses that packets to this one end up at or pass. */
function carriedAddresses(address: ipaddr.IPv6): ipaddr.IPv4[] {
  const { parts } = address;
  const at = (index: number, mask = 0): ipaddr.IPv4 => {
    const [high = 0, low = 0] = parts.slice(index).map((part) => part ^ mask);
    return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
  };
  switch (address.range()) {
    case 'ipv4Mapped':
      return [at(6)];
    case 'rfc6052':
      // Only the well-known prefix says where the address is; 64:ff9b:1::/48 is for inside use.
      return parts[2] === 0 ? [at(6)] : [];
    case '6to4':
      return [at(1)];
    case 'teredo':
      return [at(2), at(6, 0xffff)];
    default:
      return [];
  }
}
