/** The kind that `HttpBody` takes; the global one is another type. */
export { FormData } from 'undici';
export {
  EgressFetch,
  type EgressFetchOptions,
  type EgressRequest,
  type EgressResponse,
  type Redirect,
  UnfollowableUrlError,
} from './egress-fetch.js';
export { HttpClient } from './http-client.js';
export type { HttpBody, HttpMethod, HttpRequest, HttpResponse } from './http-message.js';
export { type FilePart, multipartStream, type MultipartStream } from './multipart-stream.js';
export { NetworkError, networkError, type NetworkErrorCode } from './network-error.js';
export { retryAfterMs } from './retry-policy.js';
export { UndiciHttpClient } from './undici-http-client.js';
