import helmet from 'helmet';

/**
 * What pages of this service may load: their own files alone. Styles may be inline, which the component library of the
 * panel and Swagger UI need; pictures and media also come from memory (`blob:`) for previews of what is uploaded.
 */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      baseUri: ["'self'"],
      connectSrc: ["'self'"],
      fontSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      mediaSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      scriptSrc: ["'self'"],
      scriptSrcAttr: ["'none'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
    },
  },
  // Browsers heed it over TLS only. What else lives under the same domain is not ours to decide.
  strictTransportSecurity: { includeSubDomains: false },
});
