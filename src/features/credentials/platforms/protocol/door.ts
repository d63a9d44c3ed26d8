/** Our application, as it is registered with a platform. */
export interface OAuthApp {
  clientId: string;
  clientSecret: string;
}

/** Where a platform is reached, and as whom. */
export interface Door<Name extends string> {
  /** Base URLs by what they lead to. */
  urls: Readonly<Record<Name, string>>;
  /** Empty texts where `available` says what to set. */
  app: OAuthApp;
  /** Whether users can connect; what the operator must set when not. */
  available: true | string;
}

export interface DoorPlan<Name extends string> {
  /** Without a secret of its own an application has an empty one. */
  app: Partial<OAuthApp>;
  /** What the operator has set. */
  configured: Readonly<Record<Name, string | undefined>>;
  real: Readonly<Record<Name, string>>;
  /** Undefined without a sandbox. */
  standIn: Readonly<Record<Name, string>> | undefined;
  /** What to set for connecting, in a sentence. */
  needs: string;
}

const STAND_IN_APP: OAuthApp = { clientId: 'sandbox', clientSecret: 'sandbox-secret' };

/** A platform of which nothing is configured is its stand-in, where there is one. */
export function openDoor<Name extends string>(plan: DoorPlan<Name>): Door<Name> {
  const { clientId, clientSecret } = plan.app;
  const configured = Object.entries<string | undefined>(plan.configured).filter(([, url]) => url !== undefined);
  if (plan.standIn && clientId === undefined && configured.length === 0) {
    return { urls: plan.standIn, app: STAND_IN_APP, available: true };
  }
  return {
    urls: { ...plan.real, ...Object.fromEntries(configured) },
    app: { clientId: clientId ?? '', clientSecret: clientSecret ?? '' },
    available: clientId === undefined || clientSecret === undefined ? plan.needs : true,
  };
}
