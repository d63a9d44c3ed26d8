import type { DemoAccount } from '../oauth/authorization-request.js';

interface ZoomAccount extends DemoAccount {
  firstName: string;
  lastName: string;
  email: string;
  /** The Zoom account that the user is in. */
  accountId: string;
}

function account(id: string, firstName: string, lastName: string, accountId: string): ZoomAccount {
  const email = `${firstName.toLowerCase()}@example.com`;
  return { id, name: `${firstName} ${lastName}`, detail: email, firstName, lastName, email, accountId };
}

export const ZOOM_ACCOUNTS: readonly ZoomAccount[] = [
  account('sandboxAnnaZoomUser001', 'Anna', 'Sandbox', 'sandbox-anna'),
  account('sandboxJohnZoomUser002', 'John', 'Sandbox', 'sandbox-john'),
];

/** A server-to-server token is for a whole Zoom account; its owner stands for it. */
export const accountOf = (id: string): ZoomAccount =>
  ZOOM_ACCOUNTS.find((known) => known.id === id) ?? account(`owner-${id}`, 'Owner', 'Sandbox', id);
